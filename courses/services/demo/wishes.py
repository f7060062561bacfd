"""Which classes the demo has, before anybody has looked for a free room: whose, on what, from when, how often."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from cms.enums import Scenario
from courses.enums import RunKind, RunMode, Weekday
from courses.models import TeachingPerson, Term
from courses.services.demo.schools import School

DAY, WEEK = timedelta(days=1), timedelta(days=7)
WORKDAYS = tuple(Weekday)[:5]
A_WEEK = tuple((day,) for day in WORKDAYS)
TWICE_A_WEEK = ((1, 3), (2, 4), (3, 5))
# A term that begins late is taught twice a week, so that it still fits.
SHORTEST = 5 * WEEK
FIRST_PHASE = (date(2021, 3, 2), date(2021, 3, 31))
TERM_CODE_2021 = "21A"


@dataclass(frozen=True)
class Wish:
    """A class that is to be. ``number`` decides what becomes of it; ``weekdays`` are the ways it may lie in a week."""

    number: int
    school: School
    scenario: Scenario
    first_day: date
    last_day: date
    times: int
    term: Term | None = None
    mode: RunMode = RunMode.ONSITE
    kind: RunKind = RunKind.SERIES
    weekdays: tuple[tuple[int, ...], ...] = A_WEEK
    teacher: TeachingPerson | None = None
    kept: frozenset[date] = field(default_factory=frozenset)

    @property
    def is_plain(self) -> bool:
        """Nothing ever happens to it: the class that a log-in opens first, and those of 2021."""
        return self.teacher is not None or self.first_day.year == FIRST_PHASE[0].year


def term_around(on: date) -> Term:
    """Return the term a day belongs to, holidays before it included; one that is not there yet is made."""
    shifted = on - 15 * DAY
    year, is_spring = shifted.year, shifted.month <= 6
    ends = date(year, 7, 2) if is_spring else date(year + 1, 1, 15)
    usual = {
        "name": f"{year} 年{'春' if is_spring else '秋'}季",
        "starts_on": date(year, 3 if is_spring else 9, 1),
        "ends_on": ends,
    }
    code = f"{year % 100:02}{'A' if is_spring else 'B'}"
    return Term.objects.get_or_create(code=code, defaults=usual)[0]


def all_wishes(schools: list[School], *, today: date, teacher: TeachingPerson | None) -> Iterator[Wish]:
    """Yield every class, the log-in's first: it gets the room it wants."""
    this = term_around(today)
    last = term_around(this.starts_on - 90 * DAY)
    own = [school for school in schools if teacher in school.teachers]
    if teacher and own:
        yield _of_teacher(own[0], teacher, this, today)
    for place, school in enumerate(schools):
        for turn in (0, 1):
            number = 2 * place + turn
            yield _last_term(school, number, last)
            yield _this_term(school, number + 100, this, today)
        yield _single(school, place + 200, today)
    for place, school in enumerate(schools[::4]):
        yield _of_2021(school, place + 300)


def _of_teacher(school: School, teacher: TeachingPerson, term: Term, today: date) -> Wish:
    """A class that meets today and tomorrow, whatever day that is."""
    days = (today, today + DAY)
    return Wish(
        number=0,
        school=school,
        scenario=Scenario.SCAN_CODE,
        first_day=today - 2 * WEEK,
        last_day=today + 5 * WEEK,
        times=8,
        term=term,
        weekdays=(tuple(day.isoweekday() for day in days),),
        teacher=teacher,
        kept=frozenset(days),
    )


def _last_term(school: School, number: int, term: Term) -> Wish:
    first = term.starts_on + (number % 8) * WEEK
    return Wish(
        number, school, _scenario(number), first, term.ends_on, times=6, term=term, mode=_mode(number)
    )


def _this_term(school: School, number: int, term: Term, today: date) -> Wish:
    """Some have ended, most are running, some are to come: around today, within the term."""
    wanted = today + timedelta(days=(number * 13) % 85 - 56)
    first = max(term.starts_on, min(wanted, term.ends_on - SHORTEST))
    is_long = first + 9 * WEEK <= term.ends_on
    return Wish(
        number,
        school,
        _scenario(number),
        first,
        term.ends_on,
        times=8,
        term=term,
        mode=_mode(number),
        weekdays=A_WEEK if is_long else TWICE_A_WEEK,
    )


def _single(school: School, number: int, today: date) -> Wish:
    first = today + timedelta(days=(number * 7) % 31 - 8)
    scenario = _scenario(number)
    return Wish(number, school, scenario, first, first + 2 * WEEK, times=1, kind=RunKind.SINGLE)


def _of_2021(school: School, number: int) -> Wish:
    first, last = FIRST_PHASE
    term = Term.objects.filter(code=TERM_CODE_2021).first()
    return Wish(number, school, _scenario(number), first, last, times=4, term=term)


def _scenario(number: int) -> Scenario:
    """All ten by turns; the one whose lessons are written, more often."""
    return Scenario.SCAN_CODE if number % 3 == 0 else list(Scenario)[number % 10]


def _mode(number: int) -> RunMode:
    """Most meet in a room."""
    return {4: RunMode.ONLINE, 9: RunMode.HYBRID, 14: RunMode.RECORDED}.get(number % 20, RunMode.ONSITE)
