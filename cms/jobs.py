"""The ground floor's own jobs."""

from datetime import timedelta

from django.utils import timezone

from cms.services.jobs import job
from cms.services.publishing import publish_due


@job("publish-scheduled", every=timedelta(0))
def publish_scheduled() -> None:
    """Put on line what an editor set for now, and take off line what has expired."""
    publish_due(now=timezone.now())
