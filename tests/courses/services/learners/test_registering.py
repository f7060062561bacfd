"""Registering a learner: who is new, who is known already, who is somebody else of the household."""

import pytest
from django.db import IntegrityError

from cms.enums import AuditVerb
from cms.models import AuditEntry
from courses.enums import Duty
from courses.errors import NotAllowed, Refused
from courses.models import Learner, LearnerPlace
from courses.services.learners import erase, know_at, merge, register, registering
from courses.services.learners.facts import LearnerFacts
from tests.factories.classes import a_college, a_learner, a_member, a_school, an_area

pytestmark = pytest.mark.django_db

PHONE = "13800001234"


@pytest.fixture
def school():
    return a_school(a_college(district="东区"))


@pytest.fixture
def clerk(school):
    return a_member(Duty.SCHOOL_STAFF, school)


@pytest.fixture
def elsewhere():
    """A school of another district, with its clerk as `.clerk`."""
    school = a_school(a_college(district="西区"))
    school.clerk = a_member(Duty.SCHOOL_STAFF, school)
    return school


def names_at(organisation):
    return sorted(place.learner.name for place in LearnerPlace.objects.filter(organisation=organisation))


def test_somebody_new_is_registered_and_put_down(school, clerk):
    registered = register(
        name="王　秀英", phone="138-0000 1234", birth_year=1950, organisation=school, by=clerk
    )
    learner = registered.learner
    assert registered.is_new
    assert (learner.name, learner.whole_phone(), learner.birth_year) == ("王秀英", PHONE, 1950)
    assert names_at(school) == ["王秀英"]
    entry = AuditEntry.objects.get(verb=AuditVerb.CREATED)
    assert (entry.by, entry.subject_id, entry.organisation_id) == (clerk, str(learner.pk), school.pk)


def test_the_same_person_is_not_doubled(school, clerk):
    first = register(name="王秀英", phone=PHONE, organisation=school, by=clerk)
    again = register(name=" 王 秀 英（组长） ", phone="+86 138 0000 1234", organisation=school, by=clerk)
    assert (again.learner, again.is_new) == (first.learner, False)
    assert names_at(school) == ["王秀英"]


def test_somebody_known_elsewhere_becomes_visible_here(school, clerk, elsewhere):
    there = a_learner(elsewhere, "王秀英", phone=PHONE)
    assert not Learner.objects.visible_to(clerk).exists()
    registered = register(name="王秀英", phone=PHONE, organisation=school, by=clerk)
    assert (registered.learner, registered.is_new) == (there, False)
    assert list(Learner.objects.visible_to(clerk)) == [there]
    assert AuditEntry.objects.get(verb=AuditVerb.CHANGED).detail == "place"


def test_registering_again_fills_blanks_and_overwrites_nothing(school, clerk):
    first = register(name="王秀英", phone=PHONE, birth_year=1950, organisation=school, by=clerk).learner
    street = an_area()
    facts = {"birth_year": 1951, "area": street, "contact_name": "女儿", "contact_phone": "13800009999"}
    register(name="王秀英", phone=PHONE, organisation=school, by=clerk, **facts)
    first.refresh_from_db()
    assert (first.birth_year, first.area, first.contact_name) == (1950, street, "女儿")
    assert first.whole_contact_phone() == "13800009999"


def test_another_name_under_the_same_phone_is_the_household(school, clerk, elsewhere):
    a_learner(elsewhere, "别处的人", phone=PHONE)
    wife = register(name="王秀英", phone=PHONE, organisation=school, by=clerk).learner
    husband = register(name="陈国强", phone=PHONE, organisation=school, by=clerk)
    assert husband.is_new
    # Who is known elsewhere only is not told about.
    assert husband.household == [wife]


def test_the_fifth_of_a_household_is_refused(school, clerk):
    for name in "甲乙丙丁":
        register(name=f"王{name}", phone=PHONE, organisation=school, by=clerk)
    with pytest.raises(Refused, match="最多 4 个") as refusal:
        register(name="王戊", phone=PHONE, organisation=school, by=clerk)
    assert (refusal.value.code, set(refusal.value.fields)) == ("household-full", {"phone"})
    assert not register(name="王甲", phone=PHONE, organisation=school, by=clerk).is_new


def test_without_a_phone_name_birth_year_and_street_identify(school, clerk):
    facts = {"birth_year": 1940, "area": an_area(), "is_identity_confirmed": True}
    first = register(name="李阿婆", organisation=school, by=clerk, **facts)
    again = register(name="李阿婆", organisation=school, by=clerk, **facts)
    other = register(name="李阿婆", organisation=school, by=clerk, **facts | {"birth_year": 1941})
    assert (again.learner, again.is_new) == (first.learner, False)
    assert other.is_new


