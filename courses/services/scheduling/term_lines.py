"""A term of a school on paper: a line for each class, with its days, hours, rooms and teachers."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.utils.formats import date_format

from courses.enums import Weekday
from courses.models import ClassSession, CourseRun, Organisation, Term
from courses.rules.places import place_words


@dataclass(frozen=True)
class Line:
    """A class: ``hours`` says each weekday and time with how often, ``off`` what was cancelled."""

    run: CourseRun
    hours: list[str]
    days: str
    off: str
    places: list[str]
    teachers: list[str]


def runs_of_term(runs: QuerySet, *, term: Term, organisation: Organisation) -> QuerySet:
    """Return a school's classes of a term that were not cancelled, with all a line reads."""
    branch = Organisation.objects.branch(organisation)
    rows = runs.filter(term=term, organiser__in=branch.values("pk"), cancelled_at=None)
    sessions = ClassSession.objects.select_related("venue", "room", "teacher").order_by("starts_at")
    return rows.select_related("organiser").prefetch_related(Prefetch("sessions", sessions)).order_by("code")


def line_of(run: CourseRun) -> Line:
    """Return a class's line; give it a row from ``runs_of_term``."""
    every = list(run.sessions.all())
    held = [session for session in every if not session.is_cancelled]
    days = [date_format(each.on, "n月j日") for each in held]
    off = [date_format(each.on, "n月j日") for each in every if each.is_cancelled]
    return Line(
        run=run,
        hours=[f"{when}，{times} 次" for when, times in Counter(_when(each) for each in held).items()],
        days=f"{days[0]} 到 {days[-1]}" if len(days) > 1 else "".join(days),
        off=f"取消了：{'、'.join(off)}" if off else "",
        places=_each_once(place_words(each.venue, each.room) for each in held),
        teachers=_each_once(str(each.teacher) if each.teacher else "还没有老师" for each in held),
    )


def _when(session: ClassSession) -> str:
    starts, ends = timezone.localtime(session.starts_at), timezone.localtime(session.ends_at)
    return f"{Weekday(starts.isoweekday()).label} {starts:%H:%M}–{ends:%H:%M}"


def _each_once(words: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(words))
