"""What makes a 人次 (design.md §5, Counting rules, R1–R11). Everything that says a number asks here."""

from dataclasses import dataclass
from datetime import date, timedelta

from courses.enums import AreaKind, AttendanceState, RecordKind
from courses.rules.refusal import Refusal


@dataclass(frozen=True)
class Thresholds:
    """From how much on something counts, in hundredths; data (settings.COUNTING), not code. Source: R7."""

    left_early: int = 50
    live: int = 60
    self_study: int = 80


def is_long_enough(minutes: int, *, length: int, percent: int) -> bool:
    """True for ``minutes`` of a session of ``length`` minutes, from ``percent`` on; in whole numbers, so exact."""
    return minutes * 100 >= length * percent


def counts(
    *,
    kind: str,
    state: str,
    minutes: int | None,
    length: int,
    is_senior: bool,
    thresholds: Thresholds,
) -> bool:
    """Return whether a line of the roll is a 人次, if its session is held.

    Training, of a senior, who was there: present, late, or gone after at least half. Helping (帮办) never counts,
    nor do those under sixty.
    """
    if kind != RecordKind.TRAINING or not is_senior:
        return False
    if state in {AttendanceState.PRESENT, AttendanceState.LATE}:
        return True
    if state != AttendanceState.LEFT_EARLY or minutes is None:
        return False
    return is_long_enough(minutes, length=length, percent=thresholds.left_early)


def online_state(*, minutes: int, length: int, thresholds: Thresholds) -> AttendanceState:
    """Return what the roll says of somebody who was in a live session on line for so long (R7)."""
    if is_long_enough(minutes, length=length, percent=thresholds.live):
        return AttendanceState.PRESENT
    return AttendanceState.ABSENT


def minutes_refusal(state: str, minutes: int | None, *, length: int) -> Refusal | None:
    """Return what is wrong with how long somebody was there, or None."""
    if state == AttendanceState.LEFT_EARLY and minutes is None:
        return Refusal("no-minutes", "早退的，请填在了几分钟。", field="minutes")
    if minutes is not None and not 0 <= minutes <= length:
        return Refusal("too-many-minutes", f"这次课一共 {length} 分钟。请填 0 到 {length}。", field="minutes")
    return None


def periods_of(on: date) -> tuple[str, str, str]:
    """Return the periods a day belongs to: its year, its month, its week (ISO, which begins on Monday)."""
    week = on.isocalendar()
    return f"{on.year}", f"{on:%Y-%m}", f"{week.year}-W{week.week:02}"


def first_of_month(on: date) -> date:
    return on.replace(day=1)


def last_of_month(on: date) -> date:
    return (on.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def district_of(*, area: int, kind: str, parent: int | None) -> int | None:
    """Return the id of the district that an organisation in this area is counted in; None for the city's own."""
    if kind == AreaKind.CITY:
        return None
    return area if kind == AreaKind.DISTRICT else parent
