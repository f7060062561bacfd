"""Classes and their sessions, planned through the services."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from cms.enums import Scenario
from courses.enums import RunMode
from courses.models import ClassSession, CourseRun, Organisation
from courses.rules.series import at
from courses.services.scheduling.plans import SessionPlan
from courses.services.scheduling.runs import RunDetails, plan_run
from tests.factories.classes import a_room, a_school, a_venue

# A Wednesday without holidays near it.
DAY = date(2026, 11, 11)
LENGTH = timedelta(minutes=90)
# When nothing of a timetable has begun yet.
LONG_BEFORE = at(date(2020, 1, 1), time(8))


def moment(clock: str = "14:00", on: date = DAY) -> datetime:
    """Return a moment by Shanghai's clock."""
    return at(on, time.fromisoformat(clock))


def a_plan(clock: str = "14:00", on: date = DAY, *, room=None, **values) -> SessionPlan:
    """Make a wish for a session of 90 minutes; in a room, or on line without one."""
    starts = moment(clock, on)
    place = {"room": room, "venue": room.venue} if room else {}
    mode = RunMode.ONSITE if room or values.get("venue") else RunMode.ONLINE
    fields = {"mode": mode, "main_scenario": Scenario.SCAN_CODE, "ends_at": starts + LENGTH} | place | values
    return SessionPlan(starts_at=starts, **fields)


def a_run(*plans: SessionPlan, organiser: Organisation | None = None, by=None, **details) -> CourseRun:
    """Plan a class with these sessions; without any, one in a room of its own."""
    organiser = organiser or a_school()
    sessions = list(plans) or [a_plan(room=a_room(a_venue(organiser)))]
    first = sessions[0]
    fields = {"title": "手机入门", "mode": first.mode, "venue": first.venue, "room": first.room} | details
    if fields["mode"] != RunMode.ONSITE:
        fields.setdefault("link", "https://example.org/room")
    return plan_run(details=RunDetails(organiser=organiser, **fields), sessions=sessions, by=by)


def a_session(**values) -> ClassSession:
    """Make a session of a class of its own."""
    return a_run(**values).sessions.get()


def weekly(plan: SessionPlan, times: int) -> list[SessionPlan]:
    """Return the plan again and again, a week apart."""
    weeks = (timedelta(weeks=number) for number in range(times))
    return [replace(plan, starts_at=plan.starts_at + week, ends_at=plan.ends_at + week) for week in weeks]
