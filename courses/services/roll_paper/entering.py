"""Typing in what a signed sheet says, or which number cards were handed in: looked at first, put down then."""

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from cms.models import User
from courses.enums import AttendanceState, RecordedHow, RecordKind
from courses.errors import Refused
from courses.models import Attendance, ClassSession
from courses.rules.counting import minutes_refusal
from courses.rules.roll_call import session_refusal
from courses.rules.roll_numbers import Typed, read_numbers
from courses.services.roll_call.marking import Mark, mark, refuse_unless_may_call
from courses.services.roll_call.roll import THERE, last_of
from courses.services.roll_paper.numbers import Numbered, Numbers
from courses.services.scheduling.locking import lock_session

# What a number on paper is called when it is put down.
HOWS = (RecordedHow.PAPER, RecordedHow.CARD)
# So many numbers that nobody has are named; more would hide what to do about them.
SHOWN = 8
CHANGED = "刚才别人也在记这次课，下面的变了。请再看一遍，对的，再按一次回车。"


@dataclass(frozen=True)
class Entry:
    """What a typed number comes to. ``before`` is what the roll says of them now, None for nothing."""

    who: Numbered
    typed: Typed
    before: Attendance | None

    @property
    def is_change(self) -> bool:
        """False where the roll says so already: a bare signature adds nothing to 迟到 or 早退.

        Who is down as 帮办 and signed came to class after all; who did not sign still asked about one thing.
        """
        if self.before is None:
            return True
        if self.before.kind == RecordKind.ASSISTANCE:
            return self.typed.state in THERE
        if self.typed.state == AttendanceState.PRESENT and self.before.state in THERE:
            return False
        return (self.before.state, self.before.minutes) != (self.typed.state, self.typed.minutes)


@dataclass
class Reading:
    """A typed line, read against the class: what it comes to, who is left, and what stands in the way.

    ``given_up`` were in a range and have no seat any more. ``rest`` have a number, are not typed, and the roll says
    nothing of them; who came into the class after this session is not among them.
    """

    entries: list[Entry] = field(default_factory=list)
    given_up: list[Numbered] = field(default_factory=list)
    rest: list[Numbered] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    @property
    def changes(self) -> list[Entry]:
        return [each for each in self.entries if each.is_change]

    def version(self, *, rest_is_absent: bool) -> str:
        """Return what a screen gives back, so that nothing is put down over what changed since it was shown."""
        shown = [f"{each.who.learner.pk} {each.before.pk if each.before else 0}" for each in self.changes]
        if rest_is_absent:
            shown += [str(each.learner.pk) for each in self.rest]
        return hashlib.sha256("|".join(shown).encode()).hexdigest()[:16]

    def is_still(self, version: str, *, rest_is_absent: bool) -> bool:
        """True when just what was shown would be put down, or nothing: the same form sent twice harms nobody."""
        is_nothing = not self.changes and not (rest_is_absent and self.rest)
        return is_nothing or version == self.version(rest_is_absent=rest_is_absent)


def read_paper(*, session: ClassSession, written: str, now: datetime) -> Reading:
    """Return what a typed line comes to; nothing is put down. Two queries, whatever was typed."""
    line, numbers = read_numbers(written), Numbers(session.run_id)
    refusal = session_refusal(state=session.state, starts_at=session.starts_at, now=now)
    reading = Reading(problems=[*([refusal.message] if refusal else []), *line.problems])
    there = _there(session)
    unknown = [str(typed.number) for typed in line.typed if numbers.of(typed.number) is None]
    if unknown:
        reading.problems.append(_unknown(unknown, numbers.last))
    for typed in line.typed:
        who = numbers.of(typed.number)
        if who is None:
            continue
        if who.is_here:
            _add(reading, Entry(who, typed, there.get(who.learner.pk)), length=session.minutes)
        elif typed.is_in_range:
            reading.given_up.append(who)
        else:
            reading.problems.append(
                f"{typed.number} 号{who.learner.name}的报名取消了。真的来了，按“临时来了一位”登记。"
            )
    if not line.typed and not reading.problems:
        reading.problems.append("还没有写号码。照着签到表，把签了名的号码写进去。")
    typed_here = {each.who.learner.pk for each in reading.entries}
    reading.rest = [
        each
        for each in numbers.here
        if each.learner.pk not in typed_here | set(there)
        and (each.since is None or each.since < session.ends_at)
    ]
    return reading


@transaction.atomic
def put_down_paper(
    *,
    session: ClassSession,
    written: str,
    by: User | None,
    now: datetime,
    how: str = RecordedHow.PAPER,
    rest_is_absent: bool = False,
    because: str = "",
    version: str | None = None,
) -> list[Attendance]:
    """Put down what was typed, and return the lines that were added; ``rest_is_absent``: also that nobody else came.

    ``version`` is the `Reading`'s that was shown: what somebody else put down since is not written over.
    Raises NotAllowed, and Refused where anything typed cannot be; then nothing is put down.
    """
    refuse_unless_may_call(session, by=by)
    lock_session(session)
    reading = read_paper(session=session, written=written, now=now)
    if reading.problems:
        raise PaperRefused(reading.problems)
    if version is not None and not reading.is_still(version, rest_is_absent=rest_is_absent):
        raise PaperRefused([CHANGED])
    marks = [
        Mark(
            learner=each.who.learner,
            state=each.typed.state,
            minutes=each.typed.minutes,
            how=how,
            kind=RecordKind.TRAINING,
            because=because,
        )
        for each in reading.changes
    ]
    if rest_is_absent:
        absent = AttendanceState.ABSENT
        marks += [Mark(learner=each.learner, state=absent, how=how, because=because) for each in reading.rest]
    return mark(session=session, marks=marks, by=by, now=now)


class PaperRefused(Refused):
    """A typed line with something in it that cannot be; each thing is a line of its own."""

    def __init__(self, problems: Sequence[str]):
        self.problems = list(problems)
        super().__init__("paper", "".join(problems), fields={"numbers": "".join(problems)})

    @property
    def lines(self) -> list[str]:
        return self.problems


def _there(session: ClassSession) -> dict[int, Attendance]:
    """Return what the roll says of each person, by the learner that counts; 划掉 is as good as nothing."""
    rows = Attendance.objects.last().filter(session=session).exclude(state=AttendanceState.STRUCK)
    found: dict[int, list[Attendance]] = defaultdict(list)
    for row in rows.by_person():
        found[row.person].append(row)
    return {person: last for person, lines in found.items() if (last := last_of(lines))}


def _add(reading: Reading, entry: Entry, *, length: int) -> None:
    """Take an entry; whoever has two numbers is taken once."""
    name, typed = entry.who.learner.name, entry.typed
    refusal = minutes_refusal(typed.state, typed.minutes, length=length)
    twice = next((each for each in reading.entries if each.who.learner.pk == entry.who.learner.pk), None)
    if refusal is not None:
        reading.problems.append(f"{typed.number} 号{name}：{refusal.message}")
    elif twice is None:
        reading.entries.append(entry)
    elif twice.typed.words != typed.words:
        reading.problems.append(
            f"{twice.typed.number} 号和 {typed.number} 号都是{name}，写的不一样。请只留一个。"
        )


def _unknown(numbers: Sequence[str], last: int) -> str:
    shown = "、".join(numbers[:SHOWN]) + (" 等" if len(numbers) > SHOWN else "")
    if not last:
        return f"没有 {shown} 号：这个班还没有人报名。来了人，按“临时来了一位”登记。"
    return f"没有 {shown} 号，这个班的号码是 1 到 {last}。请对一对签到表。"
