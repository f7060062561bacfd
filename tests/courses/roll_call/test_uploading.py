"""Marks of a device that had no network: each once, none over what somebody else put down, a bad one alone."""

from datetime import timedelta
from itertools import count
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.enums import AttendanceState, Duty, TeachingRole
from courses.errors import NotAllowed
from courses.models import Attendance, MonthLock
from courses.services.counting.recount import check
from courses.services.counting.totals import THE_CITY, total
from courses.services.roll_call.uploading import OffLineMark, upload
from courses.services.scheduling.sessions import cancel_sessions
from tests.factories.classes import a_college, a_learner, a_member, a_person, a_school
from tests.factories.enrolments import an_open_run, enrolled
from tests.factories.roll_call import put_down
from tests.factories.timetable import moment

pytestmark = pytest.mark.django_db

PRESENT, LATE, ABSENT = AttendanceState.PRESENT, AttendanceState.LATE, AttendanceState.ABSENT
LEFT_EARLY, STRUCK = AttendanceState.LEFT_EARLY, AttendanceState.STRUCK
MADE, LATER = moment("14:10"), moment("17:00")


@pytest.fixture
def school():
    return a_school(a_college())


@pytest.fixture
def run(school):
    return an_open_run(organiser=school, seats=None)


@pytest.fixture
def session(run):
    return run.sessions.get()


@pytest.fixture
def clerk(school):
    return a_member(Duty.SCHOOL_STAFF, school)


@pytest.fixture
def send(session, clerk):
    """A function that sends marks and returns what became of each: "done", "conflict", or why it was refused."""

    def sending(*marks, by=clerk, now=LATER):
        return [result(each) for each in upload(session=session, marks=marks, by=by, now=now)]

    return sending


def result(answer) -> str:
    if answer.refusal:
        return answer.refusal.code
    return "conflict" if answer.is_conflict else "done"


def a_mark(number: int, learner, state=PRESENT, **details) -> OffLineMark:
    fields = {"made_at": MADE} | details
    return OffLineMark(client_id=UUID(int=number), learner_id=learner.pk, state=state, **fields)


def people(run, many: int) -> list:
    return [each.learner for each in enrolled(run, many)]


def states() -> dict[int, str]:
    return dict(Attendance.objects.last().values_list("learner_id", "state"))


def test_twenty_marks_sent_twice_are_twenty(run, send):
    marks = [a_mark(number, each) for number, each in enumerate(people(run, 20), start=1)]
    assert send(*marks) == send(*marks) == ["done"] * 20
    assert Attendance.objects.count() == 20
    assert total(THE_CITY, "2026").attendances == 20
    assert not check()


def test_one_answer_got_lost_and_the_roll_was_put_right_since(session, run, send):
    (somebody,) = people(run, 1)
    send(a_mark(1, somebody))
    put_down(session, somebody, state=ABSENT)
    assert send(a_mark(1, somebody)) == ["done"]
    assert states() == {somebody.pk: ABSENT}


def test_what_somebody_else_put_down_since_is_a_conflict_and_stays(session, run, send):
    somebody, other = people(run, 2)
    (theirs,) = put_down(session, somebody, state=AttendanceState.EXCUSED)
    assert send(a_mark(1, somebody), a_mark(2, other)) == ["conflict", "done"]
    assert states() == {somebody.pk: AttendanceState.EXCUSED, other.pk: PRESENT}
    # 用我的: it is sent again by somebody who has seen the other line.
    assert send(a_mark(1, somebody, knew=theirs.pk)) == ["done"]
    assert states()[somebody.pk] == PRESENT


def test_what_the_device_knew_is_no_conflict(session, run, send):
    (somebody,) = people(run, 1)
    (known,) = put_down(session, somebody, state=LATE)
    assert send(a_mark(1, somebody, ABSENT, knew=known.pk)) == ["done"]
    put_down(session, somebody, state=LATE)
    assert send(a_mark(2, somebody, ABSENT, knew=known.pk)) == ["conflict"]


def test_the_same_said_by_two_is_no_conflict_and_one_line(session, run, send):
    (somebody,) = people(run, 1)
    put_down(session, somebody)
    assert send(a_mark(1, somebody)) == ["done"]
    assert Attendance.objects.count() == 1


def test_ones_own_earlier_mark_is_no_conflict(run, send):
    (somebody,) = people(run, 1)
    first = a_mark(1, somebody)
    send(first)
    # The answer got lost; the device does not know of the line it made.
    second = a_mark(2, somebody, ABSENT, made_at=MADE + timedelta(minutes=5))
    assert send(first, second) == ["done", "done"]
    assert states() == {somebody.pk: ABSENT}
    assert send(second, first) == ["done", "done"]
    assert states() == {somebody.pk: ABSENT}


