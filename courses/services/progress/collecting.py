"""Everything one says of a programme and the city, in a few queries."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import Exists, OuterRef

from cms.enums import Scenario
from courses.models import Area, Attendance, ClassSession, Programme, ReportedLine
from courses.rules.counting import last_of_month, periods_of
from courses.rules.forecast import Forecast, forecast, full_weeks
from courses.rules.plan_line import planned
from courses.services.counting.heads import Heads, heads_of
from courses.services.counting.totals import THE_CITY, Place, Total, by_district, by_subject, totals


@dataclass(frozen=True)
class Month:
    """A month: how many 人次 are reported of it, how many so far in the year, and what the plan wants by its end."""

    first: date
    until: date
    reported: int
    so_far: int
    planned: int | None


@dataclass(frozen=True)
class Part:
    """A district's or a scenario's part of the reported number; ``area`` is the district's id."""

    key: str
    name: str
    reported: int
    people: int
    area: int | None = None


class Milestone(NamedTuple):
    """A point of the plan's line; ``is_inferred``: nobody has said so, and pages say that."""

    on: date
    attendances: int
    is_inferred: bool


@dataclass(frozen=True)
class Progress:
    """A programme as it stands in a place on a day: ``on`` is today, or the last day of a year that is over."""

    programme: Programme
    place: Place
    on: date
    total: Total
    heads: Heads
    months: list[Month]
    week: Total
    forecast: Forecast
    planned_now: int | None
    milestones: list[Milestone]
    is_demo: bool
    today: date

    @property
    def reported(self) -> int:
        """人次 with names, and the heads that a district approved."""
        return self.total.attendances + self.heads.approved

    @property
    def missing(self) -> int:
        return max(self.programme.target - self.reported, 0)

    @property
    def period(self) -> str:
        return str(self.programme.year)

    @property
    def is_over(self) -> bool:
        """True for a year that is past: there is no "this week" in it."""
        return self.on != self.today

    @property
    def inferred(self) -> list[Milestone]:
        """The milestones nobody has said; where the whole plan is an example, the page says that instead."""
        every = [] if self.programme.is_example else self.milestones
        return [each for each in every if each.is_inferred and each.attendances]

    @property
    def monday(self) -> date:
        return self.on - timedelta(days=self.on.weekday())

    @property
    def by_due(self) -> int | None:
        """How many there were when the target was due; None before that day, or where no month ends on it."""
        ends = [month for month in self.months if month.until == self.programme.due_on]
        return ends[0].so_far if ends and self.on >= self.programme.due_on else None


def programmes() -> list[Programme]:
    """Return all years, the latest first: a handful."""
    return list(Programme.objects.order_by("-year"))


def programme_of(year: int | None, *, today: date, among: list[Programme] | None = None) -> Programme | None:
    """Return the programme of a year; without one asked for, this year's, or else the last before it."""
    every = programmes() if among is None else among
    if year is not None:
        return next((each for each in every if each.year == year), None)
    return next((each for each in every if each.year <= today.year), every[-1] if every else None)


def progress_of(programme: Programme, *, today: date, place: Place = THE_CITY) -> Progress:
    """Return how far a programme has come."""
    on = min(today, date(programme.year, 12, 31))
    mondays = full_weeks(on, since=programme.starts_on)
    weeks = [periods_of(monday)[2] for monday in mondays]
    firsts = _months(programme, on)
    this_week = periods_of(on)[2]
    wanted = [str(programme.year), this_week, *weeks, *(f"{first:%Y-%m}" for first in firsts)]
    found = totals(place, wanted)
    heads = heads_of(place, first=date(programme.year, 1, 1), last=on)
    rows = programme.points.order_by("on").values_list("on", "attendances", "is_inferred")
    milestones = [Milestone(*row) for row in rows]
    points = [(each.on, each.attendances) for each in milestones]
    total = found.get(str(programme.year), Total())
    return Progress(
        programme=programme,
        place=place,
        on=on,
        today=today,
        total=total,
        heads=heads,
        months=_month_rows(firsts, on, found, heads, points),
        week=found.get(this_week, Total()),
        forecast=forecast(
            reported=total.attendances + heads.approved,
            target=programme.target,
            weeks=[found.get(week, Total()).attendances for week in weeks],
            on=on,
            due_on=programme.due_on,
        ),
        planned_now=planned(points, on),
        milestones=milestones,
        is_demo=counts_demo(programme.year),
    )


def _months(programme: Programme, on: date) -> list[date]:
    return [date(programme.year, number, 1) for number in range(1, on.month + 1) if on.year == programme.year]


def _month_rows(firsts, on: date, found: dict[str, Total], heads: Heads, points) -> list[Month]:
    made, so_far = [], 0
    for first in firsts:
        key = f"{first:%Y-%m}"
        until = min(last_of_month(first), on)
        reported = found.get(key, Total()).attendances + heads.by_month.get(key, 0)
        so_far += reported
        made.append(Month(first, until, reported, so_far, planned(points, until)))
    return made


def districts(progress: Progress) -> list[Part]:
    """Return every district's part, in the order of their codes."""
    found = by_district(progress.period)
    return [
        Part(
            key=area.code,
            name=area.name,
            reported=found.get(area.pk, Total()).attendances + progress.heads.by_district.get(area.pk, 0),
            people=found.get(area.pk, Total()).people,
            area=area.pk,
        )
        for area in Area.objects.districts()
    ]


def scenarios(progress: Progress, *, place: Place = THE_CITY) -> list[Part]:
    """Return the ten scenarios' parts in their order."""
    found = by_subject(place, progress.period)
    return [
        Part(
            key=scenario.value,
            name=scenario.label,
            reported=found.get(scenario.value, Total()).attendances
            + progress.heads.by_scenario.get(scenario.value, 0),
            people=found.get(scenario.value, Total()).people,
        )
        for scenario in Scenario
    ]


def lines(programme: Programme) -> list[ReportedLine]:
    """Return the city's four lines as others report them."""
    return list(programme.lines.order_by("-planned", "pk"))


def counts_demo(year: int) -> bool:
    """True when invented classes have a roll of this year: every page with a figure then says so."""
    has_roll = Exists(Attendance.objects.filter(session=OuterRef("pk")))
    return ClassSession.objects.filter(has_roll, run__is_demo=True, starts_at__year=year).exists()
