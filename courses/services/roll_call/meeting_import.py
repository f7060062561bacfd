"""Importing a meeting tool's attendance list: looked at first, put down only when agreed to.

The list is read anew when it is agreed to: where something else would come of it than was shown, that is asked about
again. The same list twice changes nothing.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from cms.enums import AuditVerb
from cms.models import User
from cms.services.audit import record
from courses.enums import RunMode
from courses.errors import Refused
from courses.models import Attendance, ClassSession, Learner
from courses.models.private import keyed_hash
from courses.rules.names import name_key
from courses.rules.nicknames import Nickname, Somebody, read_nickname, who_is
from courses.rules.online import NOT_LIVE
from courses.rules.phones import normalised
from courses.services.roll_call.marking import refuse_unless_may_call
from courses.services.roll_call.meeting_file import MeetingList, Visitor, minutes_of, read_meeting
from courses.services.roll_call.online import is_left_alone, put_down_minutes
from courses.services.roll_call.roll import RollLine, roll_of

# More than so many strangers: it is another meeting's list, or nobody wrote their name.
MOST_UNKNOWN = 200


@dataclass(frozen=True)
class Found:
    """Somebody of the roll who is in the list, under these nicknames; ``stays_so``: they sat in the room already."""

    line: RollLine
    nicknames: list[str]
    minutes: int
    stays_so: bool


@dataclass(frozen=True)
class Unknown:
    """A nickname that fits nobody, or several; ``place`` is where in the list it stands. ``is_staff``: a teacher's."""

    place: int
    written: str
    minutes: int
    is_staff: bool


@dataclass(frozen=True)
class Preview:
    """What an import would do."""

    found: list[Found]
    unknown: list[Unknown]
    # On the roll, and not in the list: nothing happens to them.
    missing: list[RollLine]
    problems: list[str]
    skipped: list[str]

    @property
    def seen(self) -> str:
        """What somebody agrees to, in short."""
        sure = [(each.line.learner.pk, each.minutes, each.stays_so) for each in self.found]
        asked = [(each.place, each.minutes) for each in self.unknown]
        return hashlib.sha256(repr((sure, asked)).encode()).hexdigest()[:32]


class ListMoved(Refused):
    """Something else would come of the list than was shown."""

    def __init__(self) -> None:
        super().__init__("list-moved", "刚才名单或者点名变了。请再看一遍，没错再按一次。")


def look_through(*, session: ClassSession, data: bytes, name: str, by: User | None) -> Preview:
    """Return what the list would do to the roll; nothing is kept. Raises NotAllowed, Refused."""
    return _preview(session, _read(session, data, name, by), roll_of(session))


@transaction.atomic
def put_down_list(
    *,
    session: ClassSession,
    data: bytes,
    name: str,
    chosen: Mapping[int, Learner],
    seen: str,
    because: str = "",
    by: User | None,
    now: datetime,
) -> list[Attendance]:
    """Put down everybody the list names, and return the lines that were added.

    ``chosen`` says who the unknown are, by their place; who is not in it is no learner. ``seen`` is what was shown.
    Raises NotAllowed, Refused, ListMoved; then nothing is put down.
    """
    listed, lines = _read(session, data, name, by), roll_of(session)
    if _preview(session, listed, lines).seen != seen:
        raise ListMoved
    people = _visitors_of(listed, lines, chosen)
    minutes = {learner: minutes_of(visitors, session=session) for learner, visitors in people.items()}
    added = put_down_minutes(session=session, minutes=minutes, because=because, by=by, now=now)
    record(
        AuditVerb.IMPORTED,
        by=by,
        subject=session,
        organisation_id=session.run.organiser_id,
        detail=f"meeting {len(added)} of {len(minutes)}",
    )
    return added


def _read(session: ClassSession, data: bytes, name: str, by: User | None) -> MeetingList:
    refuse_unless_may_call(session, by=by)
    if not RunMode(session.mode).is_joined_live:
        raise Refused(NOT_LIVE.code, NOT_LIVE.message)
    return read_meeting(data, name=name, session=session)


def _preview(session: ClassSession, listed: MeetingList, lines: list[RollLine]) -> Preview:
    _refuse_other_time(session, listed)
    people = _visitors_of(listed, lines, {})
    at_hand = {line.learner: line for line in lines}
    known = {id(visitor) for visitors in people.values() for visitor in visitors}
    staff = {name_key(each.name) for each in (session.teacher, *session.helpers.all()) if each}
    unknown = [
        Unknown(
            place,
            visitor.written,
            minutes_of([visitor], session=session),
            is_staff=bool(read_nickname(visitor.written).names & staff),
        )
        for place, visitor in enumerate(listed.visitors)
        if id(visitor) not in known
    ]
    if len(unknown) > MOST_UNKNOWN:
        raise Refused(
            "too-many-unknown", f"名单里有 {len(unknown)} 位认不出是谁，太多了。请看看选对了文件没有。"
        )
    found = [_found(session, at_hand[learner], visitors) for learner, visitors in people.items()]
    missing = [line for line in lines if line.learner not in people]
    return Preview(found, unknown, missing, listed.problems, listed.skipped)


def _found(session: ClassSession, line: RollLine, visitors: list[Visitor]) -> Found:
    minutes = minutes_of(visitors, session=session)
    names = [visitor.written for visitor in visitors]
    return Found(line, names, minutes, is_left_alone(session, line.line, minutes))


def _visitors_of(
    listed: MeetingList, lines: list[RollLine], chosen: Mapping[int, Learner]
) -> dict[Learner, list[Visitor]]:
    """Return under which nicknames each learner was there, in the order of the list."""
    learners = {line.learner.pk: line.learner for line in lines}
    among = [
        Somebody(each.pk, each.name_key, each.phone_key, each.phone_tail_key) for each in learners.values()
    ]
    people: dict[Learner, list[Visitor]] = {}
    for place, visitor in enumerate(listed.visitors):
        meant = _who(visitor, among)
        learner = learners[meant.pk] if meant else chosen.get(place)
        if learner is not None:
            people.setdefault(learner, []).append(visitor)
    return people


def _who(visitor: Visitor, among: list[Somebody]) -> Somebody | None:
    said: Nickname = read_nickname(visitor.written)
    phones = {*said.phones, *([normalised(visitor.phone)] if visitor.phone else [])}
    return who_is(
        said.names,
        phones={keyed_hash("phone", each) for each in phones},
        tails={keyed_hash("tail", each) for each in said.tails},
        among=among,
    )


def _refuse_other_time(session: ClassSession, listed: MeetingList) -> None:
    """Raise Refused for a list of another meeting: of everybody's times none lies in this session."""
    if not listed.visitors and not listed.problems:
        raise Refused("empty", "这个名单是空的。请看看选对了没有。")
    timed = [visitor for visitor in listed.visitors if visitor.stays]
    if timed and not any(minutes_of([each], session=session) for each in listed.visitors):
        raise Refused("other-time", "名单里的时间，都不在这次课里。请看看选对了文件没有。")
