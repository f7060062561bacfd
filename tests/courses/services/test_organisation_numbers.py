"""Numbers of other systems, and whole telephone numbers."""

import pytest

from cms.enums import AuditVerb
from cms.models import AuditEntry
from courses.enums import Contact, Duty, ExternalSystem
from courses.errors import NotAllowed, Refused
from courses.models import ExternalId
from courses.services.external_ids import set_external_ids
from courses.services.organisation_contacts import reveal_contact_phone
from tests.factories.classes import a_college, a_member, a_school

pytestmark = pytest.mark.django_db

POINT, BASE = ExternalSystem.SERVICE_POINT, ExternalSystem.WELFARE_BASE


@pytest.fixture
def college():
    return a_college()


@pytest.fixture
def clerk(college):
    return a_member(Duty.COLLEGE_STAFF, college)


def numbers(organisation):
    return sorted(organisation.external_ids.values_list("system", "number"))


def test_what_is_given_is_all_there_is(college, clerk):
    set_external_ids(organisation=college, numbers=[(POINT, "A1"), (POINT, "A2")], by=clerk)
    set_external_ids(organisation=college, numbers=[(POINT, "A2"), (BASE, "B1"), (BASE, "B1")], by=clerk)
    assert numbers(college) == [(POINT, "A2"), (BASE, "B1")]
    entry = AuditEntry.objects.filter(verb=AuditVerb.CHANGED).first()
    assert (entry.organisation_id, entry.detail) == (college.pk, "external_ids -1 +1")


def test_the_same_again_is_not_put_down(college, clerk):
    for _ in range(2):
        set_external_ids(organisation=college, numbers=[(POINT, "A1")], by=clerk)
    assert AuditEntry.objects.filter(verb=AuditVerb.CHANGED).count() == 1


def test_a_number_belongs_to_one_organisation(college, clerk):
    ExternalId.objects.create(organisation=a_college("别的学院"), system=POINT, number="A1")
    with pytest.raises(Refused) as refused:
        set_external_ids(organisation=college, numbers=[(BASE, "B1"), (POINT, "A1")], by=clerk)
    assert refused.value.code == "external-id-taken"
    assert set(refused.value.fields) == {POINT}
    assert "别的学院" not in str(refused.value)
    assert numbers(college) == []
    # The same number in another system is another number.
    set_external_ids(organisation=college, numbers=[(BASE, "A1")], by=clerk)


@pytest.mark.parametrize("duty", [Duty.AUDITOR, Duty.TEACHER])
def test_without_the_right_nothing_changes(college, duty):
    with pytest.raises(NotAllowed):
        set_external_ids(organisation=college, numbers=[(POINT, "A1")], by=a_member(duty, college))


def test_outside_the_branch_nothing_changes(clerk):
    with pytest.raises(NotAllowed):
        set_external_ids(organisation=a_college(), numbers=[(POINT, "A1")], by=clerk)


@pytest.fixture
def school(college):
    school = a_school(college)
    school.keep_contact_phone(Contact.OPERATOR, "13800000001")
    school.save()
    return school


def test_a_whole_number_is_shown_to_who_may_and_put_down(school, clerk):
    school.refresh_from_db()
    assert reveal_contact_phone(organisation=school, whose=Contact.OPERATOR, by=clerk) == "13800000001"
    entry = AuditEntry.objects.get(verb=AuditVerb.REVEALED)
    assert (entry.by, entry.subject_id, entry.detail) == (clerk, str(school.pk), "operator_phone")


def test_an_auditor_and_another_branch_see_no_whole_number(school, college):
    for stranger in (a_member(Duty.AUDITOR, college), a_member(Duty.COLLEGE_STAFF, a_college())):
        with pytest.raises(NotAllowed):
            reveal_contact_phone(organisation=school, whose=Contact.OPERATOR, by=stranger)
    assert not AuditEntry.objects.filter(verb=AuditVerb.REVEALED).exists()
