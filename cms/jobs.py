"""The ground floor's own jobs."""

from datetime import timedelta

from django.core.management import call_command

from cms.services.jobs import job


@job("publish-scheduled", every=timedelta(0))
def publish_scheduled() -> None:
    """Put on line what an editor set for now, and take off line what has expired."""
    call_command("publish_scheduled")
