"""Proofs are put down with their day and taken away by mistake only, by those who may."""

from datetime import date, timedelta

import pytest
import time_machine

from cms.enums import AuditVerb
from cms.models import AuditEntry
from courses.enums import Duty, QualificationKind
from courses.errors import NotAllowed, Refused
from courses.models import Qualification
from courses.services.qualifications import add_qualification, remove_qualification
from tests.factories.classes import a_member, a_person, a_school

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_on_that_day")]

DAY = date(2026, 12, 1)
HANDBOOK, QUIZ = QualificationKind.HANDBOOK_READ, QualificationKind.SAFETY_QUIZ


@pytest.fixture
def _on_that_day():
    with time_machine.travel("2026-12-01 09:00 +0800", tick=False):
        yield


@pytest.fixture
def person():
    return a_person(a_school())


@pytest.fixture
def clerk(person, _on_that_day):
    return a_member(Duty.SCHOOL_STAFF, person.organisation)


def add(person, by, **values):
    return add_qualification(**{"person": person, "kind": QUIZ, "passed_on": DAY, "by": by} | values)


def last_entry() -> tuple:
    entry = AuditEntry.objects.order_by("pk").last()
    return entry.verb, entry.subject, entry.organisation_id, entry.detail


def test_a_proof_of_today_is_put_down(person, clerk):
    proof = add(person, clerk, kind=HANDBOOK, edition=2, valid_until=DAY + timedelta(365))
    assert Qualification.objects.get() == proof
    assert (proof.edition, proof.valid_until) == (2, date(2027, 12, 1))
    detail = f"{person.pk} handbook-read"
    assert last_entry() == (AuditVerb.CREATED, "qualification", person.organisation_id, detail)


def test_only_a_handbook_has_an_edition(person, clerk):
    assert add(person, clerk, edition=2).edition is None


@pytest.mark.parametrize(
    ("values", "code", "field"),
    [
        ({"passed_on": DAY + timedelta(1)}, "bad-passed_on", "passed_on"),
        ({"valid_until": DAY - timedelta(1)}, "bad-valid_until", "valid_until"),
        ({"kind": HANDBOOK}, "bad-edition", "edition"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(person, clerk, values, code, field):
    with pytest.raises(Refused) as refusal:
        add(person, clerk, **values)
    assert (refusal.value.code, list(refusal.value.fields)) == (code, [field])
    assert not Qualification.objects.exists()


def test_the_same_proof_of_one_day_is_put_down_once(person, clerk):
    add(person, clerk)
    with pytest.raises(Refused, match="已经记过了"):
        add(person, clerk)
    add(person, clerk, passed_on=DAY - timedelta(1))
    add(a_person(person.organisation, "李明"), clerk)
    assert Qualification.objects.count() == 3


def test_a_mistake_is_taken_away(person, clerk):
    remove_qualification(qualification=add(person, clerk), by=clerk)
    assert not Qualification.objects.exists()
    detail = f"{person.pk} safety-quiz"
    assert last_entry() == (AuditVerb.DELETED, "qualification", person.organisation_id, detail)


def test_neither_an_auditor_nor_another_branch_changes_a_proof(person, clerk):
    proof = add(person, clerk)
    for by in (
        a_member(Duty.AUDITOR, person.organisation.guided_by),
        a_member(Duty.SCHOOL_STAFF, a_school()),
    ):
        with pytest.raises(NotAllowed):
            add(person, by, kind=QualificationKind.TRAINING)
        with pytest.raises(NotAllowed):
            remove_qualification(qualification=proof, by=by)
    assert Qualification.objects.get() == proof
