"""Under which identity somebody works: the chosen one as long as it holds, else the oldest that does."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError
from django.db.models import ProtectedError

from courses.enums import Duty, Right
from courses.models import Membership, Organisation, acting_membership, may
from courses.services.identities import switch_identity
from tests.factories.classes import a_member, a_school, another_duty

pytestmark = pytest.mark.django_db

TODAY = date(2021, 6, 1)
DAY = timedelta(days=1)


@pytest.fixture
def member(time_machine):
    time_machine.move_to("2021-06-01 10:00+08:00")
    return a_member(Duty.SCHOOL_STAFF, a_school(name="田林社区学校"))


def held(user, **values) -> Membership:
    Membership.objects.filter(user=user).update(**values)
    return Membership.objects.get(user=user)


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "holds"),
    [
        (TODAY, None, True),
        (TODAY, TODAY, True),
        (TODAY - 9 * DAY, TODAY, True),
        (TODAY + DAY, None, False),
        (TODAY - 9 * DAY, TODAY - DAY, False),
    ],
)
def test_a_duty_holds_from_its_first_day_to_its_last(member, starts_on, ends_on, holds):
    membership = held(member, starts_on=starts_on, ends_on=ends_on)
    assert membership.is_current(on=TODAY) is holds
    assert Membership.objects.current(on=TODAY).filter(pk=membership.pk).exists() is holds
    assert (acting_membership(member) is not None) is holds
    assert may(member, Right.SEE_LEARNERS) is holds


def test_the_day_is_shanghais(member, time_machine):
    held(member, ends_on=TODAY)
    time_machine.move_to("2021-06-01 23:59+08:00")
    assert acting_membership(member)
    time_machine.move_to("2021-06-02 00:01+08:00")
    assert acting_membership(member) is None


def test_the_oldest_is_acted_under_until_another_is_chosen(member):
    later = another_duty(member, Duty.TEACHER, a_school())
    assert acting_membership(member).duty == Duty.SCHOOL_STAFF
    switch_identity(user=member, membership=later)
    assert acting_membership(member) == later


def test_a_chosen_one_that_has_ended_gives_way(member):
    chosen = another_duty(member, Duty.TEACHER, a_school())
    switch_identity(user=member, membership=chosen)
    Membership.objects.filter(pk=chosen.pk).update(starts_on=TODAY - DAY, ends_on=TODAY - DAY)
    assert acting_membership(member).duty == Duty.SCHOOL_STAFF


def test_at_most_one_is_chosen(member):
    another_duty(member, Duty.TEACHER, a_school())
    with pytest.raises(IntegrityError):
        Membership.objects.filter(user=member).update(is_acting=True)


def test_a_disabled_account_has_none(member):
    member.is_active = False
    assert acting_membership(member) is None
    assert not may(member, Right.SEE_PLACES)


@pytest.mark.parametrize("nobody", [None, AnonymousUser()])
def test_nobody_has_none(nobody):
    assert acting_membership(nobody) is None
    assert not may(nobody, Right.SEE_PLACES)


def test_a_request_looks_once(member, django_assert_num_queries):
    member.acting = acting_membership(member)
    with django_assert_num_queries(0):
        assert acting_membership(member) == member.acting


def test_it_is_read_as_place_and_duty(member):
    assert str(acting_membership(member)) == "田林社区学校 · 社区学校教务"


def test_an_organisation_with_duties_cannot_go(member):
    with pytest.raises(ProtectedError):
        Organisation.objects.filter(memberships__user=member).delete()
