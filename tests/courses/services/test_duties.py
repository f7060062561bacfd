"""Giving a duty and taking it back: every way out, and what holds on which day."""

from datetime import date, timedelta

import pytest
import time_machine

from cms.enums import AuditVerb
from cms.models import AuditEntry
from courses.enums import Duty, Right
from courses.errors import NotAllowed, Refused
from courses.models import Membership, acting_membership, may
from courses.services.duties import CLASS_STAFF, end_duty, give_duty
from tests.factories.classes import a_college, a_member, a_school, a_site, another_duty, the_city

pytestmark = pytest.mark.django_db
TODAY = date(2021, 3, 1)
NOON = "2021-03-01 12:00+08:00"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def college():
    return a_college("东社区学院", district="东区")


@pytest.fixture
def manager(college):
    return a_member(Duty.DISTRICT_MANAGER, college)


def duty_of(user) -> Membership:
    return Membership.objects.get(user=user)


def refused(code: str, **kwargs) -> Refused:
    with pytest.raises(Refused) as refusal:
        end_duty(**kwargs)
    assert refusal.value.code == code
    return refusal.value


class TestGiving:
    def test_inside_the_branch_up_to_the_own_duty(self, manager, college):
        user = a_member(Duty.TEACHER, college)
        given = give_duty(user=user, organisation=a_school(college), duty=Duty.SCHOOL_STAFF, by=manager)
        assert given.starts_on == TODAY
        entry = AuditEntry.objects.filter(verb=AuditVerb.DUTY_GIVEN).first()
        assert (entry.by, entry.subject_id, entry.detail) == (manager, str(given.pk), Duty.SCHOOL_STAFF)

    @pytest.mark.parametrize("duty", [Duty.CITY_MANAGER, Duty.AUDITOR])
    def test_never_above_it(self, manager, college, duty):
        with pytest.raises(NotAllowed):
            give_duty(user=a_member(Duty.TEACHER, college), organisation=college, duty=duty, by=manager)

    def test_not_outside_the_branch(self, manager):
        other = a_college(district="西区")
        with pytest.raises(NotAllowed, match="不归您管"):
            give_duty(user=manager, organisation=other, duty=Duty.TEACHER, by=manager)

    @pytest.mark.parametrize("duty", [Duty.COLLEGE_STAFF, Duty.TEACHER, Duty.AUDITOR])
    def test_only_managers_give(self, college, duty):
        by = a_member(duty, college)
        with pytest.raises(NotAllowed):
            give_duty(user=by, organisation=college, duty=Duty.VOLUNTEER, by=by)

    @pytest.mark.parametrize(
        ("code", "values"),
        [
            ("duty-does-not-fit", {"duty": Duty.SCHOOL_STAFF}),
            ("ends-before-start", {"ends_on": TODAY - timedelta(days=1)}),
            ("has-duty-already", {"duty": Duty.TEACHER}),
        ],
    )
    def test_refused(self, manager, college, code, values):
        user = a_member(Duty.TEACHER, college)
        with pytest.raises(Refused) as refusal:
            give_duty(user=user, organisation=college, by=manager, **{"duty": Duty.VOLUNTEER} | values)
        assert refusal.value.code == code


