"""Planning, publishing, changing and cancelling classes: one test for each way out."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cms.models import AuditEntry
from courses.enums import Duty, RunMode, SessionState, VenueKind
from courses.errors import NotAllowed
from courses.models import CapacityRule, ClassSession, CourseRun, Term
from courses.services.scheduling.plans import Clashing
from courses.services.scheduling.runs import (
    RunDetails,
    cancel_run,
    change_run,
    plan_run,
    publish_run,
)
from courses.services.seats import seats_of
from tests.factories.classes import a_college, a_member, a_person, a_room, a_school, a_venue
from tests.factories.timetable import DAY, a_plan, a_run, moment, weekly
from tests.refusals import refusal

pytestmark = pytest.mark.django_db


@pytest.fixture
def school():
    return a_school(a_college())


@pytest.fixture
def room(school):
    return a_room(a_venue(school))


@pytest.fixture
def planner(school):
    return a_member(Duty.SCHOOL_STAFF, school)


def details(school, room=None, **values):
    fields = {"title": "手机入门", "organiser": school, "venue": room.venue if room else None, "room": room}
    return RunDetails(**(fields | values))


def test_a_class_is_saved_with_all_its_sessions(school, room, planner):
    teacher = a_person(school)
    run = plan_run(
        details=details(school, room), sessions=weekly(a_plan(room=room, teacher=teacher), 8), by=planner
    )
    assert [session.number for session in run.sessions.all()] == list(range(1, 9))
    assert {session.teacher for session in run.sessions.all()} == {teacher}
    assert run.published_at is None
    entry = AuditEntry.objects.get(subject="courserun")
    assert (entry.by, entry.verb, entry.organisation_id) == (planner, "created", school.pk)


def test_codes_bear_the_college_and_the_term_and_count_on(school, room):
    college = school.guided_by
    term = Term.objects.create(code="31B", name="秋季", starts_on=DAY, ends_on=DAY + timedelta(days=90))
    codes = [
        a_run(a_plan(clock, room=room), organiser=school, term=term).code for clock in ("09:00", "14:00")
    ]
    assert codes == [f"{college.code}-31B-001", f"{college.code}-31B-002"]
    assert a_run(organiser=school).code == f"{college.code}-26-001"


def test_a_room_that_is_taken_is_refused_with_who_has_it(school, room):
    other = a_run(a_plan("14:00", room=room), organiser=school, title="微信聊天")
    with pytest.raises(Clashing) as refused:
        a_run(a_plan("15:00", room=room), organiser=school)
    message = str(refused.value)
    assert other.code in message
    assert "微信聊天" in message
    assert "11月11日 星期三 14:00–15:30" in message
    assert f"{room.venue} {room}" in message
    assert CourseRun.objects.count() == 1


def test_a_teacher_in_another_district_is_taken_too(room):
    teacher = a_person(a_school(a_college(district="东区")))
    far = a_room(a_venue(a_school(a_college(district="西区"))))
    a_run(a_plan(room=far, teacher=teacher))
    with pytest.raises(Clashing, match="已经排了"):
        a_run(a_plan(room=room, helpers=[teacher]))


def test_touching_ends_and_cancelled_sessions_are_free(school, room):
    run = a_run(a_plan("14:00", room=room), organiser=school)
    assert a_run(a_plan("15:30", room=room), organiser=school)
    run.sessions.update(state=SessionState.CANCELLED)
    assert a_run(a_plan("14:00", room=room), organiser=school)


def test_one_wish_may_not_hold_a_room_twice_itself(school, room):
    with pytest.raises(Clashing):
        a_run(a_plan("14:00", room=room), a_plan("15:00", room=room), organiser=school)
    assert not ClassSession.objects.exists()


def test_a_mixed_class_takes_room_and_link(school, room):
    hybrid = a_plan(room=room, mode=RunMode.HYBRID)
    with refusal("no-link"):
        plan_run(details=details(school, room, mode=RunMode.HYBRID), sessions=[hybrid], by=None)
    a_run(hybrid, organiser=school)
    with pytest.raises(Clashing):
        a_run(a_plan(room=room), organiser=school)


def test_a_recording_takes_no_teacher(school):
    with refusal("teacher-for-recording"):
        a_run(a_plan(mode=RunMode.RECORDED, teacher=a_person(school)), organiser=school)


@pytest.mark.parametrize(
    ("code", "values"),
    [
        ("no-place", {"venue": None}),
        ("minimum-too-high", {"minimum": 9, "capacity": 8}),
        ("enrolment-window", {"enrol_from": moment("09:00"), "enrol_until": moment("08:00")}),
        ("fee", {"fee": -1}),
    ],
)
def test_details_that_make_no_sense(school, room, code, values):
    with refusal(code):
        plan_run(details=details(school, room, **values), sessions=[a_plan(room=room)], by=None)


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("ends-before-start", {"ends_at": moment("13:00")}),
        ("too-long", {"ends_at": moment("14:00") + timedelta(hours=13)}),
    ],
)
def test_sessions_that_make_no_sense(school, room, code, change):
    with refusal(code):
        a_run(a_plan(room=room, **change), organiser=school)


def test_a_room_of_another_house(school, room):
    with refusal("room-elsewhere"):
        a_run(a_plan(room=room, venue=a_venue(school)), organiser=school)


def test_no_class_without_sessions(school, room):
    with refusal("no-sessions"):
        plan_run(details=details(school, room), sessions=[], by=None)


def test_only_planners_of_the_branch(school, room):
    strangers = [
        a_member(Duty.SCHOOL_STAFF, a_school()),
        a_member(Duty.TEACHER, school),
        a_member(Duty.AUDITOR, school.guided_by),
    ]
    for stranger in strangers:
        with pytest.raises(NotAllowed):
            plan_run(details=details(school, room), sessions=[a_plan(room=room)], by=stranger)
    assert not CourseRun.objects.exists()


def test_publishing(school, planner):
    run = a_run(organiser=school)
    now = timezone.now()
    assert publish_run(run=run, by=planner, at=now).published_at == now
    assert publish_run(run=run, by=planner, at=now + timedelta(days=1)).published_at == now


def test_nothing_to_publish(school, planner):
    run = a_run(organiser=school)
    run.sessions.update(state=SessionState.CANCELLED)
    with refusal("no-sessions"):
        publish_run(run=run, by=planner, at=timezone.now())
    cancel_run(run=run, because="没人报名", by=planner, at=timezone.now())
    with refusal("cancelled"):
        publish_run(run=run, by=planner, at=timezone.now())


def test_cancelling_leaves_what_was_held(school, room, planner):
    run = a_run(*weekly(a_plan(room=room), 3), organiser=school)
    with refusal("no-reason"):
        cancel_run(run=run, because=" ", by=planner, at=moment())
    cancel_run(run=run, because="老师生病", by=planner, at=moment("20:00"))
    assert [session.state for session in run.sessions.all()] == ["planned", "cancelled", "cancelled"]
    with refusal("cancelled"):
        cancel_run(run=run, because="老师生病", by=planner, at=moment())


def test_changing(school, planner):
    run = a_run(organiser=school)
    assert change_run(run=run, by=planner, at=moment(), title="微信聊天", capacity=0).capacity == 0
    with refusal("minimum-too-high"):
        change_run(run=run, by=planner, at=moment(), minimum=5)
    run.refresh_from_db()
    assert (run.title, run.minimum) == ("微信聊天", None)
    with pytest.raises(NotAllowed):
        change_run(run=run, by=a_member(Duty.SCHOOL_STAFF, a_school()), at=moment(), title="别的")


def limit(run):
    return seats_of([run])[run.pk].limit


def test_the_limit_is_the_least_over_the_sessions(school):
    rule = {"mode": RunMode.ONSITE, "reason": "首阶段每场最多 20 人", "source": "2021 年方案"}
    CapacityRule.objects.create(limit=20, starts_on=DAY, ends_on=DAY, **rule)
    room = a_room(a_venue(school), seats=30)
    both = a_run(*weekly(a_plan(room=room), 2), organiser=school)
    assert limit(both).most == 20
    later = a_run(*weekly(a_plan("09:00", room=room), 2)[1:], organiser=school)
    assert (limit(later).most, limit(later).reason) == (30, "203教室的座位")
    assert limit(a_run(a_plan(), organiser=school)) is None


def test_no_class_where_a_rule_allows_nobody(school):
    home = a_venue(school, kind=VenueKind.PRIVATE_HOME)
    rule = {"venue_kind": VenueKind.PRIVATE_HOME, "reason": "首阶段不在老人家里办", "source": "2021 年方案"}
    CapacityRule.objects.create(limit=0, ends_on=DAY, **rule)
    with refusal("place-not-allowed"):
        a_run(a_plan(venue=home), organiser=school)
    assert a_run(a_plan(on=DAY + timedelta(days=1), venue=home), organiser=school)
