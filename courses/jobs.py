"""What the clock does for classes."""

from datetime import timedelta

from django.utils import timezone

from cms.services.jobs import job
from courses.services import purging
from courses.services.counting import seals
from courses.services.sheets import waiting


@job("purge-expired", every=timedelta(hours=6))
def purge_expired() -> None:
    """Do away with personal data whose time is up."""
    purging.purge_expired(now=timezone.now())


@job("seal", every=timedelta(hours=1))
def seal() -> None:
    """Seal what was put down on the days that are over."""
    seals.seal(now=timezone.now())


@job("purge-sheets", every=timedelta(hours=1))
def purge_sheets() -> None:
    """Delete uploaded tables that nobody agreed to within a day."""
    waiting.purge(now=timezone.now())
