"""Recorded classes, and people who go through them."""

from collections.abc import Sequence
from datetime import datetime

from courses.enums import RunMode
from courses.models import CourseRun, Enrolment, LessonPage
from courses.services.study.studying import Study, do_one
from tests.factories.classes import a_school
from tests.factories.enrolments import an_open_run
from tests.factories.pages import a_lesson, step, stream
from tests.factories.timetable import a_plan, moment

# An hour after the first session of the factories' class has begun.
NOW = moment("15:00")


def a_recorded_lesson(steps: int = 5, questions: int = 3, **values) -> LessonPage:
    """Make a lesson with so many steps and questions."""
    asks = [
        ("question", {"question": f"第 {n} 问？", "answer": f"第 {n} 答。"}) for n in range(1, questions + 1)
    ]
    blocks = [step(f"做第 {n} 件事。") for n in range(1, steps + 1)]
    return a_lesson(steps=stream(*blocks), questions=stream(*asks), **values)


def a_recorded_run(*lessons: LessonPage, plans: Sequence = (), **details) -> CourseRun:
    """Make a published recorded class; each of its sessions teaches these lessons, or one of five steps."""
    details.setdefault("organiser", a_school())
    found = list(plans) or [a_plan(mode=RunMode.RECORDED)]
    run = an_open_run(*found, mode=RunMode.RECORDED, **details)
    for session in run.sessions.all():
        session.lessons.set(lessons or [a_recorded_lesson()])
    return run


def goes_through(
    enrolment: Enrolment, places: Sequence[int], *, now: datetime = NOW, number: int = 1
) -> Study:
    """Let somebody do what stands at these places of the way, one after the other; return how far they are."""
    for place in places:
        found = do_one(enrolment=enrolment, number=number, place=place, now=now)
    return found
