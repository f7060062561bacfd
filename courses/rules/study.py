"""Recorded sessions: from when to when one studies them, and who has finished (design.md §5, R7)."""

from datetime import date, datetime, time, timedelta

from courses.enums import SessionState
from courses.rules.clock_words import said
from courses.rules.counting import Thresholds
from courses.rules.refusal import Refusal
from courses.rules.series import SHANGHAI, at


def closes_at(*, on: date, last_day: date, at_least: int) -> datetime:
    """Return when a recorded session that begins ``on`` a day can be studied no longer.

    It is open from its beginning to the end of the class's last day, and for ``at_least`` so many days (its own is the
    first of them), so that the last session of a class, too, can be studied in peace. Source: R7 asks for an open
    window and leaves its length to us; docs/decisions/0031.
    """
    after = max(last_day, on + timedelta(days=at_least - 1)) + timedelta(days=1)
    return at(after, time(0))


def study_refusal(
    *,
    state: str,
    is_class_cancelled: bool,
    opens: datetime,
    closes: datetime,
    has_lessons: bool,
    now: datetime,
) -> Refusal | None:
    """Return why a recorded session cannot be studied now, or None."""
    if is_class_cancelled:
        return Refusal("run-cancelled", "这个班取消了，不用学了。请看看别的班。")
    if state != SessionState.PLANNED:
        return Refusal("session-cancelled", "这次课取消了，不用学。")
    if now < opens:
        return Refusal(
            "not-open-yet", f"这次课 {_day(opens)} {said(opens.astimezone(SHANGHAI))}开始，到时候再来学。"
        )
    if now >= closes:
        last = _day(closes - timedelta(minutes=1))
        return Refusal("window-closed", f"这次课学到 {last} 为止，时间过了，记不上了。")
    if not has_lessons:
        return Refusal("no-lesson", "这次课还没有放上内容。请打电话问一问。")
    return None


def has_studied(*, steps_done: int, steps: int, has_practised: bool, thresholds: Thresholds) -> bool:
    """True for who finished a recorded lesson: enough of its steps, and the practice (R7)."""
    return steps > 0 and has_practised and steps_done * 100 >= steps * thresholds.self_study


def steps_missing(*, steps_done: int, steps: int, thresholds: Thresholds) -> int:
    """Return how many more steps it takes until enough of them are done."""
    return max(-(-steps * thresholds.self_study // 100) - steps_done, 0)


def _day(moment: datetime) -> str:
    here = moment.astimezone(SHANGHAI)
    return f"{here.month}月{here.day}日"