def test_without_a_phone_somebody_must_have_seen_them(school, clerk):
    with pytest.raises(Refused) as refusal:
        register(name="李阿婆", birth_year=1940, area=an_area(), organisation=school, by=clerk)
    assert set(refusal.value.fields) == {"is_identity_confirmed"}


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"name": "王秀英", "phone": "1380000123"}, "phone"),
        ({"name": "", "phone": PHONE}, "name"),
        ({"name": "王" * 41, "phone": PHONE}, "name"),
        ({"name": "王秀英", "phone": PHONE, "birth_year": 1700}, "birth_year"),
        ({"name": "王秀英", "phone": PHONE, "contact_phone": "12"}, "contact_phone"),
        ({"name": "王秀英", "phone": PHONE, "contact_name": "女" * 41}, "contact_name"),
    ],
)
def test_wrong_facts_are_refused_by_field(school, clerk, facts, field):
    with pytest.raises(Refused) as refusal:
        register(organisation=school, by=clerk, **facts)
    assert set(refusal.value.fields) == {field}
    assert not Learner.objects.exists()


def test_who_was_merged_is_found_as_the_one_they_count_as(school, clerk):
    keep, drop = (a_learner(school, name, phone=PHONE) for name in ("王芳", "王方"))
    merge(keep=keep, drop=drop, by=clerk)
    assert register(name="王方", phone=PHONE, organisation=school, by=clerk).learner == keep


def test_who_was_erased_may_come_again_as_somebody_new(school, clerk):
    gone = a_learner(school, "王秀英", phone=PHONE)
    erase(learner=gone, typed_name="王秀英", by=clerk)
    registered = register(name="王秀英", phone=PHONE, organisation=school, by=clerk)
    assert registered.is_new
    assert registered.learner != gone


@pytest.mark.parametrize("duty", [Duty.AUDITOR, Duty.TEACHER, Duty.VOLUNTEER])
def test_who_may_not_change_learners_registers_nobody(duty):
    college = a_college()
    with pytest.raises(NotAllowed):
        register(name="王秀英", phone=PHONE, organisation=college, by=a_member(duty, college))


def test_nobody_is_registered_at_somebody_elses_organisation(clerk, elsewhere):
    with pytest.raises(NotAllowed, match="不归您管"):
        register(name="王秀英", phone=PHONE, organisation=elsewhere, by=clerk)


def test_the_constraint_is_the_second_net(school, clerk, monkeypatch):
    """Somebody else's registration is committed between looking and writing."""
    there = a_learner(school, "王秀英", phone=PHONE)
    looked = LearnerFacts.among_all
    answers = iter([lambda facts: (None, 0), looked])
    monkeypatch.setattr(LearnerFacts, "among_all", lambda facts, **_: next(answers)(facts))
    registered = register(name="王秀英", phone=PHONE, organisation=school, by=clerk)
    assert (registered.learner, registered.is_new) == (there, False)


def test_another_error_of_the_database_is_not_hidden(school, clerk, monkeypatch):
    a_learner(school, "王秀英", phone=PHONE)
    monkeypatch.setattr(LearnerFacts, "among_all", lambda facts, **_: (None, 0))
    with pytest.raises(IntegrityError):
        register(name="王秀英", phone=PHONE, organisation=school, by=clerk)


def test_a_learner_one_sees_becomes_known_at_one_more_place(clerk, school):
    manager = a_member(Duty.COLLEGE_STAFF, school.guided_by)
    learner, other = a_learner(school), a_school(school.guided_by)
    know_at(learner=learner, organisation=other, by=manager)
    know_at(learner=learner, organisation=other, by=manager)
    assert names_at(other) == [learner.name]
    assert AuditEntry.objects.filter(verb=AuditVerb.CHANGED).count() == 1


def test_a_learner_out_of_sight_becomes_known_nowhere(clerk, school, elsewhere):
    with pytest.raises(NotAllowed, match="不在您管的机构里"):
        know_at(learner=a_learner(elsewhere), organisation=school, by=clerk)
    with pytest.raises(NotAllowed, match="不归您管"):
        know_at(learner=a_learner(school, phone="13800000009"), organisation=elsewhere, by=clerk)


def test_the_system_registers_for_the_demo(school):
    registered = register(name="演示", phone=PHONE, organisation=school, by=None, is_demo=True)
    assert registered.learner.is_demo
    assert registering.household_of(registered.learner, by=None) == []
