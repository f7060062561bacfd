"""What happens to planned sessions: one test for each way out."""

from datetime import date, timedelta

import pytest

from courses.enums import Duty, RunMode, SessionState
from courses.errors import NotAllowed
from courses.models import CapacityRule, SessionChange
from courses.services.enrolment.cancelling import cancel
from courses.services.scheduling.plans import Clashing
from courses.services.scheduling.runs import cancel_run, publish_run
from courses.services.scheduling.sessions import (
    cancel_sessions,
    change_teacher,
    make_up,
    move_session,
    restore_session,
    sessions_of_day,
)
from tests.factories.classes import a_college, a_member, a_person, a_room, a_school, a_venue
from tests.factories.enrolments import NOW, an_open_run, enrolled
from tests.factories.places import closed_on
from tests.factories.timetable import DAY, LONG_BEFORE, a_plan, a_run, moment, weekly
from tests.refusals import refusal

pytestmark = pytest.mark.django_db

LENGTH = timedelta(minutes=90)


@pytest.fixture
def school():
    return a_school(a_college())


@pytest.fixture
def room(school):
    return a_room(a_venue(school))


@pytest.fixture
def planner(school):
    return a_member(Duty.SCHOOL_STAFF, school)


@pytest.fixture
def run(school, room):
    return a_run(*weekly(a_plan(room=room), 4), organiser=school)


def to(clock, on=DAY):
    starts = moment(clock, on)
    return {"starts_at": starts, "ends_at": starts + LENGTH}


def changes(session):
    return [(change.kind, change.because) for change in session.changes.all()]


def test_moving_keeps_what_was_and_why(run, planner):
    session = run.sessions.first()
    moved = move_session(session=session, because="场地有活动", by=planner, **to("09:00"))
    moved.refresh_from_db()
    assert moved.starts_at == moment("09:00")
    change = SessionChange.objects.get()
    assert (change.kind, change.because, change.by) == ("moved", "场地有活动", planner)
    assert "14:00–15:30" in change.before


def test_moving_within_its_own_time_is_no_clash_with_itself(run, planner):
    session = run.sessions.first()
    assert move_session(session=session, because="晚一点", by=planner, **to("14:30"))


def test_moving_onto_another_session(run, planner):
    first, second = run.sessions.all()[:2]
    with pytest.raises(Clashing):
        move_session(session=first, because="调课", by=planner, **to("14:00", second.on))
    first.refresh_from_db()
    assert first.on == DAY
    assert changes(first) == []


def test_moving_into_a_stricter_day(school, planner):
    """From 04-07 to 03-31, when at most twenty may come."""
    rule = {"mode": RunMode.ONSITE, "reason": "首阶段每场最多 20 人", "source": "2021 年方案"}
    CapacityRule.objects.create(limit=20, ends_on=date(2021, 3, 31), **rule)
    room = a_room(a_venue(school), seats=30)
    run = an_open_run(a_plan(on=date(2021, 4, 7), room=room), organiser=school)
    *_, last = enrolled(run, 21, now=moment("12:00", date(2021, 3, 1)))
    earlier = to("14:00", date(2021, 3, 31))
    with refusal("too-many-learners"):
        move_session(session=run.sessions.get(), because="调课", by=planner, **earlier)
    cancel(enrolment=last, by=None, now=moment("12:00", date(2021, 3, 1)))
    assert move_session(session=run.sessions.get(), because="调课", by=planner, **earlier)


def test_moving_into_a_smaller_room(run, planner):
    publish_run(run=run, by=planner, at=NOW)
    enrolled(run, 3)
    with refusal("too-many-learners"):
        small = a_room(run.venue, "小教室", seats=2)
        move_session(session=run.sessions.first(), because="换教室", by=planner, room=small)


def test_moving_wants_a_reason(run, planner):
    with refusal("no-reason"):
        move_session(session=run.sessions.first(), because="", by=planner, **to("09:00"))


