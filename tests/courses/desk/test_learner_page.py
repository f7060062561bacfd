"""All about one learner: what is shown to whom, and each thing that is done from there."""

import pytest

from cms.enums import AuditVerb
from cms.models import AuditEntry
from courses.enums import Duty
from courses.models import Learner, LearnerPlace
from courses.services.learners import merge
from tests.factories.classes import a_college, a_learner, a_member, a_school, an_area
from tests.html import parsed
from tests.queries import of_one_as_of_three

pytestmark = pytest.mark.django_db

LIST = "/admin/desk/learners/"
PHONE = "13800001234"
MASKED = "138****1234"
CONTACT = "13800009999"


@pytest.fixture
def school():
    return a_school(a_college("东社区学院", district="东区"), "东一社区学校")


@pytest.fixture
def clerk(logged_in, school):
    """A browser in which the school's clerk is logged in; `.user` is the clerk."""
    return logged_in(Duty.SCHOOL_STAFF, school)


@pytest.fixture
def learner(school):
    learner = a_learner(school, "王秀英", phone=PHONE, area=an_area("田林街道"), contact_name="女儿")
    learner.keep_contact_phone(CONTACT)
    learner.save()
    return learner


def page_of(learner):
    return f"{LIST}{learner.pk}/"


def test_everything_known_is_shown_masked(clerk, learner):
    response = clerk.get(page_of(learner))
    text = response.content.decode()
    for words in (MASKED, "138****9999", "1950", "满了", "田林街道", "女儿", "资料留到", "东一社区学校"):
        assert words in text
    assert PHONE not in text
    assert CONTACT not in text
    assert "no-store" in response["Cache-Control"]


def test_where_else_they_are_known_is_not_told(clerk, learner):
    elsewhere = a_school(a_college("西社区学院", district="西区"), "西一社区学校")
    LearnerPlace.objects.create(learner=learner, organisation=elsewhere)
    a_learner(elsewhere, "金丝雀", phone=PHONE)
    a_learner(elsewhere, "王秀英", phone="13800005555")
    text = clerk.get(page_of(learner)).content.decode()
    assert not any(words in text for words in ("西一社区学校", "金丝雀", "5555"))


def test_household_doubtful_and_merged_ones_are_listed(clerk, learner, school):
    a_learner(school, "陈国强", phone=PHONE)
    a_learner(school, "王秀英", phone="13800005555")
    merge(keep=learner, drop=a_learner(school, "王秀瑛", phone=PHONE), by=clerk.user)
    text = clerk.get(page_of(learner)).content.decode()
    for words in ("陈国强", "138****5555", "王秀瑛", "分开"):
        assert words in text


def test_the_page_costs_the_same(client, learner, school):
    manager = a_member(Duty.DISTRICT_MANAGER, school.guided_by)
    client.force_login(manager)

    def add(each: int) -> None:
        a_learner(school, f"陈{each}", phone=PHONE)
        a_learner(school, "王秀英", phone=f"1380000555{each}")
        merge(keep=learner, drop=a_learner(school, f"李{each}", phone=""), by=manager)
        LearnerPlace.objects.create(learner=learner, organisation=a_school(school.guided_by))

    assert of_one_as_of_three(add, lambda: client.get(page_of(learner))) <= 15


def test_a_merged_one_leads_to_whom_they_count_as(clerk, learner, school):
    drop = a_learner(school, "王方", phone=PHONE)
    merge(keep=learner, drop=drop, by=clerk.user)
    assert clerk.get(page_of(drop)).url == page_of(learner)
    assert clerk.get(f"{page_of(drop)}edit/").status_code == 404


