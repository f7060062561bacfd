"""People who enrol, through the services."""

from datetime import datetime, timedelta
from itertools import count

from django.utils import timezone

from courses.enums import EnrolledThrough
from courses.models import CourseRun, Enrolment, Learner, Organisation
from courses.rules.personal_data import NOTICE_VERSION
from courses.services.enrolment.enrolling import Enrolled, Wish, enrol, enrol_person
from courses.services.learners import LearnerFacts
from courses.services.scheduling.runs import publish_run
from tests.factories.classes import a_room, a_school, a_venue
from tests.factories.timetable import a_plan, a_run, moment

_numbers = count(1)
# Before the sessions of the factory's classes, on a working day at noon.
NOW = moment("12:00", on=moment().date().replace(day=2))


def an_open_run(*plans, seats: int | None = None, **details) -> CourseRun:
    """Make a published class with so many seats; None is unlimited. Without plans it meets once, in a large room."""
    if not plans:
        organiser = details.setdefault("organiser", None) or a_school()
        details["organiser"] = organiser
        plans = (a_plan(room=a_room(a_venue(organiser), seats=None)),)
    run = a_run(*plans, capacity=seats, **details)
    return publish_run(run=run, by=None, at=NOW)


def a_coming_run(
    school: Organisation | None = None,
    *,
    clock: str = "14:00",
    seats: int | None = None,
    room_seats: int | None = None,
    days: int = 10,
    **details,
) -> CourseRun:
    """Make a published class that meets once, in so many days by the machine's clock: for what asks that clock."""
    organiser = school or a_school()
    room = a_room(a_venue(organiser), seats=room_seats)
    plan = a_plan(clock, timezone.localdate() + timedelta(days=days), room=room)
    return an_open_run(plan, organiser=organiser, seats=seats, **details)


def some_facts(name: str = "", phone: str = "", **values) -> LearnerFacts:
    """Say who somebody is; another person each time."""
    number = next(_numbers)
    return LearnerFacts(
        name=name or f"学员{'甲乙丙丁戊己庚辛壬癸'[number % 10]}{number}",
        phone=phone or f"139{number:08}",
        **({"birth_year": 1950} | values),
    )


def a_wish(**values) -> Wish:
    """Say how somebody enrols: from the web, agreeing to the notice of today."""
    return Wish(**({"consent_version": NOTICE_VERSION} | values))


def somebody_enrols(run: CourseRun, *, now: datetime = NOW, token: str = "", **facts) -> Enrolled:
    """Let somebody enrol from the web."""
    return enrol_person(run=run, facts=some_facts(**facts), wish=a_wish(token=token), now=now)


def enrolled(run: CourseRun, many: int, *, now: datetime = NOW) -> list[Enrolment]:
    """Let so many people enrol one after the other; return their enrolments."""
    return [somebody_enrols(run, now=now).enrolment for _ in range(many)]


def known_enrols(run: CourseRun, learner: Learner, *, now: datetime = NOW, by=None, **how) -> Enrolled:
    """Let staff, or the system itself, enrol a learner who is known, at the desk."""
    wish = a_wish(through=EnrolledThrough.DESK)
    return enrol(run=run, learner=learner, wish=wish, now=now, by=by, **how)