def test_of_two_of_one_person_the_later_stands_in_whatever_order(run, send):
    (somebody,) = people(run, 1)
    first = a_mark(1, somebody)
    second = a_mark(2, somebody, ABSENT, made_at=MADE + timedelta(minutes=5))
    assert send(second, first) == ["done", "done"]
    assert states() == {somebody.pk: ABSENT}
    assert Attendance.objects.count() == 1


def test_a_bad_one_harms_no_other(session, run, send, school):
    good, teacher = people(run, 2)
    stranger = a_learner(school, "没报名的")
    # The session's own teacher stands on the roll by mistake.
    session.teacher = a_person(school, teacher.name, phone=teacher.whole_phone(), role=TeachingRole.TEACHER)
    session.save()
    marks = [
        a_mark(1, good),
        a_mark(2, stranger),
        a_mark(3, teacher),
        a_mark(4, good, LEFT_EARLY, minutes=91),
        a_mark(5, good, made_at=moment("12:00")),
    ]
    assert send(*marks) == ["done", "not-on-roll", "is-staff", "too-many-minutes", "made-too-early"]
    assert states() == {good.pk: PRESENT}


def test_a_number_of_another_session_is_refused(run, send, school):
    (somebody,) = people(run, 1)
    other = an_open_run(organiser=school, seats=None)
    elsewhere = other.sessions.get()
    put_down(elsewhere, enrolled(other, 1)[0].learner, client_id=UUID(int=1))
    assert send(a_mark(1, somebody)) == ["others-id"]


def test_who_cancelled_and_came_all_the_same_is_put_down(run, send):
    enrolment = enrolled(run, 1)[0]
    enrolment.state = "cancelled"
    enrolment.save()
    assert send(a_mark(1, enrolment.learner)) == ["done"]


def test_who_was_merged_since_is_put_down_as_who_they_are_now(run, send, school):
    old, new = people(run, 1)[0], a_learner(school, "现在这位", birth_year=1950)
    old.merged_into = new
    old.save()
    assert send(a_mark(1, old)) == ["done"]
    assert states() == {new.pk: PRESENT}


@pytest.mark.parametrize(
    ("made_at", "now", "expected"),
    [
        (moment("14:10"), LATER, moment("14:10")),
        (moment("13:30"), LATER, moment("14:00")),
        (moment("16:50"), LATER, moment("15:30")),
        (moment("15:20"), moment("14:30"), moment("14:30")),
    ],
)
def test_what_the_clock_of_the_device_says_lies_within_the_session_and_not_ahead(
    run, send, made_at, now, expected
):
    (somebody,) = people(run, 1)
    send(a_mark(1, somebody, made_at=made_at), now=now)
    line = Attendance.objects.get()
    assert (line.happened_at, line.recorded_at) == (expected, now)
    assert str(line.client_id) == str(UUID(int=1))


def test_a_cancelled_session_refuses_each_and_keeps_nothing(session, run, send):
    first, second = people(run, 2)
    cancel_sessions(sessions=[session], because="下雨", by=None, now=moment("12:00"))
    assert send(a_mark(1, first), a_mark(2, second)) == ["cancelled"] * 2
    assert not Attendance.objects.exists()


def test_a_locked_month_says_so(session, run, send, school):
    (somebody,) = people(run, 1)
    MonthLock.objects.create(
        district=school.guided_by.area,
        month=session.on.replace(day=1),
        attendances=0,
        people=0,
        by=a_member(Duty.DISTRICT_MANAGER, school.guided_by),
    )
    assert send(a_mark(1, somebody)) == ["month-locked"]


def test_taking_back_what_nobody_ever_put_down_adds_nothing(run, send):
    (somebody,) = people(run, 1)
    assert send(a_mark(1, somebody, STRUCK)) == ["done"]
    assert not Attendance.objects.exists()


def test_who_may_not_call_this_roll_sends_in_vain(run, send, school):
    (somebody,) = people(run, 1)
    for by in (a_member(Duty.TEACHER, school), a_member(Duty.AUDITOR, school.guided_by)):
        with pytest.raises(NotAllowed):
            send(a_mark(1, somebody), by=by)
    assert not Attendance.objects.exists()


def test_many_ask_as_much_as_one(run, send):
    everybody = people(run, 5)
    numbers = count(1)
    asked = []
    for some in (everybody[:1], everybody[1:2], everybody[2:]):
        with CaptureQueriesContext(connection) as queries:
            assert set(send(*(a_mark(next(numbers), each) for each in some))) == {"done"}
        asked.append(len(queries))
    # The first one also fetched what is remembered.
    assert asked[2] == asked[1]
