"""From when to when a session can be attended: a recorded one has a window, any other its own time."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings

from courses.enums import RunMode, SessionState
from courses.models import ClassSession
from courses.rules.study import closes_at


def over_at(session: ClassSession, *, among: Iterable[ClassSession]) -> datetime:
    """Return when nobody can attend a session any more; ``among`` are all sessions of its class."""
    if session.mode != RunMode.RECORDED:
        return session.ends_at
    held = [each.on for each in among if each.state == SessionState.PLANNED]
    return closes_at(on=session.on, last_day=max([*held, session.on]), at_least=settings.STUDY_DAYS)
