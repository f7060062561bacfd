"""The plan chart's geometry: actual as a thick line, plan as a dashed one, milestones with words, and the forecast."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from courses.rules.forecast import Outlook
from courses.rules.in_words import in_wan
from courses.services.progress.collecting import Milestone, Progress

# What is drawn on: words of 18 at the width of a phone.
WIDTH, HEIGHT = 304, 236
LEFT, RIGHT, TOP, BOTTOM = 50, 280, 40, 196


@dataclass(frozen=True)
class Spot:
    """A place on the chart with its words; they end, begin or centre there."""

    x: float
    y: float
    words: str
    anchor: str = "middle"

    @property
    def is_low(self) -> bool:
        """Below it there is no room for words: they would run into the axis."""
        return self.y > BOTTOM - 40


@dataclass(frozen=True)
class Chart:
    """What a template draws."""

    actual: str
    plan: str
    now: Spot
    milestones: list[Spot]
    levels: list[Spot]
    months: list[Spot]
    wedge: str = ""
    alt: str = ""
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = RIGHT
    bottom: int = BOTTOM


@dataclass(frozen=True)
class _Scale:
    """From days and 人次 to the drawing."""

    first: date
    last: date
    most: int
    marks: list[int] = field(default_factory=list)

    def x(self, on: date) -> float:
        part = (on - self.first).days / max((self.last - self.first).days, 1)
        return round(LEFT + (RIGHT - LEFT) * min(max(part, 0), 1), 1)

    def y(self, number: float) -> float:
        return round(BOTTOM - (BOTTOM - TOP) * number / self.most, 1)

    def path(self, spots: Sequence[tuple[date, float]]) -> str:
        return " ".join(f"{self.x(on)},{self.y(many)}" for on, many in spots)


def chart_of(now: Progress) -> Chart:
    """Return the chart of a programme."""
    scale = _scale(now)
    actual = [(now.programme.starts_on, 0), *((month.until, month.so_far) for month in now.months)]
    return Chart(
        actual=scale.path(actual),
        plan=scale.path([(each.on, each.attendances) for each in now.milestones]),
        now=_now(now, scale),
        milestones=[_milestone(each, scale) for each in now.milestones if each.attendances],
        levels=[Spot(LEFT - 8, scale.y(mark), in_wan(mark), "end") for mark in scale.marks],
        months=_month_words(scale),
        wedge=_wedge(now, scale),
        alt=_alt(now),
    )


def _scale(now: Progress) -> _Scale:
    programme = now.programme
    last = max(programme.due_on, now.on if now.is_over else programme.due_on)
    target = max(programme.target, 2)
    most = max(target, now.reported, now.forecast.at_due_most, *(each.attendances for each in now.milestones))
    return _Scale(programme.starts_on, last, most, [0, target // 2, target])


def _now(now: Progress, scale: _Scale) -> Spot:
    x, y = scale.x(now.on), scale.y(now.reported)
    # At the left edge the words would run over the figures of the axis.
    anchor = "start" if x < LEFT + 60 else "end" if x > RIGHT - 50 else "middle"
    return Spot(x, y, f"{'一共' if now.is_over else '现在'} {in_wan(now.reported)}", anchor)


def _milestone(each: Milestone, scale: _Scale) -> Spot:
    words = f"{_day_words(each.on)} {in_wan(each.attendances)}"
    return Spot(scale.x(each.on), scale.y(each.attendances), words, "end")


def _day_words(on: date) -> str:
    """Return 6月底, or 6月15日."""
    is_last = (on + timedelta(days=1)).day == 1
    return f"{on.month}月底" if is_last else f"{on.month}月{on.day}日"


def _month_words(scale: _Scale) -> list[Spot]:
    first, end = scale.first, scale.last + timedelta(days=1)
    marks = [date(first.year, month, 1) for month in (1, 4, 7, 10)]
    return [Spot(scale.x(on), BOTTOM + 26, f"{on.month}月") for on in marks if first <= on <= end]


def _wedge(now: Progress, scale: _Scale) -> str:
    """Return the outline of what may come: from now to the least and the most on the due day."""
    coming = now.forecast
    if coming.outlook not in {Outlook.IN_TIME, Outlook.TOO_LATE} or now.on >= now.programme.due_on:
        return ""
    due = now.programme.due_on
    return scale.path([(now.on, now.reported), (due, coming.at_due_most), (due, coming.at_due_least)])


def _alt(now: Progress) -> str:
    said = f"到 {now.on.month}月{now.on.day}日，实际 {now.reported} 人次"
    if now.planned_now is not None:
        said += f"，计划 {now.planned_now} 人次"
    return f"{said}。数字在下面的表里。"