def test_a_typhoon_cancels_a_whole_day(run, room, planner):
    other = a_run(a_plan("09:00", room=room), organiser=a_school(run.organiser.guided_by))
    there = sessions_of_day(on=DAY, user=planner, now=LONG_BEFORE)
    assert [session.run for session in there] == [run]
    college = a_member(Duty.COLLEGE_STAFF, run.organiser.guided_by)
    there = sessions_of_day(on=DAY, user=college, now=LONG_BEFORE)
    assert {session.run for session in there} == {run, other}
    cancelled = cancel_sessions(sessions=there, because="台风停课", by=college, now=LONG_BEFORE)
    assert {session.cancelled_because for session in cancelled} == {"台风停课"}
    assert sessions_of_day(on=DAY, user=college, now=LONG_BEFORE) == []
    assert cancel_sessions(sessions=there, because="台风停课", by=college, now=LONG_BEFORE) == []
    assert run.sessions.planned().count() == 3


def test_a_day_stops_only_what_has_not_begun(run, school, planner):
    late = a_run(a_plan("16:00"), organiser=school)
    at_noon = run.sessions.first().starts_at
    assert [session.run for session in sessions_of_day(on=DAY, user=planner, now=at_noon)] == [late]


def test_what_is_over_is_not_cancelled_any_more_and_nothing_beside_it(run, planner):
    first, second = run.sessions.all()[:2]
    with refusal("over") as refused:
        cancel_sessions(sessions=[second, first], because="台风", by=planner, now=first.ends_at)
    assert "没有上" in str(refused.value)
    assert run.sessions.planned().count() == run.sessions.count()
    assert cancel_sessions(
        sessions=[first], because="停电", by=planner, now=first.ends_at - timedelta(minutes=1)
    )


def test_a_day_is_shanghais(school, planner):
    early = a_run(a_plan("07:00"), organiser=school)
    a_run(a_plan("07:00", on=DAY + timedelta(days=1)), organiser=school)
    assert [session.run for session in sessions_of_day(on=DAY, user=planner, now=LONG_BEFORE)] == [early]


def test_cancelling_wants_a_reason(run, planner):
    with refusal("no-reason"):
        cancel_sessions(sessions=run.sessions.all(), because="  ", by=planner, now=LONG_BEFORE)


def test_what_is_cancelled_is_neither_moved_nor_taught(run, school, planner):
    (session,) = cancel_sessions(sessions=run.sessions.all()[:1], because="停电", by=planner, now=LONG_BEFORE)
    with refusal("cancelled"):
        move_session(session=session, because="调课", by=planner, **to("09:00"))
    with refusal("cancelled"):
        change_teacher(sessions=[session], teacher=a_person(school), because="换人", by=planner)


def test_what_was_cancelled_by_mistake_is_restored(run, planner):
    (session,) = cancel_sessions(sessions=run.sessions.all()[:1], because="停电", by=planner, now=LONG_BEFORE)
    restored = restore_session(session=session, because="按错了", by=planner)
    restored.refresh_from_db()
    assert (restored.state, restored.cancelled_because) == (SessionState.PLANNED, "")
    assert changes(session)[-1] == ("restored", "按错了")
    with refusal("not-cancelled"):
        restore_session(session=session, because="再来一次", by=planner)


def test_restoring_what_somebody_else_has_taken(run, room, school, planner):
    (session,) = cancel_sessions(sessions=run.sessions.all()[:1], because="停电", by=planner, now=LONG_BEFORE)
    a_run(a_plan("14:30", room=room), organiser=school)
    with pytest.raises(Clashing):
        restore_session(session=session, because="来电了", by=planner)
    session.refresh_from_db()
    assert session.is_cancelled


def test_restoring_wants_a_reason_and_an_open_place(run, planner):
    (session,) = cancel_sessions(sessions=run.sessions.all()[:1], because="停电", by=planner, now=LONG_BEFORE)
    with refusal("no-reason"):
        restore_session(session=session, because=" ", by=planner)
    closed_on(run.venue, DAY, DAY)
    with refusal("closed"):
        restore_session(session=session, because="来电了", by=planner)


def test_what_is_made_up_for_is_not_restored_as_well(run, room, planner):
    (session,) = cancel_sessions(sessions=run.sessions.all()[:1], because="停电", by=planner, now=LONG_BEFORE)
    added = make_up(session=session, plan=a_plan("16:00", room=room), by=planner)
    with refusal("made-up-already"):
        restore_session(session=session, because="来电了", by=planner)
    cancel_sessions(sessions=[added], because="不补了", by=planner, now=LONG_BEFORE)
    assert not restore_session(session=session, because="来电了", by=planner).is_cancelled


