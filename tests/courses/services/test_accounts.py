"""Opening, disabling, enabling accounts and giving log-in slips: every way out."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from cms.enums import AuditVerb
from cms.models import AuditEntry, User
from cms.services import second_factor
from cms.services.first_passwords import set_first_password, whose_link
from cms.services.roles import DESIGNERS
from courses.enums import Duty
from courses.errors import NotAllowed, Refused
from courses.models import Membership
from courses.services import accounts
from courses.services.accounts import USER_NAME, open_account, suggested_user_name, why_not_managed
from courses.services.duties import CLASS_STAFF, end_duty
from tests.factories.classes import a_college, a_member, a_school, another_duty, the_city

pytestmark = pytest.mark.django_db


@pytest.fixture
def college():
    return a_college("东社区学院", district="东区")


@pytest.fixture
def manager(college):
    return a_member(Duty.DISTRICT_MANAGER, college)


@pytest.fixture
def clerk(college):
    return a_member(Duty.SCHOOL_STAFF, a_school(college))


def put_down(verb) -> list[tuple]:
    entries = AuditEntry.objects.filter(verb=verb).order_by("pk")
    return [(entry.by, entry.subject, entry.subject_id, entry.organisation_id) for entry in entries]


def opened(by, organisation, **values) -> User:
    asked = {"name": "周建国", "duty": Duty.SCHOOL_STAFF} | values
    return open_account(organisation=organisation, by=by, **asked)


class TestOpening:
    def test_with_a_first_duty_and_no_password(self, manager, college):
        school = a_school(college)
        user = opened(manager, school, name=" 周　建国 ")
        assert (user.first_name, user.username) == ("周建国", "zhoujianguo")
        assert not user.has_usable_password()
        assert not user.is_staff
        assert not user.is_superuser
        assert Membership.objects.get(user=user).duty == Duty.SCHOOL_STAFF
        assert [group.name for group in user.groups.all()] == [CLASS_STAFF]
        assert put_down(AuditVerb.CREATED) == [(manager, "user", str(user.pk), school.pk)]

    def test_an_own_user_name(self, manager, college):
        assert opened(manager, a_school(college), user_name=" Zhou.JG ").username == "zhou.jg"

    @pytest.mark.parametrize(
        ("code", "values"),
        [
            ("not-a-name", {"name": "  "}),
            ("not-a-name", {"name": "1380000"}),
            ("not-a-name", {"name": "字" * 41}),
            ("not-a-user-name", {"user_name": "周建国"}),
            ("not-a-user-name", {"user_name": "ab"}),
            ("not-a-user-name", {"user_name": "a b c"}),
            ("user-name-taken", {"user_name": "taken"}),
            ("duty-does-not-fit", {"duty": Duty.COLLEGE_STAFF}),
        ],
    )
    def test_refused(self, manager, college, code, values):
        User.objects.create_user("Taken")
        with pytest.raises(Refused) as refusal:
            opened(manager, a_school(college), **values)
        assert refusal.value.code == code
        assert refusal.value.fields

    def test_not_outside_the_branch_and_not_above(self, manager, college):
        with pytest.raises(NotAllowed):
            opened(manager, a_school(a_college(district="西区")))
        with pytest.raises(NotAllowed):
            opened(manager, college, duty=Duty.AUDITOR)
        assert not User.objects.filter(first_name="周建国").exists()

    @pytest.mark.parametrize("duty", [Duty.COLLEGE_STAFF, Duty.TEACHER, Duty.AUDITOR])
    def test_only_by_managers(self, college, duty):
        with pytest.raises(NotAllowed):
            opened(a_member(duty, college), a_school(college))


class TestUserNames:
    def test_a_namesake_gets_a_number(self, manager, college):
        names = [opened(manager, a_school(college)).username for _ in range(3)]
        assert names == ["zhoujianguo", "zhoujianguo2", "zhoujianguo3"]

    @pytest.mark.parametrize(("name", "suggested"), [("李", "lilaoshi"), ("Mary Smith", "marysmith")])
    def test_short_and_foreign_names(self, name, suggested):
        assert suggested_user_name(name) == suggested

    @given(st.text(max_size=60))
    def test_what_is_suggested_can_be_taken(self, name):
        assert USER_NAME.fullmatch(suggested_user_name(name))


def slip(user, by):
    return accounts.give_log_in_slip(user=user, by=by)


def disable(user, by):
    return accounts.disable_account(user=user, by=by)


def enable(user, by):
    return accounts.enable_account(user=user, by=by)


def drop(user, by):
    return accounts.drop_second_factor(user=user, by=by)


DEEDS = [slip, disable, enable, drop]


class TestWhoMay:
    """Every deed asks the same: all duties inside the branch, none above, no more than class work, not oneself."""

    @pytest.mark.parametrize("deed", DEEDS)
    @pytest.mark.parametrize(
        "of",
        [
            lambda manager, college: manager,
            lambda manager, college: a_member(Duty.CITY_MANAGER, the_city()),
            lambda manager, college: a_member(Duty.AUDITOR, college),
            lambda manager, college: a_member(Duty.TEACHER, a_college(district="西区")),
            lambda manager, college: User.objects.create_user("content-only"),
            lambda manager, college: User.objects.create_superuser("root"),
        ],
        ids=["oneself", "above", "auditor", "elsewhere", "no duty", "administrator"],
    )
    def test_not_these(self, manager, college, deed, of):
        user = of(manager, college)
        before = User.objects.filter(pk=user.pk).values().get()
        with pytest.raises(NotAllowed):
            deed(user, manager)
        assert User.objects.filter(pk=user.pk).values().get() == before

    @pytest.mark.parametrize("duty", [Duty.COLLEGE_STAFF, Duty.TEACHER, Duty.AUDITOR])
    @pytest.mark.parametrize("deed", DEEDS)
    def test_not_by_these(self, college, clerk, deed, duty):
        with pytest.raises(NotAllowed):
            deed(clerk, a_member(duty, college))

    def test_one_duty_elsewhere_is_enough(self, manager, clerk):
        other = another_duty(clerk, Duty.TEACHER, a_college(district="西区"))
        assert "别处" in why_not_managed(by=manager, user=clerk)
        end_duty(membership=other, by=None)
        assert why_not_managed(by=manager, user=clerk) == ""

    def test_an_administrator_with_a_duty_stays_one(self, manager, clerk):
        User.objects.filter(pk=clerk.pk).update(is_superuser=True)
        with pytest.raises(NotAllowed):
            slip(clerk, manager)

    def test_whoever_writes_content_is_for_the_city(self, manager, clerk):
        clerk.groups.add(Group.objects.get(name=DESIGNERS))
        with pytest.raises(NotAllowed, match="市级管理员"):
            slip(clerk, manager)
        assert slip(clerk, a_member(Duty.CITY_MANAGER, the_city())).proof

    def test_a_colleague_of_the_same_rank(self, manager, college):
        assert slip(a_member(Duty.DISTRICT_MANAGER, college), manager).proof

    def test_somebody_whose_last_duty_was_here(self, manager, clerk):
        end_duty(membership=Membership.objects.get(user=clerk), by=manager)
        disable(clerk, manager)
        assert not User.objects.get(pk=clerk.pk).is_active


class TestSlip:
    def test_the_old_password_and_the_slip_before_are_worthless(self, manager, clerk):
        browser = Client()
        browser.force_login(clerk)
        first, second = slip(clerk, manager), slip(clerk, manager)
        assert whose_link(first.who, first.proof) is None
        assert whose_link(second.who, second.proof) == clerk
        assert browser.get("/admin/desk/").status_code == 302
        assert not User.objects.get(pk=clerk.pk).has_usable_password()
        assert len(put_down(AuditVerb.INVITED)) == 2

    def test_with_it_one_sets_a_password(self, manager, clerk):
        given = slip(clerk, manager)
        assert set_first_password(who=given.who, proof=given.proof, password="beizi-yuyi-tielu")
        assert User.objects.get(pk=clerk.pk).check_password("beizi-yuyi-tielu")

    def test_not_for_a_disabled_account(self, manager, clerk):
        disable(clerk, manager)
        with pytest.raises(Refused) as refusal:
            slip(clerk, manager)
        assert refusal.value.code == "is-disabled"


class TestDisabling:
    def test_it_ends_sessions_and_links_at_once(self, manager, clerk):
        browser = Client()
        browser.force_login(clerk)
        given = slip(clerk, manager)
        clerk.refresh_from_db()
        browser.force_login(clerk)
        assert browser.get("/admin/desk/").status_code == 200
        disable(clerk, manager)
        assert browser.get("/admin/desk/").status_code == 302
        assert whose_link(given.who, given.proof) is None
        school = Membership.objects.get(user=clerk).organisation_id
        assert put_down(AuditVerb.DISABLED) == [(manager, "user", str(clerk.pk), school)]

    def test_the_flag_alone_already_shuts_the_door(self, clerk):
        browser = Client()
        browser.force_login(clerk)
        User.objects.filter(pk=clerk.pk).update(is_active=False)
        assert browser.get("/admin/desk/").status_code == 302

    def test_enabling_brings_no_session_and_no_link_back(self, manager, clerk):
        browser = Client()
        browser.force_login(clerk)
        given = slip(clerk, manager)
        clerk.refresh_from_db()
        browser.force_login(clerk)
        assert browser.get("/admin/desk/").status_code == 200
        disable(clerk, manager)
        enable(clerk, manager)
        assert browser.get("/admin/desk/").status_code == 302
        assert whose_link(given.who, given.proof) is None
        assert len(put_down(AuditVerb.ENABLED)) == 1

    def test_not_twice(self, manager, clerk):
        with pytest.raises(Refused) as refusal:
            enable(clerk, manager)
        assert refusal.value.code == "is-enabled-already"
        disable(clerk, manager)
        with pytest.raises(Refused) as refusal:
            disable(clerk, manager)
        assert refusal.value.code == "is-disabled-already"


class TestSecondFactor:
    def test_another_manager_drops_it(self, manager, college):
        colleague = a_member(Duty.DISTRICT_MANAGER, college)
        device = second_factor.device_of(second_factor.new_key(colleague), colleague)
        device.save()
        drop(colleague, manager)
        assert not second_factor.is_set_up(colleague)
        assert put_down(AuditVerb.SECOND_FACTOR_DROPPED) == [(manager, "user", str(colleague.pk), college.pk)]

    def test_not_when_there_is_none(self, manager, clerk):
        with pytest.raises(Refused) as refusal:
            drop(clerk, manager)
        assert refusal.value.code == "has-no-second-factor"

    def test_who_has_a_managers_duty_needs_one(self, settings, client, college):
        settings.SECOND_FACTOR_REQUIRED = True
        client.force_login(a_member(Duty.COLLEGE_STAFF, college))
        assert client.get("/admin/desk/").status_code == 200
        user = a_member(Duty.TEACHER, college)
        another_duty(user, Duty.DISTRICT_MANAGER, college)
        client.force_login(user)
        assert client.get("/admin/desk/")["Location"].startswith("/admin/second-factor/")
