"""准备离线点名: the names of one session go onto a device, so that its roll can be called without a network."""

from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from cms.enums import AuditVerb
from cms.models import User
from cms.services.audit import record
from courses.enums import SessionState
from courses.errors import Refused
from courses.models import ClassSession
from courses.services.roll_call.marking import refuse_unless_may_call
from courses.services.roll_call.roll import RollLine, roll_of

# Names are not to lie about on a device for longer than from the evening before.
AHEAD = timedelta(days=1)


def may_prepare(session: ClassSession, *, now: datetime) -> bool:
    """True for a session of today or tomorrow, in Shanghai, that is to be held."""
    today = timezone.localtime(now).date()
    return session.state == SessionState.PLANNED and today <= session.on <= today + AHEAD


def forgotten_at(session: ClassSession) -> datetime:
    """Return when a device has to forget the names: midnight after the session's day, in Shanghai."""
    midnight = datetime.combine(session.on, time.min, tzinfo=timezone.get_current_timezone())
    return midnight + timedelta(days=1)


@transaction.atomic
def prepare_off_line(*, session: ClassSession, by: User, now: datetime) -> list[RollLine]:
    """Return everybody on the roll for a device to keep, and put down who took them. Raises NotAllowed, Refused."""
    refuse_unless_may_call(session, by=by)
    if not may_prepare(session, now=now):
        raise Refused("other-day", "只有今天和明天的课，才能准备离线点名。取消的课也不能。")
    record(
        AuditVerb.EXPORTED,
        by=by,
        subject=session,
        organisation_id=session.run.organiser_id,
        detail="offline-roll",
    )
    return roll_of(session)
