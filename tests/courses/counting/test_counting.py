"""What is counted, for cases whose 人次 anybody can count on their fingers; and that kept totals are the live ones."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from courses.enums import AttendanceState, Duty, RecordKind, RunMode, TeachingRole
from courses.errors import NotAllowed, Refused
from courses.models import Attendance, Tally
from courses.services.counting.months import lock_month, locked_months
from courses.services.counting.recount import check, live_totals, recount
from courses.services.counting.totals import THE_CITY, Place, Total, by_district, by_subject, total
from courses.services.learners import LearnerFacts, correct, merge, register, unmerge
from courses.services.organisations import move_organisation
from courses.services.roll_call.roll import roll_of
from courses.services.scheduling.sessions import (
    cancel_sessions,
    make_up,
    move_session,
    restore_session,
    say_not_held,
)
from tests.factories.classes import a_college, a_learner, a_member, a_person, a_room, a_school, a_venue
from tests.factories.roll_call import a_held_session, put_down, seniors
from tests.factories.timetable import DAY, LONG_BEFORE, a_plan, moment

pytestmark = pytest.mark.django_db

YEAR = "2026"


def city(period: str = YEAR, **subject) -> tuple[int, int]:
    found = total(THE_CITY, period, **subject)
    return found.attendances, found.people


@pytest.fixture(autouse=True)
def kept_totals_are_the_live_ones():
    """Whatever a test did: afterwards the roll itself gives the same totals."""
    yield
    assert not check()


@pytest.fixture
def session():
    return a_held_session()


def test_one_person_in_one_session_is_one(session):
    put_down(session, *seniors(session, 3))
    assert city() == (3, 3)
    assert city("2026-11") == city("2026-W46") == (3, 3)
    assert city(subject=session.main_scenario) == (3, 3)
    assert city(subject="healthcare") == (0, 0)


def test_it_belongs_to_the_organisers_district_and_to_what_guides_it(session):
    put_down(session, *seniors(session, 2))
    school = session.run.organiser
    college = school.guided_by
    assert by_district(YEAR) == {college.area_id: Total(2, 2)}
    for organisation in (school, college):
        assert total(Place.of_branch(organisation), YEAR) == Total(2, 2)
    assert total(Place.of_branch(a_school()), YEAR) == Total()


def test_the_same_person_in_two_sessions_is_two_and_one_person(session):
    (learner,) = seniors(session, 1)
    later = a_held_session(a_plan(on=DAY + timedelta(days=1)), organiser=session.run.organiser)
    put_down(session, learner)
    put_down(later, learner)
    assert city() == (2, 1)


def test_twice_in_one_session_is_one(session):
    (learner,) = seniors(session, 1)
    assert len(put_down(session, learner)) == 1
    assert put_down(session, learner, how="qr") == []
    assert city() == (1, 1)


@pytest.mark.parametrize(
    ("state", "minutes", "counted"),
    [
        (AttendanceState.PRESENT, None, 1),
        (AttendanceState.LATE, None, 1),
        (AttendanceState.LEFT_EARLY, 45, 1),
        (AttendanceState.LEFT_EARLY, 44, 0),
        (AttendanceState.ABSENT, None, 0),
        (AttendanceState.EXCUSED, None, 0),
    ],
)
def test_states(session, state, minutes, counted):
    put_down(session, *seniors(session, 1), state=state, minutes=minutes)
    assert city() == (counted, counted)


def test_helping_is_recorded_apart(session):
    put_down(session, *seniors(session, 1), kind=RecordKind.ASSISTANCE)
    assert city() == (0, 0)
    assert Attendance.objects.filter(kind=RecordKind.ASSISTANCE).count() == 1


@pytest.mark.parametrize(("born", "counted"), [(1966, 1), (1967, 0)])
def test_sixty_by_the_year_of_the_session(session, born, counted):
    put_down(session, *seniors(session, 1, born=born))
    assert city() == (counted, counted)


def test_the_own_word_counts_and_is_marked(session):
    learner = a_learner(session.run.organiser, birth_year=None, says_senior=True)
    (line,) = put_down(session, learner)
    assert line.is_self_declared
    assert city() == (1, 1)


def test_the_teacher_never_counts_however_old(session):
    school = session.run.organiser
    teacher = a_person(school, "刘老师", role=TeachingRole.TEACHER, phone="13800000009")
    session.teacher = teacher
    session.save()
    old = a_learner(school, "刘老师", phone="13800000009", birth_year=1964)
    with pytest.raises(Refused, check=lambda refused: refused.code == "is-staff"):
        put_down(session, old)


def test_a_cancelled_session_counts_nothing_and_keeps_its_lines(session):
    put_down(session, *seniors(session, 2))
    cancel_sessions(sessions=[session], because="台风", by=None, now=LONG_BEFORE)
    assert city() == (0, 0)
    assert Attendance.objects.count() == 2
    restore_session(session=session, because="记错了", by=None)
    assert city() == (2, 2)


def test_a_session_that_was_not_held_counts_nothing(session):
    put_down(session, *seniors(session, 2))
    say_not_held(session=session, because="老师没来", by=None, now=session.ends_at)
    assert city() == (0, 0)


def test_a_make_up_counts_on_its_own_day(session):
    learners = seniors(session, 2)
    cancel_sessions(sessions=[session], because="台风", by=None, now=LONG_BEFORE)
    room = a_room(a_venue(session.run.organiser))
    added = make_up(session=session, plan=a_plan(on=date(2026, 12, 2), room=room), by=None)
    put_down(added, *learners)
    assert city("2026-12") == (2, 2)
    assert city("2026-11") == (0, 0)


def test_a_moved_session_is_counted_where_it_was_held(session):
    put_down(session, *seniors(session, 2))
    when = moment("14:00", date(2026, 12, 2))
    move_session(
        session=session, because="改期", by=None, starts_at=when, ends_at=when + timedelta(minutes=90)
    )
    assert (city("2026-11"), city("2026-12")) == ((0, 0), (2, 2))


def test_put_down_later_it_belongs_to_the_day_it_was_held(session):
    (line,) = put_down(session, *seniors(session, 1), now=moment("09:00", date(2026, 12, 3)))
    assert (city("2026-11"), city("2026-12")) == ((1, 1), (0, 0))
    assert line.is_late_entry


def test_a_learner_of_another_class_counts_where_they_sat(session):
    elsewhere = a_held_session()
    put_down(elsewhere, *seniors(session, 1))
    assert total(Place.of_branch(elsewhere.run.organiser), YEAR) == Total(1, 1)
    assert total(Place.of_branch(session.run.organiser), YEAR) == Total()


def test_a_correction_is_another_line(session):
    (learner,) = seniors(session, 1)
    (first,) = put_down(session, learner)
    (second,) = put_down(session, learner, state=AttendanceState.ABSENT, because="点错了")
    assert (second.corrects, city()) == (first, (0, 0))
    put_down(session, learner)
    assert city() == (1, 1)
    assert Attendance.objects.count() == 3


def test_who_was_struck_out_was_never_there(session):
    (learner, other) = seniors(session, 2)
    put_down(session, learner)
    put_down(session, learner, state=AttendanceState.STRUCK)
    assert put_down(session, other, state=AttendanceState.STRUCK) == []
    assert city() == (0, 0)


def test_merging_makes_one_of_two_and_unmerging_two_of_one(session):
    keep, drop = seniors(session, 2)
    put_down(session, keep, drop)
    merge(keep=keep, drop=drop, by=None)
    assert city() == (1, 1)
    unmerge(learner=drop, by=None)
    assert city() == (2, 2)


def test_another_year_of_birth_puts_right_what_was_counted(session):
    (learner,) = seniors(session, 1, born=1970)
    put_down(session, learner)
    assert city() == (0, 0)
    facts = LearnerFacts(name=learner.name, phone=None, contact_phone=None, birth_year=1950)
    correct(learner=learner, facts=facts, by=None)
    assert city() == (1, 1)
    assert Attendance.objects.last().get().because == "出生年份改了"


def test_a_merged_row_is_judged_by_whom_it_counts_as(session):
    (keep,) = seniors(session, 1, born=1970)
    (drop,) = seniors(session, 1, start=50)
    put_down(session, drop)
    merge(keep=keep, drop=drop, by=None)
    assert city() == (0, 0)
    assert Attendance.objects.last().get().because == "合并了重复的学员"
    unmerge(learner=drop, by=None)
    assert city() == (1, 1)


def test_a_year_of_birth_that_was_blank_puts_right_what_was_counted(session):
    school = session.run.organiser
    learner = a_learner(school, "王秀兰", phone="13800000001", birth_year=None, says_senior=True)
    put_down(session, learner)
    register(organisation=school, by=None, name="王秀兰", phone="13800000001", birth_year=1980)
    assert city() == (0, 0)
    assert Attendance.objects.count() == 2


def test_who_turned_sixty_in_the_year_a_session_was_moved_to_counts_there(session):
    put_down(session, *seniors(session, 1, born=1967))
    assert city() == (0, 0)
    when = moment("14:00", date(2027, 1, 6))
    move_session(
        session=session, because="改期", by=None, starts_at=when, ends_at=when + timedelta(minutes=90)
    )
    assert (city(), city("2027")) == ((0, 0), (1, 1))


def test_half_of_a_longer_session_is_longer(session):
    put_down(session, *seniors(session, 1), state=AttendanceState.LEFT_EARLY, minutes=45)
    assert city() == (1, 1)
    longer = session.starts_at + timedelta(minutes=120)
    move_session(session=session, because="加课", by=None, ends_at=longer)
    assert city() == (0, 0)


def test_two_merged_rows_on_one_roll_are_put_down_as_one(session):
    keep, drop = seniors(session, 2)
    put_down(session, keep, drop)
    merge(keep=keep, drop=drop, by=None)
    assert [line.learner for line in roll_of(session)] == [keep]
    assert len(put_down(session, drop, state=AttendanceState.ABSENT)) == 2
    assert city() == (0, 0)
    assert put_down(session, keep, state=AttendanceState.ABSENT) == []


def test_what_a_device_sends_twice_is_put_down_once(session):
    (learner,) = seniors(session, 1)
    sent = uuid4()
    assert len(put_down(session, learner, client_id=sent)) == 1
    put_down(session, learner, state=AttendanceState.ABSENT)
    assert put_down(session, learner, client_id=sent) == []
    assert city() == (0, 0)


def test_a_teacher_put_down_by_mistake_is_struck_out(session):
    school = session.run.organiser
    (line,) = put_down(session, a_learner(school, "刘老师", phone="13800000009", birth_year=1950))
    session.teacher = a_person(school, "刘老师", role=TeachingRole.TEACHER, phone="13800000009")
    session.save()
    assert put_down(session, line.learner, state=AttendanceState.STRUCK)
    assert city() == (0, 0)


def test_an_organisation_takes_its_totals_along(session):
    put_down(session, *seniors(session, 2))
    school, other = session.run.organiser, a_college(district="别的区")
    before = school.guided_by
    move_organisation(organisation=school, guided_by=other, by=a_member(Duty.CITY_MANAGER, other.guided_by))
    assert total(Place.of_branch(other), YEAR) == Total(2, 2)
    assert total(Place.of_branch(before), YEAR) == Total()


def test_refused_nothing_is_put_down(session):
    learners = seniors(session, 2)
    with pytest.raises(Refused, check=lambda refused: refused.code == "too-early"):
        put_down(session, *learners, now=session.starts_at - timedelta(minutes=61))
    with pytest.raises(Refused, check=lambda refused: refused.code == "no-minutes"):
        put_down(session, *learners, state=AttendanceState.LEFT_EARLY)
    with pytest.raises(Refused, check=lambda refused: refused.code == "too-many-minutes"):
        put_down(session, *learners, state=AttendanceState.LEFT_EARLY, minutes=91)
    cancel_sessions(sessions=[session], because="台风", by=None, now=LONG_BEFORE)
    with pytest.raises(Refused, check=lambda refused: refused.code == "cancelled"):
        put_down(session, *learners)
    assert Attendance.objects.count() == 0


def test_a_teacher_calls_only_their_own_roll(session):
    school = session.run.organiser
    user = a_member(Duty.TEACHER, school)
    with pytest.raises(NotAllowed):
        put_down(session, *seniors(session, 1), by=user)
    session.teacher = a_person(school, "周老师", role=TeachingRole.TEACHER)
    session.teacher.user = user
    session.teacher.save()
    session.save()
    assert put_down(session, *seniors(session, 1, start=50), by=user)


@pytest.mark.parametrize("duty", [Duty.VOLUNTEER, Duty.AUDITOR])
def test_who_may_not_call_the_roll(duty):
    college = a_college()
    session = a_held_session(organiser=college)
    with pytest.raises(NotAllowed):
        put_down(session, *seniors(session, 1), by=a_member(duty, college))


def test_scenarios_add_up(session):
    put_down(session, *seniors(session, 2))
    other = a_held_session(a_plan("09:00", main_scenario="chat"), organiser=session.run.organiser)
    put_down(other, *seniors(session, 1, start=100))
    assert sum(each.attendances for each in by_subject(THE_CITY, YEAR).values()) == city()[0] == 3


def test_a_recount_makes_the_same(session):
    put_down(session, *seniors(session, 3))
    before = live_totals()
    Tally.objects.update(attendances=7)
    assert check()
    recount()
    assert live_totals() == before


@pytest.fixture
def recorded():
    """A recorded session; what is done of it is counted when it is done."""
    return a_held_session(a_plan(mode=RunMode.RECORDED))


NEXT_MONTH = timedelta(days=30)


def finished(session, learner, after: timedelta, **how):
    done = session.starts_at + after
    return put_down(session, learner, happened_at=done, now=done, **how)


def test_a_recorded_session_counts_on_the_day_somebody_was_done(recorded):
    first, second = seniors(recorded, 2)
    finished(recorded, first, timedelta(hours=1))
    finished(recorded, second, NEXT_MONTH)
    assert city("2026-11") == city("2026-12") == (1, 1)
    assert city() == (2, 2)


def test_what_is_put_right_of_a_recorded_session_keeps_its_day(recorded):
    (learner,) = seniors(recorded, 1)
    finished(recorded, learner, NEXT_MONTH)
    later = recorded.starts_at + NEXT_MONTH + timedelta(days=1)
    put_down(recorded, learner, state=AttendanceState.ABSENT, now=later)
    assert city() == (0, 0)
    put_down(recorded, learner, now=later + timedelta(minutes=1))
    assert city("2026-12") == (1, 1)


def test_of_two_merged_rows_the_earlier_one_says_the_day(recorded):
    keep, drop = seniors(recorded, 2)
    finished(recorded, keep, NEXT_MONTH)
    finished(recorded, drop, timedelta(hours=1))
    merge(keep=keep, drop=drop, by=None)
    assert (city("2026-11"), city("2026-12")) == ((1, 1), (0, 0))


def test_what_is_done_after_its_month_was_reported_is_no_correction_of_it(recorded):
    first, second, third = seniors(recorded, 3)
    finished(recorded, first, timedelta(hours=1))
    district = recorded.run.organiser.area.parent or recorded.run.organiser.area
    lock_month(district=district, month=recorded.on, by=None, now=recorded.starts_at + timedelta(days=25))
    finished(recorded, second, NEXT_MONTH, because="自己学完了录播课")
    assert locked_months(district)[0].corrections == 0
    late = recorded.starts_at + NEXT_MONTH
    put_down(recorded, third, happened_at=recorded.ends_at, now=late, because="补记")
    assert locked_months(district)[0].corrections == 1