@pytest.mark.parametrize(("which", "number"), [("phone", PHONE), ("contact_phone", CONTACT)])
def test_the_whole_number_is_shown_once_and_put_down(clerk, learner, which, number):
    response = clerk.post(f"{page_of(learner)}phone/", {"which": which})
    assert number in response.content.decode()
    assert AuditEntry.objects.get(verb=AuditVerb.REVEALED).detail == which
    assert number not in clerk.get(page_of(learner)).content.decode()
    assert number not in clerk.get(f"{page_of(learner)}phone/", follow=True).content.decode()


def test_without_a_number_there_is_a_sentence(clerk, school):
    learner = a_learner(school, "李阿婆", phone="")
    assert "看全号" not in clerk.get(page_of(learner)).content.decode()
    response = clerk.post(f"{page_of(learner)}phone/", follow=True)
    assert "没有留电话" in response.content.decode()


def test_who_looked_is_shown_to_those_who_may_see_it(client, learner, school):
    clerk, manager = a_member(Duty.SCHOOL_STAFF, school), a_member(Duty.DISTRICT_MANAGER, school.guided_by)
    client.force_login(clerk)
    client.post(f"{page_of(learner)}phone/")
    assert "谁看过" not in client.get(page_of(learner)).content.decode()
    client.force_login(manager)
    text = client.get(page_of(learner)).content.decode()
    assert "看了全号" in text
    assert "周老师" in text


def a_correction(**values):
    return {"name": "王秀瑛", "birth_year": "1951", "phone": "", "contact_phone": ""} | values


def test_facts_are_corrected_and_numbers_stay(clerk, learner):
    form = parsed(clerk.get(f"{page_of(learner)}edit/"))
    assert form.one("[name=phone]").get("value") is None
    assert MASKED in form.one("#field-phone").get_text()
    response = clerk.post(f"{page_of(learner)}edit/", a_correction(), follow=True)
    assert "改好了" in response.content.decode()
    learner.refresh_from_db()
    assert (learner.name, learner.birth_year) == ("王秀瑛", 1951)
    assert (learner.whole_phone(), learner.whole_contact_phone()) == (PHONE, CONTACT)


def test_numbers_are_changed_and_dropped(clerk, learner):
    form = a_correction(phone="13800005555", forget_contact_phone="on")
    clerk.post(f"{page_of(learner)}edit/", form)
    learner.refresh_from_db()
    assert (learner.whole_phone(), learner.whole_contact_phone()) == ("13800005555", "")


def test_dropping_the_phone_asks_for_the_rest(clerk, learner):
    response = clerk.post(f"{page_of(learner)}edit/", a_correction(forget_phone="on"))
    page = parsed(response)
    assert "打这个勾" in page.one("#field-is_identity_confirmed .desk-wrong").get_text()
    assert "街镇" in page.one("#field-area .desk-wrong").get_text()


def test_who_has_no_number_has_none_to_drop(clerk, school):
    learner = a_learner(school, "李阿婆", phone="", area=an_area(), is_identity_confirmed=True)
    page = parsed(clerk.get(f"{page_of(learner)}edit/"))
    assert not page.all("[name=forget_phone]")


def test_becoming_the_same_as_another_offers_merging(clerk, learner, school):
    other = a_learner(school, "王秀瑛", phone=PHONE)
    response = clerk.post(f"{page_of(learner)}edit/", a_correction())
    assert f'href="{page_of(learner)}merge/{other.pk}/"' in response.content.decode()
    learner.refresh_from_db()
    assert learner.name == "王秀英"


def test_the_other_one_is_found_and_both_are_looked_at(clerk, learner, school):
    a_learner(a_school(), "王秀金丝雀", phone=PHONE)
    near, far = a_learner(school, "王秀英", phone="13800005555"), a_learner(school, "黄秀英", phone="")
    address = f"{page_of(learner)}merge/"
    assert f"{address}{near.pk}/" in clerk.get(address).content.decode()
    found = clerk.post(address, {"words": "黄秀"}).content.decode()
    assert f"{address}{far.pk}/" in found
    assert f"{address}{near.pk}/" not in found
    nobody = clerk.post(address, {"words": "王秀金"}).content.decode()
    assert "一个也没有" in nobody
    assert "金丝雀" not in nobody
    both = clerk.get(f"{address}{near.pk}/").content.decode()
    assert MASKED in both
    assert "138****5555" in both
    assert "不一样" in both


