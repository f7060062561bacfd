"""账号 in the desk: who sees which, what may be done, and the slip that is printed."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cms.enums import AuditVerb
from cms.models import AuditEntry, User
from courses.enums import Duty
from courses.models import Membership
from courses.services.duties import end_duty
from tests.factories.classes import a_college, a_member, a_school, another_duty, the_city
from tests.factories.people import a_designer, an_admin
from tests.html import parsed
from tests.queries import of_one_as_of_three

pytestmark = pytest.mark.django_db
LIST = "/admin/desk/accounts/"
CANARY = "金丝雀"


def named(user: User, name: str) -> User:
    user.first_name = name
    user.save()
    return user


def at(name: str, *args) -> str:
    return reverse(f"desk:{name}", args=args)


@pytest.fixture
def manager(client):
    """A browser of the district's manager; ``.college`` and ``.user`` are theirs."""
    client.college = a_college("东社区学院", district="东区")
    client.user = a_member(Duty.DISTRICT_MANAGER, client.college, "manager-east")
    client.force_login(client.user)
    return client


@pytest.fixture
def clerk(manager):
    return named(
        a_member(Duty.SCHOOL_STAFF, a_school(manager.college, "东一社区学校"), "clerk-east"), "李教务"
    )


@pytest.fixture
def stranger():
    return named(a_member(Duty.TEACHER, a_college("西社区学院", district="西区"), "canary-west"), CANARY)


def text_of(answer) -> str:
    return answer.content.decode()


class TestList:
    def test_the_branch_and_nobody_else(self, manager, clerk, stranger):
        named(a_member(Duty.CITY_MANAGER, the_city(), "canary-city"), CANARY)
        named(an_admin(), CANARY)
        named(a_designer(), CANARY)
        text = text_of(manager.get(LIST))
        assert "李教务" in text
        assert "东一社区学校 · 社区学校教务" in text
        for word in (CANARY, "canary", "test-admin", "test-designer"):
            assert word not in text

    def test_somebody_who_moved_is_where_they_work_now(self, manager, clerk):
        another_duty(clerk, Duty.TEACHER, a_college(district="西区"))
        end_duty(membership=Membership.objects.get(user=clerk, duty=Duty.SCHOOL_STAFF), by=None)
        assert "clerk-east" not in text_of(manager.get(LIST))
        assert manager.get(at("account", clerk.pk)).status_code == 404

    def test_somebody_whose_last_duty_was_here_stays(self, manager, clerk):
        end_duty(membership=Membership.objects.get(user=clerk), by=None)
        text = text_of(manager.get(LIST))
        assert "clerk-east" in text
        assert "没有职责" in text

    def test_a_duty_elsewhere_is_not_told(self, manager, clerk):
        another_duty(clerk, Duty.TEACHER, a_college("西边的学院", district="西区"))
        text = text_of(manager.get(LIST)) + text_of(manager.get(at("account", clerk.pk)))
        assert "西边的学院" not in text
        assert "这个人在别处也有职责" in text

    @pytest.mark.parametrize(
        ("asked", "there"),
        [
            ("q=李教", True),
            ("q=clerk-e", True),
            ("q=王", False),
            ("duty=school-staff", True),
            ("duty=teacher", False),
            ("duty=nonsense", True),
            ("organisation=东一", True),
            ("organisation=西", False),
            ("state=in-use", True),
            ("state=no-password", False),
            ("state=disabled", False),
            ("q=李&state=in-use", True),
            ("p=999", True),
        ],
    )
    def test_found_by(self, manager, clerk, asked, there):
        assert ("clerk-east" in text_of(manager.get(f"{LIST}?{asked}"))) is there

    def test_found_by_state(self, manager, clerk):
        clerk.set_unusable_password()
        clerk.save()
        assert "clerk-east" in text_of(manager.get(f"{LIST}?state=no-password"))
        User.objects.filter(pk=clerk.pk).update(is_active=False)
        assert "clerk-east" in text_of(manager.get(f"{LIST}?state=disabled"))
        assert "clerk-east" not in text_of(manager.get(f"{LIST}?state=no-password"))

    def test_taken_away_only_the_branch(self, manager, clerk, stranger):
        file = manager.get(f"{LIST}?export=csv").content.decode()
        assert "clerk-east" in file
        assert "canary" not in file

    @pytest.mark.parametrize("screen", ["list", "account"])
    def test_it_costs_the_same(self, manager, clerk, screen):
        def add(_) -> None:
            another_duty(a_member(Duty.TEACHER, manager.college), Duty.VOLUNTEER, manager.college)

        address = LIST if screen == "list" else at("account", clerk.pk)
        assert of_one_as_of_three(add, lambda: manager.get(address)) <= 15


