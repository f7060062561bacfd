"""Walk-ins, heads without names, taking back what was just put down."""

from datetime import timedelta

import pytest

from courses.enums import AttendanceState, Duty, RecordKind
from courses.errors import NotAllowed, Refused
from courses.models import Attendance, HeadCount, Learner
from courses.services.counting.heads import heads_of
from courses.services.counting.totals import THE_CITY, total
from courses.services.learners import LearnerFacts, correct, merge
from courses.services.roll_call.guests import approve_heads, count_heads, walk_in
from courses.services.roll_call.roll import roll_of
from courses.services.roll_call.undoing import undo_last
from tests.factories.classes import a_learner, a_member
from tests.factories.enrolments import an_open_run, enrolled, some_facts
from tests.factories.roll_call import a_held_session, put_down, seniors
from tests.factories.timetable import DAY
from tests.refusals import refusal

pytestmark = pytest.mark.django_db


@pytest.fixture
def session():
    return a_held_session()


@pytest.fixture
def now(session):
    return session.starts_at + timedelta(minutes=5)


@pytest.fixture
def clerk(session):
    return a_member(Duty.SCHOOL_STAFF, session.run.organiser)


def heads_that_day() -> tuple[int, int]:
    """How many without names are not approved, and how many are."""
    found = heads_of(THE_CITY, first=DAY, last=DAY)
    return found.open, found.approved


def test_somebody_walks_in_is_registered_and_counted(session, clerk, now):
    line = walk_in(session=session, facts=some_facts("王秀兰"), by=clerk, now=now)
    assert line.learner.places.get().organisation == session.run.organiser
    assert total(THE_CITY, "2026").attendances == 1
    (row,) = roll_of(session)
    assert row.is_guest
    assert row.is_there


def test_who_is_known_is_not_doubled(session, clerk, now):
    known = a_learner(session.run.organiser, "王秀兰", phone="13800000001")
    walk_in(session=session, facts=some_facts("王秀兰", phone="13800000001"), by=clerk, now=now)
    assert Learner.objects.get() == known
    with refusal("there-already"):
        walk_in(session=session, facts=some_facts("王秀兰", phone="13800000001"), by=clerk, now=now)


def test_without_a_phone_the_year_and_the_street_do(session, clerk, now):
    facts = LearnerFacts(name="陈阿婆", birth_year=1938, area=session.run.organiser.area)
    assert walk_in(session=session, facts=facts, by=clerk, now=now)
    with pytest.raises(Refused) as refused:
        walk_in(session=session, facts=LearnerFacts(name="陈阿婆"), by=clerk, now=now)
    assert set(refused.value.fields) == {"birth_year", "area"}


def test_who_asks_about_one_thing_is_put_down_apart_and_never_counts(session, clerk, now):
    line = walk_in(session=session, facts=some_facts("王秀兰"), by=clerk, now=now, kind=RecordKind.ASSISTANCE)
    assert (line.kind, line.state, line.counts) == ("assistance", "present", False)
    assert total(THE_CITY, "2026").attendances == 0
    (row,) = roll_of(session)
    assert (row.is_assistance, row.is_there, row.is_in_class) == (True, True, False)


def test_correcting_the_state_of_helping_makes_no_training_of_it(session, clerk, now):
    line = walk_in(session=session, facts=some_facts("王秀兰"), by=clerk, now=now, kind=RecordKind.ASSISTANCE)
    (again,) = put_down(session, line.learner, state=AttendanceState.LATE, by=clerk, now=now)
    assert (again.kind, again.state) == ("assistance", "late")
    (training,) = put_down(
        session, line.learner, state=AttendanceState.LATE, by=clerk, now=now, kind=RecordKind.TRAINING
    )
    assert training.counts
    assert total(THE_CITY, "2026").attendances == 1


def test_who_came_to_class_stays_so_though_they_also_ask(session, clerk, now):
    known = a_learner(session.run.organiser, "王秀兰", phone="13800000001", birth_year=1950)
    facts = some_facts("王秀兰", phone="13800000001")
    put_down(session, known, now=now)
    with refusal("in-class"):
        walk_in(session=session, facts=facts, by=clerk, now=now, kind=RecordKind.ASSISTANCE)
    assert total(THE_CITY, "2026").attendances == 1


def test_who_was_absent_from_class_may_come_with_a_question_and_to_class_after_all(session, clerk, now):
    known = a_learner(session.run.organiser, "王秀兰", phone="13800000001", birth_year=1950)
    facts = some_facts("王秀兰", phone="13800000001")
    put_down(session, known, now=now, state=AttendanceState.ABSENT)
    walk_in(session=session, facts=facts, by=clerk, now=now, kind=RecordKind.ASSISTANCE)
    assert total(THE_CITY, "2026").attendances == 0
    walk_in(session=session, facts=facts, by=clerk, now=now)
    assert total(THE_CITY, "2026").attendances == 1


