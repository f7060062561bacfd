"""The ground floor's own jobs."""

from datetime import timedelta

from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from cms.services.jobs import job
from cms.services.log_ins import purge_attempts
from cms.services.package_tasks import purge, run_waiting
from cms.services.publishing import publish_due


@job("publish-scheduled", every=timedelta(0))
def publish_scheduled() -> None:
    """Put on line what an editor set for now, and take off line what has expired."""
    publish_due(now=timezone.now())


@job("package-tasks", every=timedelta(0))
def package_tasks() -> None:
    """Do the long exports and imports that staff asked for."""
    run_waiting()


@job("purge-package-tasks", every=timedelta(hours=6))
def purge_package_tasks() -> None:
    """Delete the files of exports and imports after a week."""
    purge(now=timezone.now())


@job("purge-log-in-attempts", every=timedelta(hours=6))
def purge_log_in_attempts() -> None:
    """Delete counts of wrong passwords that no longer lock anybody out."""
    purge_attempts(now=timezone.now())


@job("purge-sessions", every=timedelta(hours=24))
def purge_sessions() -> None:
    """Delete sessions that have run out."""
    SessionStore.clear_expired()
