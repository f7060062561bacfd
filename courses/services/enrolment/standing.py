"""Where somebody stands with a class now: what their voucher shows, on the screen and on paper."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum, nonmember

from courses.enums import EnrolmentEventKind, EnrolmentState, SessionChangeKind
from courses.models import ClassSession, Enrolment, EnrolmentEvent, Learner, SessionChange
from courses.services.enrolment.cancelling import can_undo
from courses.services.study.windows import over_at
from courses.services.waiting_list import place_of

# What a learner has to know of; who teaches is not among it.
TOLD = (
    SessionChangeKind.MOVED,
    SessionChangeKind.CANCELLED,
    SessionChangeKind.RESTORED,
    SessionChangeKind.MADE_UP,
)
REPLACED = (EnrolmentEventKind.MOVED, EnrolmentEventKind.MERGED)
TAIL = 4


class Stage(StrEnum):
    """What there is to say and to do. What became of the class comes before what became of the enrolment."""

    # Templates name members; they would call the class first.
    do_not_call_in_templates = nonmember(True)

    SEAT = "seat"
    WAITING = "waiting"
    OFFERED = "offered"
    OFFER_OVER = "offer-over"
    CANCELLED = "cancelled"
    DECLINED = "declined"
    MOVED = "moved"
    NO_CLASS = "no-class"
    CLASS_OVER = "class-over"


STAGES = {
    EnrolmentState.CONFIRMED: Stage.SEAT,
    EnrolmentState.WAITLISTED: Stage.WAITING,
    EnrolmentState.OFFERED: Stage.OFFERED,
    EnrolmentState.CANCELLED: Stage.CANCELLED,
    EnrolmentState.DECLINED: Stage.DECLINED,
    EnrolmentState.EXPIRED: Stage.OFFER_OVER,
}


@dataclass(frozen=True)
class Standing:
    """An enrolment, its class's sessions in order, where it stands at ``now``. ``place`` in the queue, 1 is next.

    ``successor`` is the enrolment that took this one's place: in another class, or of the same person's other row.
    ``may_follow``: this voucher leads on to the successor's.
    """

    enrolment: Enrolment
    sessions: list[ClassSession]
    now: datetime
    stage: Stage
    place: int
    may_undo: bool
    successor: Enrolment | None = None
    may_follow: bool = False

    @property
    def coming(self) -> list[ClassSession]:
        """The sessions still to come to."""
        return [each for each in self.sessions if not each.is_cancelled and each.ends_at > self.now]

    @property
    def next(self) -> ClassSession | None:
        """The session to come to; the last one, or one that is cancelled, where there is no other."""
        return next(iter(self.coming or self.sessions[-1:]), None)

    @property
    def is_live(self) -> bool:
        """The voucher still opens something."""
        return self.stage in {Stage.SEAT, Stage.WAITING, Stage.OFFERED}

    @property
    def told(self) -> str:
        """What tells two people of one name apart: 手机尾号 4567, or the year of birth; "" when neither is known."""
        learner = self.enrolment.learner
        if tail := learner.masked_phone[-TAIL:]:
            return f"手机尾号 {tail}"
        return f"{learner.birth_year} 年生" if learner.birth_year else ""

    @property
    def link(self) -> str:
        """Where to join on line; only for who has a seat."""
        return self.enrolment.run.link if self.stage is Stage.SEAT else ""

    def news(self) -> list[SessionChange]:
        """Return what was changed since the enrolment and is still ahead, the last word on each session."""
        last: dict[int, SessionChange] = {}
        for session in self.sessions:
            for change in session.changes.all():
                if (
                    change.kind in TOLD
                    and change.at > self.enrolment.created_at
                    and session.ends_at > self.now
                ):
                    change.session = session
                    last[session.pk] = change
        return list(last.values())


def standing_of(enrolment: Enrolment, *, now: datetime) -> Standing:
    """Return where an enrolment stands; holds nothing."""
    rows = enrolment.run.sessions.select_related("venue__area__parent", "room", "teacher")
    sessions = list(rows.prefetch_related("helpers", "changes"))
    replaced = _replacement(enrolment)
    successor = _successor(enrolment, replaced) if replaced else None
    return Standing(
        enrolment=enrolment,
        sessions=sessions,
        now=now,
        stage=Stage.MOVED if successor else _stage(enrolment, sessions, now),
        place=place_of(enrolment),
        may_undo=can_undo(enrolment, now=now),
        successor=successor,
        # Whoever knows a name and a number can have a second row made, and merged.
        may_follow=enrolment.proves_who or bool(replaced and replaced.kind == EnrolmentEventKind.MOVED),
    )


def _replacement(enrolment: Enrolment) -> EnrolmentEvent | None:
    """Return the event by which another enrolment took this one's place; None where none did."""
    if enrolment.state != EnrolmentState.CANCELLED:
        return None
    last = enrolment.events.order_by("-at", "-pk").first()
    return last if last and last.kind in REPLACED else None


def _successor(enrolment: Enrolment, last: EnrolmentEvent) -> Enrolment | None:
    learner = Learner.canonical_of(enrolment.learner_id)
    rows = Enrolment.objects.filter(learner=learner).exclude(pk=enrolment.pk).select_related("run")
    if last.kind == EnrolmentEventKind.MERGED:
        return rows.live().filter(run=enrolment.run_id).first()
    return rows.filter(events__kind=last.kind, events__at=last.at, events__from_state="").first()


def _stage(enrolment: Enrolment, sessions: list[ClassSession], now: datetime) -> Stage:
    if enrolment.run.cancelled_at is not None:
        return Stage.NO_CLASS
    planned = [each for each in sessions if not each.is_cancelled]
    if planned and all(over_at(each, among=planned) <= now for each in planned):
        return Stage.CLASS_OVER
    if enrolment.state == EnrolmentState.OFFERED and enrolment.offered_until <= now:
        # The clock that ends it has not come by yet.
        return Stage.OFFER_OVER
    return STAGES[EnrolmentState(enrolment.state)]
