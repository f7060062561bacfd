"""How full a class is, in the words of readers: a tag in a list, a headline beside the chairs, a button."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from courses.enums import EnrolmentState, RunState
from courses.rules.clock_words import said
from courses.rules.seats import Seats, state_for

ENROL, WAIT, LOOK = "我要报名", "排候补", "看看别的办法"
_OVER = {
    RunState.RUNNING: "报名结束了",
    RunState.ENDED: "上完了",
    RunState.CANCELLED: "取消了",
    RunState.DRAFT: "还没有公布",
}


@dataclass(frozen=True)
class SeatWords:
    """``tag`` for a row; ``headline`` and ``more`` for the class itself; ``action`` stands on the chief button."""

    tag: str
    headline: str
    more: str = ""
    action: str = LOOK
    is_open: bool = False


def seat_words(state: RunState, seats: Seats, *, opens: datetime | None, now: datetime) -> SeatWords:
    """Return the words for a class; ``opens`` and ``now`` as the clock on the wall shows them."""
    if state in _OVER:
        return SeatWords(_OVER[state], _OVER[state])
    if state is RunState.SOON:
        words = opening_words(opens, now)
        return SeatWords(words, words)
    if state is RunState.OPEN:
        return _open(seats)
    if state_for(seats) is not EnrolmentState.WAITLISTED:
        return SeatWords("满了", "满了", "不收候补了")
    more = f"{seats.waiting} 位在等" if seats.waiting else "您是第 1 位"
    return SeatWords("满了，可以候补", "满了，可以候补", more, WAIT)


def _open(seats: Seats) -> SeatWords:
    if seats.limit is None:
        return SeatWords("可以报名", "有座位", action=ENROL, is_open=True)
    left, most = seats.left, seats.limit.most
    return SeatWords(f"还有 {left} 个座位", f"还空 {left} 座", f"一共 {most} 座", action=ENROL, is_open=True)


def opening_words(opens: datetime | None, now: datetime) -> str:
    """Return when enrolment begins: 明天开始报名."""
    if opens is None:
        return "过几天开始报名"
    if opens.date() == now.date():
        return f"今天{said(opens)} 开始报名"
    if opens.date() == now.date() + timedelta(days=1):
        return "明天开始报名"
    return f"{opens.month}月{opens.day}日开始报名"
