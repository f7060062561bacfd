"""What a device put down while it had no network: each mark once, however often it is sent, and never over others."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from cms.models import User
from courses.errors import Refused
from courses.models import Attendance, ClassSession, Learner
from courses.rules.counting import minutes_refusal
from courses.rules.refusal import Refusal
from courses.rules.roll_call import NOT_ON_ROLL, OTHERS_ID, made_refusal
from courses.services.roll_call.marking import Mark, mark, refuse_unless_may_call
from courses.services.roll_call.roll import last_of
from courses.services.scheduling.locking import lock_session


@dataclass(frozen=True, kw_only=True)
class OffLineMark:
    """A tap on a device without a network.

    ``client_id`` is its own, the same however often it is sent. ``made_at`` is what the device's clock said.
    ``knew`` is the line of the roll that the device knew of this learner, None for none.
    """

    client_id: UUID
    learner_id: int
    state: str
    minutes: int | None = None
    made_at: datetime
    knew: int | None = None


@dataclass(frozen=True)
class Answer:
    """What became of a mark. ``line`` is what the roll says now of ``learner``, None for nothing.

    ``is_conflict``: somebody else put down another thing that the device did not know of; the roll stays as it was
    until a person has decided. ``refusal``: it cannot be put down at all. Neither: it is done.
    """

    sent: OffLineMark
    learner: Learner | None
    line: Attendance | None
    is_conflict: bool = False
    refusal: Refusal | None = None


@transaction.atomic
def upload(
    *, session: ClassSession, marks: Sequence[OffLineMark], by: User | None, now: datetime
) -> list[Answer]:
    """Put down what a device sends of one session, and say of each mark what became of it.

    One that is down already is done, and changes nothing. Of several of one learner the last one stands. A bad one
    stops no other. Raises NotAllowed; then nothing is put down.
    """
    refuse_unless_may_call(session, by=by)
    # From here on nobody else sends the same: what is known, is known.
    lock_session(session)
    roll = _Roll(session, marks)
    wanted = roll.wanted()
    refused = _put_down(session, [_as_mark(session, each, roll, now=now) for each in wanted], by=by, now=now)
    return roll.answers(refused)


class _Roll:
    """The roll as an upload finds it, and what it means for each mark."""

    def __init__(self, session: ClassSession, marks: Sequence[OffLineMark]):
        self.session, self.marks = session, marks
        self.learners = _on_roll(session, {each.learner_id for each in marks})
        self.sent = {each.client_id for each in marks}
        known = Attendance.objects.filter(client_id__in=self.sent).values_list("client_id", "session_id")
        self.known = dict(known)
        self.refusals = {each.client_id: no for each in marks if (no := self._refusal(each))}
        good = [each for each in marks if each.client_id not in self.refusals]
        # The last one of each person decides; those before it were put right on the device already.
        self.last = {self.person(each): each for each in sorted(good, key=lambda each: each.made_at)}
        lines = self.lines()
        self.conflicts = {who for who, each in self.last.items() if self._is_conflict(each, lines.get(who))}

    def person(self, sent: OffLineMark) -> int:
        """Return whom a mark is about; only of one that is not refused."""
        return self.learners[sent.learner_id].pk

    def wanted(self) -> list[OffLineMark]:
        """Return what is to be put down."""
        return [
            each
            for who, each in self.last.items()
            if who not in self.conflicts and each.client_id not in self.known
        ]

    def lines(self) -> dict[int, Attendance]:
        """Return what the roll says now of everybody who is meant."""
        found: dict[int, list[Attendance]] = defaultdict(list)
        ids = {each.pk for each in self.learners.values()}
        rows = Attendance.objects.last().by_person().filter(session=self.session, person__in=ids)
        for row in rows.select_related("by"):
            found[row.person].append(row)
        return {who: last for who, lines in found.items() if (last := last_of(lines))}

    def answers(self, refused: Mapping[UUID, Refusal]) -> list[Answer]:
        """Return what became of each mark, with the roll as it is now."""
        lines = self.lines()
        return [self._answer(each, lines, refused) for each in self.marks]

    def _answer(
        self, sent: OffLineMark, lines: Mapping[int, Attendance], refused: Mapping[UUID, Refusal]
    ) -> Answer:
        learner, refusal = self.learners.get(sent.learner_id), self.refusals.get(sent.client_id)
        line = lines.get(learner.pk) if learner else None
        if refusal is not None or sent.client_id in self.known:
            return Answer(sent, learner, line, refusal=refusal)
        who = self.person(sent)
        refusal = refused.get(self.last[who].client_id)
        return Answer(sent, learner, line, is_conflict=who in self.conflicts, refusal=refusal)

    def _refusal(self, sent: OffLineMark) -> Refusal | None:
        if self.known.get(sent.client_id, self.session.pk) != self.session.pk:
            return OTHERS_ID
        if sent.learner_id not in self.learners:
            return NOT_ON_ROLL
        if sent.client_id in self.known:
            return None
        too_early = made_refusal(starts_at=self.session.starts_at, made_at=sent.made_at)
        return too_early or minutes_refusal(sent.state, sent.minutes, length=self.session.minutes)

    def _is_conflict(self, sent: OffLineMark, line: Attendance | None) -> bool:
        """True when somebody else put down another thing after the device had looked."""
        if line is None or sent.client_id in self.known:
            return False
        is_own = line.pk == sent.knew or line.client_id in self.sent
        return not is_own and (line.state, line.minutes) != (sent.state, sent.minutes)


def _on_roll(session: ClassSession, ids: Iterable[int]) -> dict[int, Learner]:
    """Return those of these learners whom this roll may name; for one who was merged, the one they are now.

    Who has cancelled since may sit in the room all the same.
    """
    rows = Learner.objects.filter(pk__in=ids).select_related("merged_into")
    here = rows.filter(Q(enrolments__run=session.run_id) | Q(attendances__session=session)).distinct()
    return {each.pk: each.merged_into or each for each in here}


def _as_mark(session: ClassSession, sent: OffLineMark, roll: _Roll, *, now: datetime) -> Mark:
    # A device's clock may be wrong: what happened lies within the session, and not in the future.
    happened_at = min(max(sent.made_at, session.starts_at), session.ends_at, now)
    return Mark(
        learner=roll.learners[sent.learner_id],
        state=sent.state,
        minutes=sent.minutes,
        happened_at=happened_at,
        client_id=sent.client_id,
    )


def _put_down(
    session: ClassSession, wanted: Sequence[Mark], *, by: User | None, now: datetime
) -> dict[UUID, Refusal]:
    """Put down all of them at once; where that is refused, each by itself. Return why some could not be."""
    if not wanted:
        return {}
    try:
        with transaction.atomic():
            mark(session=session, marks=wanted, by=by, now=now)
    except Refused as refused:
        if len(wanted) > 1:
            # People are held in the order of their ids, as everywhere.
            in_order = sorted(wanted, key=lambda each: each.learner.pk)
            alone = [_put_down(session, [each], by=by, now=now) for each in in_order]
            return {key: refusal for each in alone for key, refusal in each.items()}
        return {each.client_id: Refusal(refused.code, str(refused)) for each in wanted if each.client_id}
    return {}