NUMBERED = [
    "account",
    "account_slip",
    "account_disable",
    "account_enable",
    "account_second_factor",
    "account_duty_new",
]


class TestForeignAccounts:
    @pytest.mark.parametrize("name", NUMBERED)
    def test_they_do_not_exist(self, manager, stranger, name):
        for pk in (stranger.pk, an_admin().pk, a_designer().pk, 999_999, 10**30):
            assert manager.get(at(name, pk)).status_code == 404
            assert manager.post(at(name, pk)).status_code in {404, 405}
        assert User.objects.get(pk=stranger.pk).has_usable_password()

    def test_nor_their_duties(self, manager, clerk, stranger):
        theirs = Membership.objects.get(user=stranger)
        for pk in (stranger.pk, clerk.pk):
            address = at("account_duty_end", pk, theirs.pk)
            assert manager.get(address).status_code == 404
            assert manager.post(address).status_code == 404
        theirs.refresh_from_db()
        assert theirs.ends_on is None

    @pytest.mark.parametrize("duty", [Duty.COLLEGE_STAFF, Duty.TEACHER, Duty.AUDITOR])
    @pytest.mark.parametrize("name", [*NUMBERED, "accounts", "account_new"])
    def test_others_may_not_even_look(self, manager, clerk, duty, name):
        browser = Client()
        browser.force_login(a_member(duty, manager.college))
        address = at(name, *([clerk.pk] if name in NUMBERED else []))
        assert "李教务" not in text_of(browser.get(address))
        assert browser.get(address).status_code in {302, 403}
        assert browser.post(address).status_code in {302, 403}


def new(**values) -> dict:
    return {"name": "周建国", "organisation": "东一社区学校", "duty": Duty.SCHOOL_STAFF.value} | values


class TestOpening:
    NEW = f"{LIST}new/"

    def test_it_leads_to_the_account(self, manager, clerk):
        answer = manager.post(self.NEW, new(), follow=True)
        user = User.objects.get(username="zhoujianguo")
        assert answer.redirect_chain[-1][0] == at("account", user.pk)
        assert "接下来，打印登录单" in text_of(answer)
        assert "还没设密码" in text_of(answer)

    @pytest.mark.parametrize("written", ["东一社区学校", "东一", "code"])
    def test_an_organisation_by_name_part_of_it_or_code(self, manager, clerk, written):
        school = Membership.objects.get(user=clerk).organisation
        assert manager.post(self.NEW, new(organisation=school.code.lower() if written == "code" else written))
        assert Membership.objects.get(user__username="zhoujianguo").organisation == school

    def test_several_that_could_be_meant_are_named(self, manager, clerk):
        a_school(manager.college, "东一二社区学校")
        text = text_of(manager.post(self.NEW, new(organisation="东一")))
        assert "有几个机构都像" in text
        assert "东一二社区学校" in text

    def test_one_of_another_branch_is_not_found(self, manager, clerk, stranger):
        text = text_of(manager.post(self.NEW, new(organisation="西社区学院")))
        assert "没有找到这个机构" in text
        assert 'value="周建国"' in text

    def test_only_duties_one_may_give_are_offered(self, manager):
        text = text_of(manager.get(self.NEW))
        assert 'value="district-manager"' in text
        assert 'value="city-manager"' not in text
        assert 'value="auditor"' not in text
        manager.post(self.NEW, new(organisation="东社区学院", duty="city-manager"))
        assert not User.objects.filter(username="zhoujianguo").exists()

    @pytest.mark.parametrize(
        ("values", "said"),
        [
            ({"name": ""}, "请填姓名"),
            ({"organisation": ""}, "请填机构"),
            ({"duty": ""}, "请选一个职责"),
            ({"duty": Duty.COLLEGE_STAFF.value}, "只能放在"),
            ({"user_name": "clerk-east"}, "这个账号名有人用了"),
            ({"ends_on": "gestern"}, "日期写成"),
            ({"starts_on": "2021-03-02", "ends_on": "2021-03-01"}, "在开始的日子前面"),
        ],
    )
    def test_what_is_wrong_is_said_and_nothing_is_lost(self, manager, clerk, values, said):
        text = text_of(manager.post(self.NEW, new(**values)))
        assert said in text
        assert User.objects.filter(first_name="周建国").count() == 0
        assert 'value="东一社区学校"' in text or values.get("organisation") == ""


def test_ones_own_duties_lead_nowhere(manager):
    page = parsed(manager.get(at("account", manager.user.pk)))
    assert not page.all(".desk-section a")
    assert page.all(".desk-section li")


