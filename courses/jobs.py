"""What the clock does for classes."""

from datetime import timedelta

from django.utils import timezone

from cms.services.jobs import job
from courses.services import purging, waiting_list
from courses.services.counting import seals
from courses.services.messages import adapters, reminders, sending
from courses.services.sheets import waiting

# A little less: a timer that is a moment early must not be sent away for another minute.
EVERY_MINUTE = timedelta(seconds=50)
FILES_KEPT = timedelta(days=30)


@job("waiting-lists", every=EVERY_MINUTE)
def waiting_lists() -> None:
    """End the offers whose time is over, and offer what is empty to the next ones."""
    waiting_list.end_offers(now=timezone.now())
    waiting_list.fill_empty_seats(now=timezone.now())


@job("reminders", every=timedelta(minutes=10))
def remind_of_tomorrow() -> None:
    """Remind of tomorrow's classes."""
    reminders.remind(now=timezone.now())


@job("messages", every=EVERY_MINUTE)
def send_messages() -> None:
    """Send what is due, and take off the call list what is no longer true."""
    sending.send_due(now=timezone.now())
    sending.drop_from_call_list(now=timezone.now())


@job("purge-message-files", every=timedelta(hours=6))
def purge_message_files() -> None:
    """Delete old files with messages: numbers are in them."""
    adapters.purge_files(before=timezone.now() - FILES_KEPT)


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
