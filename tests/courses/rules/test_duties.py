"""What each duty allows, and who may give which."""

import pytest

from courses.enums import Duty, OrganisationKind, Right
from courses.rules.duties import KINDS, MANAGERS, RIGHTS, allows, duties_given_by, duty_refusal

LOOKING = {Right.SEE_ORGANISATIONS, Right.SEE_PLACES, Right.SEE_PEOPLE, Right.SEE_LEARNERS, Right.SEE_AUDIT}
HANDS = {Right.REVEAL_PHONES, Right.MANAGE_ACCOUNTS} | {
    right for right in Right if right.name.startswith("CHANGE")
}


def test_every_duty_has_its_rights_and_its_places():
    assert set(RIGHTS) == set(KINDS) == set(Duty)


def test_an_auditor_reads_everything_and_changes_nothing():
    assert RIGHTS[Duty.AUDITOR] >= LOOKING
    assert not RIGHTS[Duty.AUDITOR] & HANDS


@pytest.mark.parametrize("duty", [Duty.TEACHER, Duty.VOLUNTEER])
def test_who_teaches_sees_no_learner_and_no_organisation(duty):
    # A teacher calls the rolls of the sessions they teach, and only those: see test_rolls.
    assert RIGHTS[duty] - {Right.CALL_ROLL, Right.SEE_EVIDENCE} == {Right.SEE_PLACES, Right.SEE_CLASSES}


def test_only_the_city_changes_areas():
    assert [duty for duty in Duty if allows(duty, Right.CHANGE_AREAS)] == [Duty.CITY_MANAGER]


def test_only_managers_manage_accounts():
    assert {duty for duty in Duty if allows(duty, Right.MANAGE_ACCOUNTS)} == MANAGERS


def test_a_school_does_not_change_organisations():
    assert not allows(Duty.SCHOOL_STAFF, Right.CHANGE_ORGANISATIONS)
    assert allows(Duty.COLLEGE_STAFF, Right.CHANGE_ORGANISATIONS)


@pytest.mark.parametrize("duty", Duty)
def test_nobody_gives_a_duty_above_their_own(duty):
    for given in duties_given_by(duty):
        assert RIGHTS[given] <= RIGHTS[duty]


@pytest.mark.parametrize("duty", [duty for duty in Duty if duty not in MANAGERS])
def test_who_is_no_manager_gives_none(duty):
    assert duties_given_by(duty) == frozenset()


def test_only_the_city_names_an_auditor():
    assert [duty for duty in Duty if Duty.AUDITOR in duties_given_by(duty)] == [Duty.CITY_MANAGER]


@pytest.mark.parametrize("duty", Duty)
@pytest.mark.parametrize("kind", OrganisationKind)
def test_a_duty_is_held_where_it_fits(duty, kind):
    words = duty_refusal(duty=duty, organisation_kind=kind)
    assert (words is None) == (kind in KINDS[duty])
    if words:
        assert duty.label in words
        assert kind.label not in words.partition("：")[2]
