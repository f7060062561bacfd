"""What timetables ask of teachers and volunteers, and the numbers on their badges."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from courses.enums import Duty, HalfDay, QualificationKind, TeachingRole, Weekday
from courses.models import PersonNumber, Qualification, TeachingPerson
from courses.rules.qualifications import QualificationState
from tests.factories.classes import a_college, a_member, a_person, a_school

pytestmark = pytest.mark.django_db

DAY = date(2021, 3, 1)
YESTERDAY = DAY - timedelta(1)
HANDBOOK, QUIZ = QualificationKind.HANDBOOK_READ, QualificationKind.SAFETY_QUIZ
people = TeachingPerson.objects


@pytest.fixture
def school():
    return a_school()


def proves(person, kind, *, on=YESTERDAY, until=None, edition=None):
    """Let somebody have proved something."""
    return Qualification.objects.create(
        person=person, kind=kind, passed_on=on, valid_until=until, edition=edition
    )


def test_teachers_and_volunteers_are_two_lists_of_one_table(school):
    teacher = a_person(school, "周老师", role=TeachingRole.TEACHER)
    volunteer = a_person(school, "王志愿")
    assert list(people.teachers()) == [teacher]
    assert list(people.volunteers()) == [volunteer]


@pytest.mark.parametrize(
    ("left_on", "is_there"), [(None, True), (DAY + timedelta(1), True), (DAY, False), (YESTERDAY, False)]
)
def test_somebody_is_active_until_the_day_they_leave(school, left_on, is_there):
    person = a_person(school, left_on=left_on)
    assert people.active(on=DAY).filter(pk=person.pk).exists() is is_there
    assert person.is_active(on=DAY) is is_there


def test_who_can_teach_and_who_is_free(school):
    able, free, both = (a_person(school, name) for name in ("会教", "有空", "都行"))
    for person in (able, both):
        person.scenarios.create(scenario="healthcare")
    for person in (free, both):
        person.availabilities.create(weekday=Weekday.WEDNESDAY, half_day=HalfDay.MORNING)
    assert set(people.can_teach("healthcare")) == {able, both}
    assert set(people.free(3, "morning")) == {free, both}
    assert list(people.can_teach("healthcare").free(3, "morning")) == [both]
    assert not people.can_teach("transport").exists()
    assert not people.free(3, "evening").exists()
    assert not people.free(4, "morning").exists()


def make_complete(person):
    proves(person, HANDBOOK, edition=1)
    proves(person, QUIZ)


def make_newly_read(person):
    proves(person, HANDBOOK, edition=1)
    proves(person, HANDBOOK, on=DAY, edition=2)
    proves(person, QUIZ, until=DAY)


def make_without_quiz(person):
    proves(person, HANDBOOK, edition=1)


def make_early(person):
    proves(person, HANDBOOK, edition=1)
    proves(person, QUIZ, on=DAY + timedelta(1))


def make_expired(person):
    proves(person, HANDBOOK, edition=1)
    proves(person, QUIZ, on=YESTERDAY, until=YESTERDAY)


def make_renewed(person):
    make_expired(person)
    proves(person, QUIZ, on=DAY)


@pytest.mark.parametrize(
    ("make", "state"),
    [
        (make_complete, QualificationState.COMPLETE),
        (make_newly_read, QualificationState.COMPLETE),
        (make_renewed, QualificationState.COMPLETE),
        (make_without_quiz, QualificationState.MISSING),
        (make_early, QualificationState.MISSING),
        (lambda person: None, QualificationState.MISSING),
        (make_expired, QualificationState.EXPIRED),
    ],
)
def test_the_database_and_the_rule_say_the_same_of_a_volunteer(school, make, state):
    person = a_person(school)
    make(person)
    found = {
        QualificationState.COMPLETE: people.qualified(on=DAY),
        QualificationState.MISSING: people.lacking(on=DAY),
        QualificationState.EXPIRED: people.lapsed(on=DAY),
    }
    assert [each for each, rows in found.items() if rows.exists()] == [state]
    assert people.with_all().get().standing(on=DAY).state is state


def test_an_older_edition_of_the_handbook_is_not_enough_when_a_newer_is_asked(school):
    old, new, both, unknown = (a_person(school, name) for name in ("旧版", "新版", "两版", "没写版次"))
    for person, editions in ((old, [1]), (new, [2]), (both, [1, 2]), (unknown, [None])):
        proves(person, QUIZ)
        for edition in editions:
            proves(person, HANDBOOK, edition=edition)
    assert set(people.qualified(on=DAY, edition=2)) == {new, both}
    assert set(people.qualified(on=DAY, edition=1)) == {old, new, both}
    assert people.qualified(on=DAY).count() == 4


def test_a_teacher_needs_only_the_quiz(school):
    teacher = a_person(school, role=TeachingRole.TEACHER)
    assert not people.qualified(on=DAY).exists()
    proves(teacher, QUIZ)
    assert people.qualified(on=DAY, edition=9).get() == teacher


def test_one_sees_the_people_of_the_own_branch_only():
    mine, other = a_college(), a_college()
    seen = {a_person(mine), a_person(a_school(mine))}
    a_person(other)
    assert set(people.visible_to(a_member(Duty.COLLEGE_STAFF, mine))) == seen


def test_the_same_person_is_known_by_phone_and_name_however_it_is_spelled(school):
    person = a_person(school, "王芳（组长）", phone="13800000001")
    a_person(school, "王芳", phone="13800000002")
    a_person(school, "王芳")
    assert people.same_person(name="王　芳", phone="13800000001").get() == person
    assert not people.same_person(name="李芳", phone="13800000001").exists()
    assert not people.same_person(name="王芳", phone="").exists()


def test_the_database_refuses_the_same_person_twice_in_an_organisation(school):
    a_person(school, "王芳", phone="13800000001")
    a_person(school, "王芳", phone="13800000001", role=TeachingRole.TEACHER)
    a_person(school, "王芳")
    a_person(school, "王芳")
    with pytest.raises(IntegrityError), transaction.atomic():
        a_person(school, "王 芳", phone="13800000001")


def test_a_new_name_is_found_by_at_once(school):
    person = a_person(school, "王芳")
    person.name = "李 明"
    person.save(update_fields=["name"])
    person.refresh_from_db()
    assert person.name_key == "李明"


def test_words_of_what_somebody_can_and_when(school):
    person = a_person(school, speaks_shanghainese=True)
    for scenario in ("safety", "healthcare"):
        person.scenarios.create(scenario=scenario)
    person.availabilities.create(weekday=3, half_day="afternoon")
    person.availabilities.create(weekday=1, half_day="morning")
    found = people.with_all().get(pk=person.pk)
    assert found.scenario_words == "就医、安全"
    assert found.language_words == "普通话、上海话"
    assert found.week_words == "周一上午、周三下午"


def test_numbers_go_up_for_each_role_apart():
    take = PersonNumber.objects.take_next
    assert [take(TeachingRole.VOLUNTEER), take(TeachingRole.VOLUNTEER)] == ["ZY-00001", "ZY-00002"]
    assert take(TeachingRole.TEACHER) == "JS-00001"


def test_a_number_is_never_given_to_another():
    PersonNumber.objects.take_next(TeachingRole.VOLUNTEER)
    with pytest.raises(DatabaseError, match="insert-only"), transaction.atomic():
        PersonNumber.objects.all().delete()
    assert PersonNumber.objects.take_next(TeachingRole.VOLUNTEER) == "ZY-00002"


def test_whoever_comes_second_to_a_number_takes_the_next(monkeypatch):
    """Two read the same highest number; the row of the first is there when the second writes."""
    PersonNumber.objects.take_next(TeachingRole.VOLUNTEER)
    answers = iter([{"highest": None}])
    rows = type(PersonNumber.objects.all())
    read = rows.aggregate
    monkeypatch.setattr(rows, "aggregate", lambda self, **what: next(answers, None) or read(self, **what))
    assert PersonNumber.objects.take_next(TeachingRole.VOLUNTEER) == "ZY-00002"


def test_control_the_same_number_cannot_be_put_down_twice():
    PersonNumber.objects.take_next(TeachingRole.VOLUNTEER)
    with pytest.raises(IntegrityError), transaction.atomic():
        PersonNumber.objects.create(role=TeachingRole.VOLUNTEER, serial=1)


def test_a_qualification_says_whether_it_is_over(school):
    proof = proves(a_person(school), QUIZ, until=DAY)
    assert not proof.is_expired(on=DAY)
    assert proof.is_expired(on=DAY + timedelta(1))
    assert str(proof) == "通过安全小测验 2021-02-28"
