"""The pages of `/classes/<code>/enrol/`: the form, why nobody can enrol now, and that it is done already."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from cms.services.prepared import row_names
from courses.enums import EnrolmentState, FilledBy, RunState
from courses.errors import Refused
from courses.forms.enrolment import EnrolForm
from courses.models import ClassSession, CourseRun
from courses.rules.enrolment import entry
from courses.rules.personal_data import NOTICE_VERSION, Period, in_words
from courses.rules.refusal import Refusal
from courses.rules.seat_words import SeatWords, seat_words
from courses.rules.seats import Seats, state_for
from courses.services.personal_data import days
from courses.services.seats import states_of
from courses.services.timetable import NearClass, nearest_with_room
from courses.views.drawn_once import TYPED_HERE, drawn_once
from courses.views.keeping import keep_form_token

# Why nobody can enrol, by the code of the refusal: nothing in the form could be mended.
CLOSED = {
    "not-open-yet": "还没有开始报名",
    "enrolment-over": "报名结束了",
    "not-published": "现在不能报名",
    "run-cancelled": "这个班取消了",
    "run-ended": "这个班上完了",
    "full": "这个班满了",
    "waiting-list-full": "这个班满了",
}


@dataclass(frozen=True)
class Standing:
    """How a class stands at a moment, as far as somebody who wants to enrol must know."""

    run: CourseRun
    state: RunState
    seats: Seats
    now: datetime

    @classmethod
    def of(cls, run: CourseRun) -> "Standing":
        now = timezone.now()
        return cls(run, *states_of([run], now=now)[run.pk], now)

    @property
    def opens(self) -> datetime | None:
        """When enrolment begins, by the clock on the wall."""
        return timezone.localtime(self.run.enrol_from) if self.run.enrol_from else None

    @property
    def words(self) -> SeatWords:
        return seat_words(self.state, self.seats, opens=self.opens, now=timezone.localtime(self.now))

    @property
    def refusal(self) -> Refusal | None:
        """Why nobody can enrol from the web now, None when one can."""
        entered = entry(self.state, self.seats, enrol_from=self.run.enrol_from)
        return entered if isinstance(entered, Refusal) else None

    @property
    def waits(self) -> bool:
        """Who enrols now waits for a seat."""
        return self.state is RunState.FULL and state_for(self.seats) is EnrolmentState.WAITLISTED

    def next_session(self) -> ClassSession | None:
        """Return when it meets next."""
        return self.run.sessions.coming(now=self.now).first()

    def nearest(self) -> NearClass | None:
        """Return another class for who finds no seat here; None where there is one, or where one only has to wait."""
        if self.state in {RunState.OPEN, RunState.SOON}:
            return None
        return nearest_with_room(self.run, now=self.now)


def new_form(request, run: CourseRun, token: str) -> HttpResponse:
    """Show the empty form, or why nobody can enrol now and what else there is."""
    standing = Standing.of(run)
    if standing.refusal:
        code, message = standing.refusal.code, standing.refusal.message
        return _closed(request, run, code, message, standing.now, session=standing.next_session())
    return _form(request, standing, EnrolForm(initial={"filled_by": FilledBy.SELF}), token)


def form_again(request, run: CourseRun, form: EnrolForm, token: str, *, status: int) -> HttpResponse:
    """Show what was filled in, with what is in the way."""
    response = _form(request, Standing.of(run), form, token)
    response.status_code = status
    return response


def no_more(request, run: CourseRun, form: EnrolForm, token: str, refusal: Refused) -> HttpResponse:
    """Tell who was too late: here nothing can be mended. What was filled in goes along to a class with room.

    Asks and draws as little as it can: when a class is full, hundreds are told so within a minute.
    """
    now = timezone.now()
    return drawn_once(
        request,
        lambda: _closed(request, run, refusal.code, str(refusal), now, typed=TYPED_HERE),
        by=(*_facts(run), refusal.code, str(refusal), nearest_with_room(run, now=now)),
        typed=[*form.typed(), ("token", token)],
        status=422,
    )


def already(request, run: CourseRun) -> HttpResponse:
    """Tell that it is done, and nothing about whom or when: a name and a number are known to neighbours too."""
    context = {"run": run, "heading": "已经报过名了"}
    page = "courses/enrolment/already.html"
    return drawn_once(request, lambda: render(request, page, context), by=(page, *_facts(run)))


def _facts(run: CourseRun) -> list[object]:
    """Return all that is known of a class itself."""
    return [getattr(run, name) for name in row_names(CourseRun)]


def _form(request, standing: Standing, form: EnrolForm, token: str) -> HttpResponse:
    context = {
        "run": standing.run,
        "heading": "我要报名",
        "form": form,
        "token": token,
        "session": standing.next_session(),
        "seats": standing.seats,
        "words": standing.words,
        "waits": standing.waits,
        "nearest": standing.nearest(),
        "version": NOTICE_VERSION,
        "period": in_words(days(Period.LEARNER)),
    }
    response = render(request, "courses/enrolment/form.html", context)
    keep_form_token(response, token, is_secure=request.is_secure())
    return response


def _closed(request, run: CourseRun, code: str, message: str, now: datetime, **more) -> HttpResponse:
    is_early = code == "not-open-yet"
    begins = run.returning_from
    context = {
        "run": run,
        "heading": CLOSED[code],
        "message": message,
        "returning_first": is_early and begins is not None and begins <= now,
        "nearest": None if is_early else nearest_with_room(run, now=now),
        "others": f"{reverse('classes')}?seats=on",
    }
    return render(request, "courses/enrolment/closed.html", context | more)