def test_of_two_rows_of_one_person_the_one_that_came_to_class_is_shown(session, clerk, now):
    keep, drop = seniors(session, 2)
    put_down(session, keep, now=now)
    put_down(session, drop, now=now, kind=RecordKind.ASSISTANCE)
    merge(keep=keep, drop=drop, by=None)
    (row,) = roll_of(session)
    assert not row.is_assistance


def test_who_was_struck_out_is_new_again(session, clerk, now):
    line = walk_in(session=session, facts=some_facts("王秀兰"), by=clerk, now=now, kind=RecordKind.ASSISTANCE)
    put_down(session, line.learner, state=AttendanceState.STRUCK, by=clerk, now=now)
    assert not put_down(session, line.learner, state=AttendanceState.STRUCK, by=clerk, now=now)
    (again,) = put_down(session, line.learner, by=clerk, now=now)
    assert again.kind == "training"


def test_too_early_nothing_of_a_walk_in_is_kept(session, clerk):
    with refusal("too-early"):
        walk_in(session=session, facts=some_facts(), by=clerk, now=session.starts_at - timedelta(hours=2))
    assert not Learner.objects.exists()


def test_the_roll_has_those_with_a_seat_and_who_came_besides():
    run = an_open_run(seats=2)
    rows = enrolled(run, 3)
    session = run.sessions.get()
    put_down(session, rows[0].learner, *seniors(session, 1))
    names = [(line.learner, line.state, line.is_guest) for line in roll_of(session)]
    assert len(names) == 3
    assert rows[2].learner not in [learner for learner, *_ in names]
    assert names[-1][1:] == ("present", True)


def test_heads_are_listed_apart_until_the_district_approves(session, clerk, now):
    count_heads(session=session, heads=12, by=clerk, now=now)
    count_heads(session=session, heads=11, by=clerk, now=now)
    assert heads_that_day() == (11, 0)
    assert total(THE_CITY, "2026").attendances == 0
    manager = a_member(Duty.DISTRICT_MANAGER, session.run.organiser.guided_by)
    with refusal("no-reason"):
        approve_heads(session=session, because=" ", by=manager, now=now)
    with pytest.raises(NotAllowed):
        approve_heads(session=session, because="有照片", by=clerk, now=now)
    approved = approve_heads(session=session, because="有照片", by=manager, now=now)
    assert (approved.approved_by, heads_that_day()) == (manager, (0, 11))
    with refusal("approved-already"):
        approve_heads(session=session, because="有照片", by=manager, now=now)
    assert HeadCount.objects.count() == 3


def test_heads_that_cannot_be(session, clerk, now):
    with refusal("heads"):
        count_heads(session=session, heads=501, by=clerk, now=now)
    with refusal("too-early"):
        count_heads(session=session, heads=5, by=clerk, now=now - timedelta(hours=3))
    manager = a_member(Duty.DISTRICT_MANAGER, session.run.organiser.guided_by)
    with refusal("no-heads"):
        approve_heads(session=session, because="有照片", by=manager, now=now)


def test_taking_back_what_one_just_put_down(session, clerk, now):
    first, second = seniors(session, 2)
    put_down(session, first, by=clerk, now=now)
    put_down(session, first, second, state=AttendanceState.LATE, by=clerk, now=now + timedelta(minutes=1))
    assert len(undo_last(session=session, by=clerk, now=now + timedelta(minutes=2))) == 2
    assert [line.state for line in roll_of(session)] == ["present"]
    assert Attendance.objects.count() == 5


def test_what_the_district_approved_only_the_district_changes_and_it_stays_approved(session, clerk, now):
    manager = a_member(Duty.DISTRICT_MANAGER, session.run.organiser.guided_by)
    count_heads(session=session, heads=12, by=clerk, now=now)
    approve_heads(session=session, because="有照片", by=manager, now=now)
    assert count_heads(session=session, heads=12, by=clerk, now=now).approved_by == manager
    with refusal("approved-already"):
        count_heads(session=session, heads=400, by=clerk, now=now)
    with refusal("month-locked"):
        count_heads(session=session, heads=11, by=manager, now=now)
    changed = count_heads(session=session, heads=11, by=manager, now=now, because="数错了")
    assert (changed.approved_by, heads_that_day()) == (manager, (0, 11))


def test_after_ten_minutes_nothing_is_taken_back_at_once(session, clerk, now):
    put_down(session, *seniors(session, 1), by=clerk, now=now)
    with refusal("too-late"):
        undo_last(session=session, by=clerk, now=now + timedelta(minutes=11))


def test_what_the_rules_put_right_is_not_taken_back(session, clerk, now):
    (learner,) = seniors(session, 1, born=1970)
    put_down(session, learner, by=clerk, now=now)
    facts = LearnerFacts(name=learner.name, phone=None, contact_phone=None, birth_year=1950)
    correct(learner=learner, facts=facts, by=None)
    with refusal("nothing-to-undo"):
        undo_last(session=session, by=clerk, now=now)


def test_nothing_of_ones_own_nothing_to_take_back(session, clerk, now):
    put_down(session, *seniors(session, 1), now=now)
    with refusal("nothing-to-undo"):
        undo_last(session=session, by=clerk, now=now)
