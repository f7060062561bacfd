"""Logging in: how often one may try, and what is put down of it.

django-axes counts wrong passwords by name and address together. Its table holds neither the name that was typed
(some type their password there) nor anything else of the form; the name stands there as a keyed hash.
"""

from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network

from axes.backends import AxesStandaloneBackend
from axes.models import AccessAttempt
from django.conf import settings
from django.utils import timezone
from django.utils.crypto import salted_hmac

from cms.enums import AuditVerb
from cms.hooks import ORGANISATION_OF, ask
from cms.models import User
from cms.services.audit import record
from cms.services.limits import sender, within_limit

# Failures of one address that are put down in ten minutes: a machine that guesses must not fill the table.
MOST_PUT_DOWN = 60


class LogInGuard(AxesStandaloneBackend):
    """Refuses who is locked out. Without a request (a command, a test's log-in) there is nobody to lock out."""

    def authenticate(self, request, username=None, password=None, **kwargs):
        if request is not None:
            super().authenticate(request, username=username, password=password, **kwargs)


def put_down(verb: AuditVerb, user: User | None, *, by: User | None, detail: str = "") -> None:
    """Put down something about a person's log-in, under the organisation they work for."""
    organisation = next(ask(ORGANISATION_OF, user), 0) if user else 0
    record(verb, by=by, subject=user, organisation_id=organisation, detail=detail)


def put_down_failure(verb: AuditVerb, request, typed: str) -> None:
    """Put down a log-in that failed. The typed name is not kept; an account of that name is, by its number."""
    if within_limit("failed-log-in", sender(request), most=MOST_PUT_DOWN, seconds=600):
        put_down(verb, User.objects.filter(username=typed[:150]).first(), by=None)


def client_address(request) -> str | None:
    """Return what one sender is counted by: an IPv4 address, or the network an IPv6 subscriber chooses from."""
    try:
        address = ip_address(sender(request))
    except ValueError:
        return None
    network = ip_network((address, 64 if address.version == 6 else 32), strict=False)
    return str(network.network_address)


def hidden_name(request, credentials) -> str:
    """Return the name somebody tries to log in under, so that nobody can read it."""
    return _hidden((credentials or {}).get("username") or request.POST.get("username", ""))


def _hidden(name: str) -> str:
    return salted_hmac("log-in-name", name.strip().casefold()).hexdigest()[:32]


def unlock(user: User) -> None:
    """Let this person try again at once, wherever they were locked out."""
    AccessAttempt.objects.filter(username=_hidden(user.get_username())).delete()


def locked_until(request, credentials) -> datetime:
    """Return when this name may be tried from this address again."""
    tries = AccessAttempt.objects.filter(
        username=hidden_name(request, credentials), ip_address=client_address(request)
    )
    last = tries.order_by("-attempt_time").values_list("attempt_time", flat=True).first()
    return (last or timezone.now()) + settings.AXES_COOLOFF_TIME


def purge_attempts(*, now: datetime) -> int:
    """Delete what was counted more than a day ago; return how many."""
    return AccessAttempt.objects.filter(attempt_time__lt=now - timedelta(days=1)).delete()[0]