@pytest.mark.parametrize("keeps_the_first", [True, False])
def test_merging_asks_which_stays(clerk, learner, school, keeps_the_first):
    other = a_learner(school, "王秀瑛", phone=PHONE)
    keep, drop = (learner, other) if keeps_the_first else (other, learner)
    response = clerk.post(f"{page_of(learner)}merge/{other.pk}/", {"keep": keep.pk}, follow=True)
    assert response.redirect_chain[0][0] == page_of(keep)
    assert Learner.canonical_of(drop.pk) == keep


def test_merging_with_oneself_or_into_somebody_else_is_refused(clerk, learner, school):
    third = a_learner(school, "王丙", phone=PHONE)
    other = a_learner(school, "王秀瑛", phone=PHONE)
    assert clerk.get(f"{page_of(learner)}merge/{learner.pk}/").status_code == 404
    response = clerk.post(f"{page_of(learner)}merge/{other.pk}/", {"keep": third.pk})
    assert response.status_code == 200
    assert not Learner.objects.exclude(merged_into=None).exists()


def test_a_merge_is_taken_back_from_the_page(clerk, learner, school):
    drop = a_learner(school, "王方", phone=PHONE)
    merge(keep=learner, drop=drop, by=clerk.user)
    response = clerk.post(f"{page_of(drop)}unmerge/", follow=True)
    assert "分开了" in response.content.decode()
    assert Learner.canonical_of(drop.pk) == drop
    assert clerk.post(f"{page_of(drop)}unmerge/").status_code == 404


def test_a_merge_that_cannot_be_taken_back_says_why(clerk, learner, school):
    drop = a_learner(school, "王方", phone=PHONE)
    merge(keep=learner, drop=drop, by=clerk.user)
    a_learner(school, "王方", phone=PHONE)
    response = clerk.post(f"{page_of(drop)}unmerge/", follow=True)
    assert "同姓名、同电话" in response.content.decode()


def test_erasing_asks_for_the_name(clerk, learner):
    address = f"{page_of(learner)}erase/"
    assert "不能恢复" in clerk.get(address).content.decode()
    wrong = clerk.post(address, {"typed_name": "王秀"})
    assert "对不上" in wrong.content.decode()
    right = clerk.post(address, {"typed_name": "王秀英"}, follow=True)
    assert "看不出是谁" in right.content.decode()
    page = clerk.get(page_of(learner)).content.decode()
    assert "删除了" in page
    assert not any(words in page for words in ("王秀英", MASKED, "女儿", "改资料"))


def test_an_erased_one_is_still_audited(client, learner, school):
    client.force_login(a_member(Duty.DISTRICT_MANAGER, school.guided_by))
    client.post(f"{page_of(learner)}erase/", {"typed_name": "王秀英"})
    assert "按本人要求删除" in client.get(page_of(learner)).content.decode()


def test_a_copy_is_printed_for_the_person(clerk, learner):
    text = clerk.post(f"{page_of(learner)}copy/").content.decode()
    for words in ("王秀英", PHONE, CONTACT, "东一社区学校", "/privacy/"):
        assert words in text
    assert AuditEntry.objects.get(verb=AuditVerb.EXPORTED).subject_id == str(learner.pk)


def test_a_copy_is_given_as_a_file(clerk, learner):
    response = clerk.post(f"{page_of(learner)}copy.json")
    assert response.json()["资料"]["电话"] == PHONE
    assert response["Content-Disposition"] == f'attachment; filename="learner-{learner.pk}.json"'
    assert "no-store" in response["Cache-Control"]
    assert clerk.get(f"{page_of(learner)}copy.json").status_code == 405
