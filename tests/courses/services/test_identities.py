"""Changing the identity one works under."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cms.enums import AuditVerb
from cms.models import AuditEntry
from courses.enums import Duty
from courses.errors import NotAllowed
from courses.models import Membership, acting_membership
from courses.services.identities import switch_identity
from tests.factories.classes import a_member, a_school, another_duty

pytestmark = pytest.mark.django_db


@pytest.fixture
def user():
    return a_member(Duty.SCHOOL_STAFF, a_school())


def test_switching_leaves_one_chosen_and_is_put_down(user):
    first, second = acting_membership(user), another_duty(user, Duty.TEACHER, a_school())
    switch_identity(user=user, membership=second)
    switch_identity(user=user, membership=first)
    assert list(Membership.objects.filter(is_acting=True)) == [first]
    last = AuditEntry.objects.filter(verb=AuditVerb.SWITCHED).first()
    assert (last.by, last.subject_id, last.organisation_id) == (user, str(first.pk), first.organisation_id)


def test_somebody_elses_identity_is_refused(user):
    other = acting_membership(a_member(Duty.CITY_MANAGER, a_school().guided_by.guided_by))
    with pytest.raises(NotAllowed):
        switch_identity(user=user, membership=other)
    assert not Membership.objects.filter(is_acting=True).exists()


@pytest.mark.parametrize(("starts", "ends"), [(-9, -1), (1, None)])
def test_one_that_does_not_hold_is_refused(user, starts, ends):
    today = timezone.localdate()
    chosen = another_duty(user, Duty.TEACHER, a_school())
    chosen.starts_on = today + timedelta(days=starts)
    chosen.ends_on = today + timedelta(days=ends) if ends else None
    chosen.save()
    with pytest.raises(NotAllowed, match="到期"):
        switch_identity(user=user, membership=chosen)
    assert not AuditEntry.objects.filter(verb=AuditVerb.SWITCHED).exists()
