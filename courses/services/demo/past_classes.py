"""The classes of a large history: term after term since 2024, in the hours that the demo timetable leaves free."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.utils import timezone

from cms.enums import Scenario
from courses.enums import RunMode, Weekday
from courses.models import ClassSession, CourseRun, Learner, Room, TeachingPerson, Term
from courses.rules.series import SeriesRule, moments, planned_days
from courses.services.demo.inventing import chance
from courses.services.demo.newcomers import Newcomers
from courses.services.demo.planning import TITLES
from courses.services.demo.rolls import DAY
from courses.services.demo.schools import School
from courses.services.demo.wishes import WEEK, term_around

# Such a class is known by what an import would know it by: the same one is never made twice.
KEY = "demo-history-"
FIRST = date(2024, 3, 1)
HOURS = ((time(11, 15), time(12, 30)), (time(15, 45), time(17)))
WEEKDAYS = tuple(Weekday)[:6]
SLOTS = len(HOURS) * len(WEEKDAYS)
MEETINGS, SEATS = 12, 24
# A term counts from when there is something to tell of it.
YOUNGEST = 6 * WEEK
# Of each class so many come to the school's next one too.
RETURNING = 6


@dataclass
class PastClass:
    """A class with its sessions and the people in it, not saved yet; ``most``: so many lines its rolls may have."""

    number: int
    run: CourseRun
    sessions: list[ClassSession]
    learners: list[Learner]
    newcomers: list[Learner]
    most: int = field(default=0)

    @property
    def lines(self) -> int:
        return len(self.sessions) * len(self.learners)


class Past:
    """Yields the classes there were, by turns at every school and in every term."""

    def __init__(self, schools: list[School], *, now: datetime, after: int) -> None:
        self.schools, self.now, self.number = schools, now, after
        today = timezone.localdate(now)
        self.terms = list(_terms(today))
        newcomers = Newcomers(today.year)
        self.coming = [newcomers.of(school.organisation) for school in schools]
        self.known: list[list[Learner]] = [[] for _ in schools]
        self.codes = _last_numbers()

    def classes(self) -> Iterator[PastClass]:
        """Yield one class after the other without end."""
        while True:
            yield self._next()
            self.number += 1

    def _next(self) -> PastClass:
        turn, place = divmod(self.number, len(self.schools))
        in_term = turn // len(self.terms)
        # Also a small history is of every district and of every year.
        school, term = self.schools[place], self.terms[(turn + place) % len(self.terms)]
        run, sessions = self._run(school, term, place + 3 * turn, in_term)
        size = chance(f"past {self.number}").randrange(18, SEATS + 1)
        old = self.known[place][-RETURNING:]
        new = [next(self.coming[place]) for _ in range(size - len(old))]
        self.known[place] = new
        return PastClass(self.number, run, sessions, [*old, *new], new)

    def _run(
        self, school: School, term: Term, number: int, in_term: int
    ) -> tuple[CourseRun, list[ClassSession]]:
        room, teacher = _place(school, in_term // SLOTS)
        mode = RunMode.ONSITE if room else RunMode.RECORDED
        scenario = list(Scenario)[number % len(Scenario)]
        at = {"mode": mode, "venue": room.venue if room else None, "room": room}
        sessions = [
            ClassSession(
                number=place, starts_at=start, ends_at=end, teacher=teacher, main_scenario=scenario, **at
            )
            for place, (start, end) in enumerate(self._meetings(term, in_term), start=1)
        ]
        run = CourseRun(
            code=self._code(school, term),
            import_key=f"{KEY}{self.number}",
            title=TITLES[scenario],
            organiser=school.organisation,
            term=term,
            capacity=SEATS,
            published_at=sessions[0].starts_at - 30 * DAY,
            is_demo=True,
            **at,
        )
        for session in sessions:
            session.run = run
        return run, sessions

    def _meetings(self, term: Term, in_term: int) -> list[tuple[datetime, datetime]]:
        """Return when it met, as far as that is over."""
        slot = in_term % SLOTS
        starts, ends = HOURS[slot % len(HOURS)]
        weekday = WEEKDAYS[slot // len(HOURS)]
        rule = SeriesRule(term.starts_on, frozenset([weekday]), starts, ends, MEETINGS, term.ends_on)
        met = [moments(rule, each.on) for each in planned_days(rule) if each.is_held]
        return [(start, end) for start, end in met if end <= self.now]

    def _code(self, school: School, term: Term) -> str:
        start = f"{school.organisation.guided_by.code}-{term.code}-"
        self.codes[start] += 1
        return f"{start}{self.codes[start]:03}"


def _place(school: School, number: int) -> tuple[Room | None, TeachingPerson | None]:
    """Return a room with somebody of the school who teaches in no other one; beyond that, recorded courses."""
    own = [person for person in school.teachers if person.organisation_id == school.organisation.pk]
    pairs = list(zip(school.rooms, own, strict=False))
    return pairs[number] if number < len(pairs) else (None, None)


def _terms(today: date) -> Iterator[Term]:
    term = term_around(FIRST + 30 * DAY)
    while term.starts_on + YOUNGEST <= today:
        yield term
        term = term_around(term.ends_on + 60 * DAY)


def _last_numbers() -> Counter[str]:
    """Return the highest number given with each beginning of a code: XH-26B-."""
    last: Counter[str] = Counter()
    for code in CourseRun.objects.values_list("code", flat=True):
        start, dash, number = code.rpartition("-")
        if number.isdecimal():
            last[start + dash] = max(last[start + dash], int(number))
    return last
