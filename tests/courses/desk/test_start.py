"""The desk's first page, its menu, and changing the identity one works under."""

import pytest

from cms.enums import AuditVerb
from cms.models import AuditEntry, User
from courses.desk.menu import ITEMS, items_for
from courses.enums import Duty, OrganisationKind
from courses.models import acting_membership
from courses.rules.duties import KINDS
from tests.factories.classes import a_college, a_member, a_person, a_school, a_site, another_duty, the_city
from tests.factories.people import a_designer
from tests.html import parsed

pytestmark = pytest.mark.django_db

START, IDENTITIES = "/admin/desk/", "/admin/desk/identities/"
EVERYTHING = [item.label for item in ITEMS]
STAFF = [
    "班级",
    "周课表",
    "报名",
    "看板",
    "学员",
    "电话名单",
    "回访",
    "通知",
    "场地",
    "教师",
    "志愿者",
    "机构",
]
TEACHING = ["班级", "周课表", "场地"]
SEEN = {
    Duty.CITY_MANAGER: EVERYTHING,
    Duty.DISTRICT_MANAGER: [*STAFF, "账号", "操作记录"],
    Duty.COLLEGE_STAFF: STAFF,
    Duty.SCHOOL_STAFF: STAFF,
    Duty.TEACHER: TEACHING,
    Duty.VOLUNTEER: TEACHING,
    Duty.AUDITOR: [*STAFF, "操作记录"],
}
PLACES = {
    OrganisationKind.CITY: the_city,
    OrganisationKind.COMMUNITY_COLLEGE: a_college,
    OrganisationKind.COMMUNITY_SCHOOL: a_school,
    OrganisationKind.LEARNING_SITE: a_site,
}


def a_place_for(duty: Duty):
    """Make an organisation at which the duty can be held."""
    return next(make for kind, make in PLACES.items() if kind in KINDS[duty])()


@pytest.mark.parametrize("duty", Duty)
def test_each_sees_what_their_duty_allows_and_only_that_opens(logged_in, duty):
    browser = logged_in(duty, a_place_for(duty))
    assert [item.label for item in items_for(browser.user)] == SEEN[duty]
    page = parsed(browser.get(START))
    assert [each.text for each in page.all(".desk-lines strong")] == SEEN[duty]
    for item in ITEMS:
        assert browser.get(item.url).status_code == (200 if item.label in SEEN[duty] else 302), item.label


@pytest.mark.parametrize("duty", Duty)
def test_the_side_bar_offers_the_same(logged_in, duty):
    text = logged_in(duty, a_place_for(duty)).get(START).content.decode()
    for item in ITEMS:
        assert (f'"desk-{item.name}"' in text) == (item.label in SEEN[duty]), item.label


def test_without_a_duty_there_is_no_desk(client):
    client.force_login(a_designer())
    assert '"desk"' not in client.get("/admin/").content.decode()
    for address in (START, IDENTITIES):
        assert client.get(address).status_code == 302
    assert items_for(User.objects.create_superuser("test-root")) == []


def test_a_duty_that_ended_closes_the_desk(logged_in, college, time_machine):
    browser = logged_in(Duty.COLLEGE_STAFF, college)
    membership = acting_membership(browser.user)
    membership.ends_on = membership.starts_on
    membership.save()
    assert browser.get(START).status_code == 200
    time_machine.move_to(f"{membership.ends_on.year + 1}-01-01 09:00+08:00")
    browser.force_login(browser.user)
    assert browser.get(START).status_code == 302


def test_an_identity_is_changed_by_a_button(clerk, college):
    school = a_school(a_college("西社区学院", district="西区"), "西一社区学校")
    other = another_duty(clerk.user, Duty.TEACHER, school)
    page = parsed(clerk.get(IDENTITIES))
    assert [each.text for each in page.all(".desk-lines strong")] == ["正在用"]
    assert page.one(".desk-lines form input[name=membership]")["value"] == str(other.pk)
    response = clerk.post(IDENTITIES, {"membership": other.pk}, follow=True)
    assert "您现在是：西一社区学校 · 授课教师。" in response.content.decode()
    assert clerk.get(f"/admin/desk/organisations/{college.pk}/").status_code == 302


@pytest.mark.parametrize("which", ["somebody else's", "nonsense", "nothing"])
def test_an_identity_that_is_not_mine_is_refused(clerk, college, which):
    foreign = acting_membership(a_member(Duty.CITY_MANAGER, the_city()))
    sent = {"somebody else's": {"membership": foreign.pk}, "nonsense": {"membership": "x"}, "nothing": {}}
    response = clerk.post(IDENTITIES, sent[which], follow=True)
    assert "这个身份不是您的" in response.content.decode()
    assert acting_membership(clerk.user).organisation == college
    assert not AuditEntry.objects.filter(verb=AuditVerb.SWITCHED).exists()


def test_changing_the_identity_is_offered_to_who_has_several(clerk, college):
    assert "换身份" not in clerk.get(START).content.decode()
    old = another_duty(clerk.user, Duty.TEACHER, a_school(college))
    assert IDENTITIES in clerk.get(START).content.decode()
    old.starts_on = old.ends_on = "2020-01-01"
    old.save()
    assert "换身份" not in clerk.get(START).content.decode()


def test_ones_record_is_offered_to_who_has_one(clerk, college):
    assert "我的登记" not in clerk.get(START).content.decode()
    person = a_person(college)
    person.user = clerk.user
    person.save()
    assert "我的登记" in clerk.get(START).content.decode()


@pytest.mark.parametrize(
    ("duty", "said"), [(Duty.TEACHER, "看班级和课次。"), (Duty.COLLEGE_STAFF, "开班、公布")]
)
def test_who_may_only_look_is_not_told_of_more(logged_in, college, duty, said):
    lines = parsed(logged_in(duty, college).get(START)).all(".desk-lines li")
    assert said in lines[0].text


def test_identities_that_ended_are_not_offered(clerk, college):
    old = another_duty(clerk.user, Duty.TEACHER, a_school(college, "旧社区学校"))
    old.starts_on = old.ends_on = "2020-01-01"
    old.save()
    assert "旧社区学校" not in clerk.get(IDENTITIES).content.decode()


def test_what_the_first_page_costs(clerk, django_assert_max_num_queries):
    for address in (START, IDENTITIES):
        with django_assert_max_num_queries(10):
            clerk.get(address)