class TestDeeds:
    def test_disable_and_enable(self, manager, clerk):
        browser = Client()
        browser.force_login(clerk)
        answer = manager.post(at("account_disable", clerk.pk), follow=True)
        assert "停用了" in text_of(answer)
        assert "恢复这个账号" in text_of(answer)
        assert browser.get("/admin/").status_code == 302
        assert "恢复了" in text_of(manager.post(at("account_enable", clerk.pk), follow=True))
        assert User.objects.get(pk=clerk.pk).is_active

    @pytest.mark.parametrize(
        "name",
        ["account_slip", "account_disable", "account_enable", "account_second_factor", "account_duty_new"],
    )
    def test_looking_changes_nothing(self, manager, clerk, name):
        before = User.objects.filter(pk=clerk.pk).values().get()
        entries = AuditEntry.objects.count()
        assert manager.get(at(name, clerk.pk)).status_code == 200
        assert User.objects.filter(pk=clerk.pk).values().get() == before
        assert AuditEntry.objects.count() == entries

    def test_a_refusal_is_shown_in_the_form(self, manager, clerk):
        assert "没有停用" in text_of(manager.post(at("account_enable", clerk.pk)))
        assert "没有设动态码" in text_of(manager.post(at("account_second_factor", clerk.pk)))
        assert "这是您自己的账号" in text_of(manager.post(at("account_disable", manager.user.pk)))

    def test_a_duty_more(self, manager, clerk):
        values = {"organisation": "东社区学院", "duty": Duty.TEACHER.value, "ends_on": "2099-12-31"}
        text = text_of(manager.post(at("account_duty_new", clerk.pk), values, follow=True))
        assert "东社区学院 · 授课教师" in text
        assert "到 2099-12-31" in text

    def test_a_duty_less(self, manager, clerk):
        address = at("account_duty_end", clerk.pk, Membership.objects.get(user=clerk).pk)
        assert "收回“东一社区学校 · 社区学校教务”" in text_of(manager.get(address))
        past = (timezone.localdate() - timedelta(days=3)).isoformat()
        assert "不能在今天前面" in text_of(manager.post(address, {"ends_on": past}))
        assert "现在没有职责" in text_of(manager.post(address, follow=True))

    def test_who_has_left_the_branch_by_that_is_not_shown_again(self, manager, clerk):
        another_duty(clerk, Duty.TEACHER, a_college(district="西区"))
        here = Membership.objects.get(user=clerk, duty=Duty.SCHOOL_STAFF)
        answer = manager.post(at("account_duty_end", clerk.pk, here.pk), follow=True)
        assert answer.redirect_chain == [(LIST, 302)]
        assert "收回了" in text_of(answer)


class TestSlip:
    def printed(self, manager, clerk):
        return manager.post(at("account_slip", clerk.pk))

    def test_everything_a_person_needs_stands_on_it(self, manager, clerk):
        answer = self.printed(manager, clerk)
        text = text_of(answer)
        until = timezone.localtime(timezone.now() + timedelta(days=7))
        for word in (
            "李教务",
            "clerk-east",
            "东一社区学校 · 社区学校教务",
            "不要给别人看",
            "<svg",
            "/admin/",
        ):
            assert word in text
        assert f"{until.year}年{until.month}月{until.day}日" in text
        assert "no-store" in answer["Cache-Control"]
        assert answer["Referrer-Policy"] == "no-referrer"

    def test_its_link_works_once_and_the_one_before_does_not(self, manager, clerk):
        links = [
            re.search(
                r"http://testserver(/first-password/[\w-]+/[\w-]+/)", text_of(self.printed(manager, clerk))
            )[1]
            for _ in range(2)
        ]
        assert Client().get(links[0]).status_code == 410
        browser = Client()
        assert browser.get(links[1]).status_code == 302
        password = "beizi-yuyi-tielu"
        browser.post("/first-password/", {"new_password1": password, "new_password2": password})
        assert browser.post("/admin/login/", {"username": "clerk-east", "password": password})["Location"]
        assert browser.get("/admin/desk/").status_code == 200

    def test_the_old_password_is_told_to_go_and_goes(self, manager, clerk):
        assert "原来的密码马上不能用" in text_of(manager.get(at("account_slip", clerk.pk)))
        self.printed(manager, clerk)
        assert not User.objects.get(pk=clerk.pk).has_usable_password()
        assert "以前打印的就不能用" in text_of(manager.get(at("account_slip", clerk.pk)))

    def test_no_slip_for_somebody_above(self, manager):
        auditor = a_member(Duty.AUDITOR, manager.college)
        answer = self.printed(manager, auditor)
        assert "职责比您高" in text_of(answer)
        assert "first-password" not in text_of(answer)
        assert User.objects.get(pk=auditor.pk).has_usable_password()

    def test_it_is_put_down_without_the_link(self, manager, clerk):
        self.printed(manager, clerk)
        entry = AuditEntry.objects.get(verb=AuditVerb.INVITED)
        assert (entry.by, entry.subject_id, entry.detail) == (manager.user, str(clerk.pk), "")