def test_a_session_of_a_cancelled_class_is_not_restored(run, planner):
    cancel_run(run=run, because="没人报名", by=planner, at=moment("08:00"))
    with refusal("run-cancelled"):
        restore_session(session=run.sessions.first(), because="有人了", by=planner)


def test_a_substitute_may_teach_where_the_place_was_closed_since(run, school, planner):
    closed_on(run.venue, DAY, DAY)
    teacher = a_person(school)
    assert change_teacher(sessions=[run.sessions.first()], teacher=teacher, because="代课", by=planner)


def test_making_up(run, room, planner):
    (session,) = cancel_sessions(sessions=run.sessions.all()[:1], because="停电", by=planner, now=LONG_BEFORE)
    added = make_up(session=session, plan=a_plan("14:00", room=room), by=planner)
    assert (added.number, added.make_up_of) == (5, session)
    assert changes(session)[-1][0] == "made-up"
    with refusal("made-up-already"):
        make_up(session=session, plan=a_plan("16:00", room=room), by=planner)


def test_only_what_was_cancelled_is_made_up_for(run, room, planner):
    with refusal("not-cancelled"):
        make_up(session=run.sessions.first(), plan=a_plan("16:00", room=room), by=planner)


def test_a_make_up_may_clash_too(run, room, planner):
    (session,) = cancel_sessions(sessions=run.sessions.all()[:1], because="停电", by=planner, now=LONG_BEFORE)
    with pytest.raises(Clashing):
        make_up(session=session, plan=a_plan(on=run.sessions.all()[1].on, room=room), by=planner)
    assert run.sessions.count() == 4


def test_another_teacher_for_the_rest_of_the_term(run, school, planner):
    teacher = a_person(school, "新老师")
    rest = list(run.sessions.all()[2:])
    change_teacher(sessions=rest, teacher=teacher, because="原来的老师生病", by=planner)
    assert [session.teacher for session in run.sessions.all()] == [None, None, teacher, teacher]
    assert changes(rest[0]) == [("teacher", "原来的老师生病")]
    with refusal("same-teacher"):
        change_teacher(sessions=rest, teacher=teacher, because="再来一次", by=planner)


def test_a_substitute_who_is_busy_once_teaches_none_of_them(run, school, planner):
    teacher = a_person(school, "忙老师")
    a_run(a_plan(on=run.sessions.all()[3].on, teacher=teacher), organiser=school)
    with pytest.raises(Clashing):
        change_teacher(sessions=list(run.sessions.all()), teacher=teacher, because="代课", by=planner)
    assert not run.sessions.exclude(teacher=None).exists()


def test_only_planners_of_the_branch(run, school, room):
    stranger = a_member(Duty.SCHOOL_STAFF, a_school())
    session = run.sessions.first()
    attempts = [
        lambda: move_session(session=session, because="调课", by=stranger, **to("09:00")),
        lambda: cancel_sessions(sessions=[session], because="调课", by=stranger, now=LONG_BEFORE),
        lambda: restore_session(session=session, because="调课", by=stranger),
        lambda: make_up(session=session, plan=a_plan(room=room), by=stranger),
        lambda: change_teacher(sessions=[session], teacher=a_person(school), because="代课", by=stranger),
    ]
    for attempt in attempts:
        with pytest.raises(NotAllowed):
            attempt()
    session.refresh_from_db()
    assert (session.state, session.starts_at, session.teacher) == (SessionState.PLANNED, moment(), None)


def test_what_somebody_else_did_meanwhile_counts(run, planner):
    """Two browsers hold the same session; one of them cancels it."""
    mine, theirs = run.sessions.first(), run.sessions.first()
    cancel_sessions(sessions=[theirs], because="停电", by=planner, now=LONG_BEFORE)
    with refusal("cancelled"):
        move_session(session=mine, because="调课", by=planner, **to("09:00"))
    again = run.sessions.first()
    mine.state = SessionState.PLANNED
    assert cancel_sessions(sessions=[mine], because="再停一次", by=planner, now=LONG_BEFORE) == []
    assert again.cancelled_because == "停电"
