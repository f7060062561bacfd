"""Putting down who did what. Called by the services, in the transaction of what they do."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.contrib.auth.models import AnonymousUser
from django.db import models

from cms.enums import AuditVerb
from cms.models import AuditEntry, User

_address: ContextVar[str] = ContextVar("audit_address", default="")


@contextmanager
def coming_from(address: str) -> Iterator[None]:
    """Within, what is put down bears this address: a request's sender, "" for the clock and commands."""
    token = _address.set(address)
    try:
        yield
    finally:
        _address.reset(token)


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
