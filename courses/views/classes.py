"""`/classes/`: finding a class near home, one class with all that one must know, and its calendar file."""

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, JsonResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cms.enums import Scenario
from cms.models.listing import listed_part
from cms.page_cache import kept
from courses.enums import RunState, SessionChangeKind, SessionState, Weekday
from courses.errors import Refused
from courses.forms.class_finder import ClassFinder
from courses.models import ClassSession, CourseRun
from courses.reports import Entry, calendar_answer, pdf_answer
from courses.rules.calendar import DayKind, day
from courses.rules.clock_words import said_span
from courses.rules.seat_words import SeatWords, seat_words
from courses.services.posters import poster_of
from courses.services.seats import states_of
from courses.services.timetable import found, next_door

MOST_NEXT_DOOR = 6
# More chairs than that are not drawn: nobody counts them.
MOST_CHAIRS = 20


@require_safe
def classes(request):
    """List what is to come. Not kept by the page cache: the address holds whatever somebody typed."""
    finder, now = ClassFinder(request.GET), timezone.now()
    wanted = finder.wanted()
    listed = listed_part(found(wanted, now=now), request)
    around = [] if listed.object_list else list(next_door(wanted, now=now)[:MOST_NEXT_DOOR])
    context = {
        "seats": words_of([*listed.object_list, *around], now=now),
        "finder": finder,
        "wanted": wanted,
        "listed": listed,
        "around": around,
        "chosen": "、".join(finder.chosen()),
        "asked": _asked(request.GET),
    }
    return render(request, "courses/classes/list.html", context)


def words_of(runs: list[CourseRun], *, now: datetime) -> dict[int, SeatWords]:
    """Return how full classes are, in words, by their ids. Three queries, however many."""
    wall, states = timezone.localtime(now), states_of(runs, now=now)
    return {
        run.pk: seat_words(state, seats, opens=_local(run.enrol_from), now=wall)
        for run in runs
        for state, seats in [states[run.pk]]
    }


def _asked(said: QueryDict) -> str:
    """Return the filters for the address of another page of the list: ``district=310104&``."""
    kept_words = said.copy()
    kept_words.pop("page", None)
    return f"{kept_words.urlencode()}&" if kept_words else ""


@dataclass(frozen=True)
class Meeting:
    """A session as a reader is told about it."""

    session: ClassSession
    is_over: bool

    @property
    def starts(self) -> datetime:
        return timezone.localtime(self.session.starts_at)

    @property
    def ends(self) -> datetime:
        return timezone.localtime(self.session.ends_at)

    @property
    def is_not_held(self) -> bool:
        """Nobody taught, although nobody had cancelled it."""
        return self.session.state == SessionState.NOT_HELD

    @property
    def holiday(self) -> str:
        """The holiday it is held on all the same, "" otherwise."""
        found_day = day(self.starts.date())
        return found_day.name if found_day.kind is DayKind.HOLIDAY else ""

    @property
    def moved_because(self) -> str:
        """Why it is not when it was first planned, "" when it is."""
        moves = [change for change in self.session.changes.all() if change.kind == SessionChangeKind.MOVED]
        return moves[-1].because if moves else ""


@kept
@require_safe
def one_class(request, code: str):
    """Answer when, where, how to get there, what to bring, what it costs, who teaches, whom to call."""
    run, now = _run(code), timezone.now()
    rows = run.sessions.select_related("venue__area__parent", "room", "teacher").prefetch_related(
        "helpers", "changes"
    )
    meetings = [Meeting(row, is_over=row.ends_at <= now) for row in rows]
    coming = [each for each in meetings if not each.session.is_cancelled and not each.is_over]
    first = coming[0].session if coming else meetings[-1].session if meetings else None
    context = {
        "run": run,
        "state": run.state_at(now, seats_left=None),
        "states": RunState,
        "meetings": meetings,
        "held_count": sum(not each.session.is_cancelled for each in meetings),
        "is_over": run.cancelled_at is not None or not coming,
        "weekly": weekly_words(coming),
        "next": coming[0] if coming else None,
        "scenario": Scenario(first.main_scenario) if first else None,
        "venue": first.venue if first else run.venue,
        "room": first.room if first else run.room,
        "teachers": _teachers(meetings),
        "helper_count": max((len(each.session.helpers.all()) for each in coming), default=0),
        "bring": [part.strip() for part in run.bring.replace("；", ";").split(";") if part.strip()],
    }
    return render(request, "courses/classes/class.html", context)


@never_cache
@require_safe
def seats(request, code: str):
    """Answer how full a class is now, for the page that is kept: words, and chairs where they are few."""
    run, now = CourseRun.objects.published().filter(code=code).first(), timezone.now()
    if run is None:
        raise Http404
    state, counted = states_of([run], now=now)[run.pk]
    words = seat_words(state, counted, opens=_local(run.enrol_from), now=timezone.localtime(now))
    most = counted.limit.most if counted.limit else 0
    said: dict[str, str | int] = {"headline": words.headline, "more": words.more, "action": words.action}
    if words.is_open or state is RunState.FULL:
        # While somebody waits, an empty chair is theirs.
        said |= {"chairs": most if most <= MOST_CHAIRS else 0, "taken": most - (counted.free or 0)}
    return JsonResponse(said)


def _local(moment: datetime | None) -> datetime | None:
    return timezone.localtime(moment) if moment else None


@kept
@require_safe
def calendar(request, code: str):
    """Answer with the class's dates as a file for a telephone's calendar; cancelled ones are marked so."""
    run = _run(code)
    sessions = run.sessions.select_related("run", "venue", "room")
    entries = [Entry(session, stamp=run.published_at) for session in sessions]
    return calendar_answer(entries, name=run.title, filename=run.code)


@kept
@require_safe
def poster(request, code: str):
    """Answer with the class's poster as PDF; a class without sessions to come to has none."""
    run = _run(code)
    try:
        return pdf_answer(poster_of(run, now=timezone.now()), filename=f"{run.code}-poster")
    except Refused as refusal:
        raise Http404 from refusal


def weekly_words(coming: list[Meeting]) -> str:
    """Return 每周三 下午 2:00 到 3:30 where all that is to come is so; "" for a single meeting or a mixed row."""
    times = {(each.starts.isoweekday(), each.starts.time(), each.ends.time()) for each in coming}
    if len(coming) < 2 or len(times) != 1:
        return ""
    ((weekday, starts, ends),) = times
    return f"每{Weekday(weekday).label} {said_span(starts, ends)}"


def _run(code: str) -> CourseRun:
    rows = CourseRun.objects.published().with_dates().select_related("organiser", "venue", "room", "module")
    found_run = rows.filter(code=code).first()
    if found_run is None:
        raise Http404
    return found_run


def _teachers(meetings: list[Meeting]) -> list[str]:
    """Return the names of teachers who agreed to be named, each once, in the order of their sessions."""
    named = [each.session.teacher for each in meetings if each.session.teacher]
    return list(dict.fromkeys(teacher.name for teacher in named if teacher.listed_consent_on))
