"""Putting down who did what. Called by the services, in the transaction of what they do."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta
from functools import cache

from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models

from cms.enums import AuditVerb
from cms.models import AuditEntry, User

_address: ContextVar[str] = ContextVar("audit_address", default="")
_asker: ContextVar[Callable[[], object]] = ContextVar("audit_asker", default=lambda: None)
OURS = ("cms", "courses", "handbook")
# So many rows are deleted in one transaction: nobody waits long for the lock.
PURGED_AT_ONCE = 1000


@cache
def subjects() -> dict[str, str]:
    """Return the word for each kind of thing of ours, by the code it is put down under."""
    models = [model for model in apps.get_models() if model._meta.app_label in OURS]
    words = {str(model._meta.model_name): str(model._meta.verbose_name) for model in models}
    # What Wagtail's own base classes name is nothing anybody does something to.
    return {name: word for name, word in words.items() if not word.isascii()}


@contextmanager
def coming_from(address: str, asker: Callable[[], object] = lambda: None) -> Iterator[None]:
    """Within, what is put down bears this address: a request's sender, "" for the clock and commands.

    ``asker`` gives the person who asks, once that is known.
    """
    tokens = _address.set(address), _asker.set(asker)
    try:
        yield
    finally:
        _address.reset(tokens[0])
        _asker.reset(tokens[1])


def behind_this() -> User | None:
    """Return the person whose request this is; None for the clock, commands and who is not logged in.

    For what is noticed far from any service; a service is told by whom.
    """
    asker = _asker.get()()
    return asker if isinstance(asker, User) else None


def record(
    verb: AuditVerb,
    *,
    by: User | AnonymousUser | None,
    subject: models.Model | None = None,
    organisation_id: int = 0,
    detail: str = "",
) -> AuditEntry:
    """Put down that ``by`` (None: nobody is logged in) did ``verb`` to ``subject``.

    ``detail`` is codes and names of fields, never a person's name, number or words.
    """
    return AuditEntry.objects.create(
        by=by if isinstance(by, User) else None,
        verb=verb,
        subject=subject._meta.model_name if subject else "",
        subject_id=str(subject.pk) if subject else "",
        organisation_id=organisation_id,
        address=_address.get()[:45],
        detail=detail[:200],
    )


def purge_audit(*, now: datetime) -> int:
    """Delete entries older than AUDIT_KEPT_DAYS; return how many. The table itself refuses younger ones."""
    # The table's own clock must agree that a row is old enough.
    old = AuditEntry.objects.filter(at__lt=now - timedelta(days=settings.AUDIT_KEPT_DAYS, hours=1))
    deleted = 0
    while keys := list(old.order_by("pk").values_list("pk", flat=True)[:PURGED_AT_ONCE]):
        deleted += AuditEntry.objects.filter(pk__in=keys)._raw_delete(old.db)
    return deleted
