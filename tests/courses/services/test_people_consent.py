"""Being named, the whole number, the account: each done and put down, or refused with nothing changed."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from cms.enums import AuditVerb
from cms.models import AuditEntry, User
from courses.enums import Duty, TeachingRole
from courses.errors import NotAllowed, Refused
from courses.models import TeachingPerson
from courses.services import people_consent as services
from tests.factories.classes import a_member, a_person, a_school

pytestmark = pytest.mark.django_db

PHONE = "13800000001"
DAY = date(2021, 3, 1)


@pytest.fixture
def school():
    return a_school()


@pytest.fixture
def clerk(school):
    return a_member(Duty.SCHOOL_STAFF, school)


@pytest.fixture
def person(school):
    return a_person(school, "王芳", phone=PHONE)


def last_entry() -> tuple:
    entry = AuditEntry.objects.order_by("pk").last()
    return entry.verb, entry.subject_id, entry.organisation_id, entry.detail


def verbs(person, by):
    """Every verb of this part, on a person by somebody."""
    return [
        lambda: services.give_listed_consent(person=person, on=DAY, by=by),
        lambda: services.withdraw_listed_consent(person=person, by=by),
        lambda: services.reveal_phone(person=person, by=by),
        lambda: services.link_account(person=person, user=by, by=by),
        lambda: services.unlink_account(person=person, by=by),
    ]


@pytest.mark.parametrize("duty", [Duty.AUDITOR, Duty.TEACHER, Duty.VOLUNTEER])
def test_whoever_only_looks_does_none_of_it(school, person, duty):
    for refused in verbs(person, a_member(duty, school.guided_by)):
        with pytest.raises(NotAllowed):
            refused()
    assert not AuditEntry.objects.filter(verb=AuditVerb.REVEALED).exists()


def test_nobody_reaches_into_another_branch(clerk):
    for refused in verbs(a_person(a_school(), phone=PHONE), clerk):
        with pytest.raises(NotAllowed, match="不归您管"):
            refused()
    assert TeachingPerson.objects.get().listed_consent_on is None


def test_consent_is_put_down_with_its_day_and_taken_back_at_once(person, clerk):
    services.give_listed_consent(person=person, on=DAY, by=clerk)
    assert TeachingPerson.objects.get().listed_consent_on == DAY
    entry = (AuditVerb.CHANGED, str(person.pk), person.organisation_id)
    assert last_entry() == (*entry, "listed-consent-given")
    services.withdraw_listed_consent(person=person, by=clerk)
    assert TeachingPerson.objects.get().listed_consent_on is None
    assert last_entry() == (*entry, "listed-consent-withdrawn")


def test_consent_is_not_given_twice_and_not_tomorrow(person, clerk):
    with pytest.raises(Refused, match="这一天还没到") as refusal:
        services.give_listed_consent(person=person, on=timezone.localdate() + timedelta(1), by=clerk)
    assert list(refusal.value.fields) == ["on"]
    services.give_listed_consent(person=person, on=DAY, by=clerk)
    with pytest.raises(Refused, match="2021-03-01 已经同意过了"):
        services.give_listed_consent(person=person, on=DAY, by=clerk)


def test_there_is_nothing_to_take_back_without_consent(person, clerk):
    with pytest.raises(Refused, match="不用撤回"):
        services.withdraw_listed_consent(person=person, by=clerk)


def test_whoever_looks_at_the_whole_number_is_put_down(person, clerk):
    assert services.reveal_phone(person=person, by=clerk) == PHONE
    assert last_entry() == (AuditVerb.REVEALED, str(person.pk), person.organisation_id, "phone")
    assert AuditEntry.objects.get(verb=AuditVerb.REVEALED).by == clerk


def test_there_is_nothing_to_look_at_without_a_number(school, clerk):
    with pytest.raises(Refused, match="没有登记电话"):
        services.reveal_phone(person=a_person(school), by=clerk)
    assert not AuditEntry.objects.filter(verb=AuditVerb.REVEALED).exists()


def test_an_account_of_the_branch_is_linked_and_parted(school, person, clerk):
    user = a_member(Duty.VOLUNTEER, school)
    services.link_account(person=person, user=user, by=clerk)
    assert TeachingPerson.objects.get().user == user
    assert last_entry()[-1] == "account-linked"
    with pytest.raises(Refused, match="先断开"):
        services.link_account(person=person, user=clerk, by=clerk)
    services.unlink_account(person=person, by=clerk)
    assert TeachingPerson.objects.get().user is None
    assert last_entry()[-1] == "account-unlinked"
    with pytest.raises(Refused, match="不用断开"):
        services.unlink_account(person=person, by=clerk)


def test_an_account_of_elsewhere_is_not_linked(person, clerk):
    strangers = [a_member(Duty.VOLUNTEER, a_school()), User.objects.create_user("test-none", password="x")]
    for user in strangers:
        with pytest.raises(NotAllowed, match="不在您管的范围里"):
            services.link_account(person=person, user=user, by=clerk)
    assert TeachingPerson.objects.get().user is None


def test_only_accounts_that_hold_a_duty_now_can_be_linked(school, clerk):
    past, disabled, current = (a_member(Duty.VOLUNTEER, school) for _ in range(3))
    past.memberships.update(starts_on=DAY, ends_on=DAY)
    disabled.is_active = False
    disabled.save()
    assert set(services.accounts_to_link(by=clerk)) == {clerk, current}


def test_an_account_is_one_persons_in_an_organisation_and_role(school, person, clerk):
    user = a_member(Duty.VOLUNTEER, school)
    services.link_account(person=person, user=user, by=clerk)
    with pytest.raises(Refused, match=f"已经连着 {person.number}"):
        services.link_account(person=a_person(school, "李明"), user=user, by=clerk)
    teacher = a_person(school, "王芳", role=TeachingRole.TEACHER)
    assert services.link_account(person=teacher, user=user, by=clerk).user == user