class TestEnding:
    def test_at_once(self, manager, college):
        user = a_member(Duty.COLLEGE_STAFF, college)
        end_duty(membership=duty_of(user), by=manager)
        assert acting_membership(user) is None
        assert not may(user, Right.SEE_LEARNERS)
        entry = AuditEntry.objects.filter(verb=AuditVerb.DUTY_ENDED).get()
        assert (entry.by, entry.organisation_id, entry.detail) == (manager, college.pk, Duty.COLLEGE_STAFF)

    def test_after_a_last_day(self, manager, college, clock):
        user = a_member(Duty.COLLEGE_STAFF, college)
        end_duty(membership=duty_of(user), by=manager, on=TODAY + timedelta(days=1))
        clock.shift(timedelta(hours=35, minutes=59))
        assert may(user, Right.SEE_LEARNERS)
        clock.shift(timedelta(minutes=1))
        assert acting_membership(user) is None

    def test_one_that_begins_later_never_begins(self, manager, college, clock):
        user = a_member(Duty.TEACHER, college)
        later = give_duty(
            user=user,
            organisation=college,
            duty=Duty.VOLUNTEER,
            by=manager,
            starts_on=TODAY + timedelta(days=9),
        )
        end_duty(membership=later, by=manager)
        clock.shift(timedelta(days=10))
        assert [each.duty for each in Membership.objects.current(on=date(2021, 3, 11)).filter(user=user)] == [
            Duty.TEACHER
        ]

    def test_the_last_one_takes_the_door_away(self, manager, college):
        user = a_member(Duty.TEACHER, college)
        other = another_duty(user, Duty.VOLUNTEER, college)
        end_duty(membership=other, by=manager)
        assert user.groups.filter(name=CLASS_STAFF).exists()
        end_duty(membership=Membership.objects.get(user=user, duty=Duty.TEACHER), by=manager)
        assert not user.groups.exists()

    def test_a_last_one_that_still_lasts_leaves_the_door_open(self, manager, college):
        user = a_member(Duty.TEACHER, college)
        end_duty(membership=duty_of(user), by=manager, on=TODAY)
        assert user.groups.filter(name=CLASS_STAFF).exists()

    def test_the_system_may(self, college):
        user = a_member(Duty.DISTRICT_MANAGER, college)
        end_duty(membership=duty_of(user), by=None)
        assert acting_membership(user) is None

    def test_the_identity_worked_under_goes_with_it(self, manager, college):
        user = a_member(Duty.TEACHER, college)
        Membership.objects.filter(user=user).update(is_acting=True)
        assert end_duty(membership=duty_of(user), by=manager).is_acting is False

    def test_not_ones_own(self, manager):
        refused("own-duty", membership=duty_of(manager), by=manager)

    def test_not_twice(self, manager, college):
        user = a_member(Duty.TEACHER, college)
        end_duty(membership=duty_of(user), by=manager)
        refused("ended-already", membership=duty_of(user), by=manager)

    def test_not_in_the_past(self, manager, college):
        user = a_member(Duty.TEACHER, college)
        refusal = refused(
            "ends-in-the-past", membership=duty_of(user), by=manager, on=TODAY - timedelta(days=1)
        )
        assert set(refusal.fields) == {"ends_on"}

    @pytest.mark.parametrize("duty", [Duty.CITY_MANAGER, Duty.AUDITOR])
    def test_not_one_above(self, manager, duty):
        above = a_member(duty, the_city())
        refused("not-allowed", membership=duty_of(above), by=manager)

    def test_not_one_of_another_branch(self, manager):
        stranger = a_member(Duty.TEACHER, a_site(a_school(a_college(district="西区"))))
        refused("not-allowed", membership=duty_of(stranger), by=manager)

    def test_only_managers_end(self, college):
        user = a_member(Duty.TEACHER, college)
        refused("not-allowed", membership=duty_of(user), by=a_member(Duty.COLLEGE_STAFF, college))


@pytest.mark.parametrize(("days", "holds"), [(-1, False), (0, True), (30, True), (31, False)])
def test_a_duty_holds_from_its_first_to_its_last_day(college, clock, days, holds):
    user = a_member(Duty.TEACHER, college)
    Membership.objects.filter(user=user).update(ends_on=TODAY + timedelta(days=30))
    clock.shift(timedelta(days=days))
    assert (acting_membership(user) is not None) is holds


def test_an_ended_duty_lets_nobody_in(client, college, clock):
    user = a_member(Duty.DISTRICT_MANAGER, college)
    Membership.objects.filter(user=user).update(ends_on=TODAY)
    client.force_login(user)
    assert client.get("/admin/desk/accounts/").status_code == 200
    clock.shift(timedelta(hours=12, seconds=1))
    client.logout()
    client.force_login(user)
    assert client.get("/admin/desk/accounts/").status_code in {302, 403}
