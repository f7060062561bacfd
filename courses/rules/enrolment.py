"""Whether somebody may enrol now, cancel, or take a cancellation back: each refusal with words to read aloud."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from courses.enums import EnrolmentState, RunState
from courses.rules.clock_words import said
from courses.rules.messages import SHANGHAI
from courses.rules.names import LONGEST
from courses.rules.phones import phone_refusal
from courses.rules.refusal import Refusal
from courses.rules.seats import Seats, state_for

UNDO = timedelta(minutes=10)
_CLOSED = {
    RunState.DRAFT: Refusal("not-published", "这个班还没有公布，不能报名。"),
    RunState.CANCELLED: Refusal("run-cancelled", "这个班取消了，不能报名。请看看别的班。"),
    RunState.ENDED: Refusal("run-ended", "这个班上完了，不能报名。请看看别的班。"),
}
# For who has been there already: nothing is left to take, to take back or to leave.
_GONE = {
    RunState.CANCELLED: Refusal("run-cancelled", "这个班取消了。请看看别的班，或者打电话问。"),
    RunState.ENDED: Refusal("run-ended", "这个班上完了。请看看别的班，或者打电话问。"),
}


@dataclass(frozen=True)
class Slot:
    """When somebody sits in a class; ``said`` names it."""

    starts_at: datetime
    ends_at: datetime
    said: str = ""


def entry(
    state: RunState,
    seats: Seats,
    *,
    enrol_from: datetime | None,
    is_staff: bool = False,
    is_first_served: bool = False,
) -> EnrolmentState | Refusal:
    """Return how a newcomer enters a class now: with a seat, waiting, or not at all; arguments as `window_refusal`."""
    closed = window_refusal(state, enrol_from=enrol_from, is_staff=is_staff, is_first_served=is_first_served)
    return closed or state_for(seats)


def window_refusal(
    state: RunState,
    *,
    enrol_from: datetime | None,
    is_staff: bool = False,
    is_first_served: bool = False,
) -> Refusal | None:
    """Return why nobody can enrol now, or None.

    Staff may also enrol somebody into a class that has begun. ``is_first_served``: it is a returning learner, and their
    time to enrol before others has come.
    """
    if state in _CLOSED:
        return _CLOSED[state]
    if state is RunState.SOON and not is_first_served:
        opens = _clock_on_the_wall(enrol_from) if enrol_from else "过几天"
        return Refusal("not-open-yet", f"还没有开始报名。{opens}开始，请到时候再来。")
    if state is RunState.RUNNING and not is_staff:
        return Refusal("enrolment-over", "这个班的报名已经结束了。请看看别的班，或者打电话问。")
    return None


def overlap_refusal(wanted: Iterable[Slot], taken: Iterable[Slot]) -> Refusal | None:
    """Return why somebody cannot sit in both classes, naming the first of the other's sessions, or None."""
    others = list(taken)
    for slot in wanted:
        for other in others:
            if slot.starts_at < other.ends_at and other.starts_at < slot.ends_at:
                return Refusal("overlaps", f"这个时间已经报了别的班：{other.said}。两个班只能上一个。")
    return None


def contact_refusals(*, name: str, phone: str) -> dict[str, str]:
    """Return, by field, what is wrong with whom to call; both tidy, empty for nobody."""
    wrong = {
        "contact_name": len(name) > LONGEST and f"名字太长了，最多 {LONGEST} 个字。",
        "contact_phone": phone and phone_refusal(phone),
    }
    return {field: words for field, words in wrong.items() if words}


def cancel_refusal(state: EnrolmentState, *, run_state: RunState) -> Refusal | None:
    """Return why an enrolment cannot be cancelled, or None."""
    if not state.is_live:
        return Refusal("not-live", "这个报名已经取消了，不用再取消。")
    if run_state is RunState.ENDED:
        return Refusal("run-ended", "这个班上完了，不用取消。")
    return None


def gone_refusal(run_state: RunState) -> Refusal | None:
    """Return why a seat in this class can be neither taken nor taken back any more, or None."""
    return _GONE.get(run_state)


def leave_refusal(run_state: RunState) -> Refusal | None:
    """Return why nobody goes from this class to another one, or None: who sat there is what counts."""
    if run_state is RunState.ENDED:
        return Refusal("run-ended", "这个班上完了，不用换班。请直接报新的班。")
    return None


def undo_refusal(*, cancelled_at: datetime | None, now: datetime) -> Refusal | None:
    """Return why a cancellation cannot be taken back any more, or None. Class, seat and time are asked apart."""
    if cancelled_at is None:
        return Refusal("not-cancelled", "这个报名没有取消，不用要回来。")
    if now - cancelled_at > UNDO:
        return Refusal("too-late", "过了 10 分钟，要不回来了。请重新报名。")
    return None


NOT_PROVEN = Refusal(
    "not-proven",
    "知道您姓名和电话的人，都能在网上报名，所以这张凭证还不能证明是您本人。请用以前的凭证再查一次；"
    "没有的，带身份证到学校来办，或者打电话问。",
)
SEAT_GIVEN = Refusal("seat-given", "座位已经让给别人了。请重新报名，会给您排候补。")
PLACE_GIVEN = Refusal("place-given", "候补满了，您的位置已经让给别人了。请看看别的班，或者打电话问。")


def _clock_on_the_wall(moment: datetime) -> str:
    here = moment.astimezone(SHANGHAI)
    return f"{here.month}月{here.day}日 {said(here)}"
