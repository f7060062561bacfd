"""机构 in the desk: who sees which, found how, changed how, at what cost."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cms.enums import AuditVerb
from cms.models import AuditEntry
from courses.enums import Contact, Duty, ExternalSystem, TeachingRole
from courses.enums import OrganisationKind as Kind
from courses.models import ExternalId, Organisation
from tests.factories.classes import (
    a_college,
    a_member,
    a_person,
    a_school,
    a_site,
    a_venue,
    an_area,
    the_city,
)
from tests.html import text_of
from tests.queries import of_one_as_of_three

pytestmark = pytest.mark.django_db

LIST = "/admin/desk/organisations/"
FORMS = ("new", "edit", "move", "close", "reopen", "external-ids")
CANARY = "西岸金丝雀"
PHONE, WHOLE = "138****0001", "13800000001"


def page_of(organisation, part="") -> str:
    return f"{LIST}{organisation.pk}/{part}"


@pytest.fixture
def stranger():
    """A school of another branch, with everything that could be seen of it."""
    school = a_school(a_college("西社区学院", district="西区"), f"{CANARY}社区学校")
    school.responsible_name = f"{CANARY}人"
    school.keep_contact_phone(Contact.RESPONSIBLE, WHOLE)
    school.save()
    return school


@pytest.fixture
def school(college):
    school = a_school(college, "东一社区学校")
    school.operator_name = "李专人"
    school.keep_contact_phone(Contact.OPERATOR, WHOLE)
    school.save()
    return school


def test_only_the_own_branch_is_listed(manager, school, stranger):
    text = text_of(manager.get(LIST))
    assert "东一社区学校" in text
    assert CANARY not in text
    assert f"{LIST}{the_city().pk}/" not in text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=东一", {"东一社区学校"}),
        ("q=t", {"东社区学院", "东一社区学校", "东二学习点"}),
        ("kind=learning-site", {"东二学习点"}),
        ("verified=yes", {"东社区学院"}),
        ("verified=no", {"东一社区学校", "东二学习点"}),
        ("state=closed", {"东二学习点"}),
        ("state=open", {"东社区学院", "东一社区学校"}),
        ("district=000000&kind=nonsense&state=%00&p=x", {"东社区学院", "东一社区学校", "东二学习点"}),
        ("q=没有这家", set()),
    ],
)
def test_filters(manager, college, school, query, found):
    site = a_site(school, "东二学习点")
    site.closed_on = timezone.localdate()
    site.save()
    Organisation.objects.filter(pk=college.pk).update(is_name_verified=True)
    rows = manager.get(f"{LIST}?{query}").context["part"].object_list
    assert {each.name for each in rows} == found


def test_a_district_is_filtered_with_its_townships(city, school, stranger):
    district = school.area.parent
    rows = city.get(f"{LIST}?district={district.code}").context["part"].object_list
    assert {each.name for each in rows} == {"东社区学院", "东一社区学校"}


@pytest.mark.parametrize("part", ["", *(f"{form}/" for form in FORMS)])
def test_another_branch_is_not_there(manager, stranger, part):
    for address in (page_of(stranger, part), page_of(the_city(), part), f"{LIST}{10**30}/{part}"):
        response = manager.get(address)
        assert response.status_code == 404
        assert CANARY not in response.content.decode()
    for organisation in (stranger, the_city()):
        before = AuditEntry.objects.count()
        assert manager.post(page_of(organisation, part), {"name": "抢"}).status_code in {404, 405}
        assert AuditEntry.objects.count() == before


def test_the_page_tells_what_is_known(manager, college, school):
    school.kind_name, school.address, school.source = "社区（老年）学校", "田林路 1 号", "官网"
    school.save()
    ExternalId.objects.create(organisation=school, system=ExternalSystem.SERVICE_POINT, number="FW-1")
    text = text_of(manager.get(page_of(school)))
    for words in (
        "社区（老年）学校",
        "田林路 1 号",
        "官网",
        "名称待核对",
        "随申学 服务点 FW-1",
        f"李专人 {PHONE}",
    ):
        assert words in text
    assert WHOLE not in text
    assert f'<a href="{page_of(college)}">东社区学院</a>' in text


def test_the_line_above_the_branch_is_named_but_leads_nowhere(logged_in, college, school):
    site = a_site(school)
    text = text_of(logged_in(Duty.SCHOOL_STAFF, school).get(page_of(site)))
    assert page_of(school) in text
    assert "东社区学院" in text
    assert page_of(college) not in text


def test_the_page_shows_one_level_below(manager, college, school):
    site = a_site(school, "东二学习点")
    a_site(school)
    text = text_of(manager.get(page_of(college)))
    assert "下面的机构（1 家）" in text
    assert "社区学校，下面 2 家" in text
    assert page_of(site) not in text
    assert page_of(site) in text_of(manager.get(page_of(school)))


def test_many_below_come_in_pages(manager, college):
    for _ in range(51):
        a_school(college)
    first = manager.get(page_of(college)).context["parts"][0]
    second = manager.get(page_of(college, "?p=2")).context["parts"][0]
    assert (len(first.lines), len(second.lines)) == (50, 1)
    assert not {url for _, url, _ in first.lines} & {url for _, url, _ in second.lines}


def test_people_and_venues_are_counted_to_who_may_know(manager, logged_in, school):
    a_venue(school, "一号活动室")
    a_venue(school, "旧活动室", closed_on=timezone.localdate())
    for role in (TeachingRole.TEACHER, TeachingRole.VOLUNTEER, TeachingRole.VOLUNTEER):
        a_person(school, role=role)
    a_person(school, left_on=timezone.localdate())
    a_member(Duty.TEACHER, school)
    text = text_of(manager.get(page_of(school)))
    for words in ("1 位", "2 位", "1 个", "一号活动室"):
        assert words in text
    assert "旧活动室" not in text
    assert "登录账号" not in text_of(logged_in(Duty.SCHOOL_STAFF, school).get(page_of(school)))


@pytest.mark.parametrize(("part", "most"), [(None, 15), ("", 10), ("edit/", 15)])
def test_what_screens_cost(manager, college, school, part, most):
    """The list, the tree, the longest form."""

    def add(number: int) -> None:
        a_site(school)
        a_school(college)
        a_venue(college)
        ExternalId.objects.create(organisation=college, system=ExternalSystem.OTHER, number=f"A{number}")

    address = LIST if part is None else page_of(college, part)
    assert of_one_as_of_three(add, lambda: text_of(manager.get(address))) <= most


def test_a_whole_number_is_shown_once_and_put_down(manager, school):
    address = page_of(school, "phone/operator/")
    assert WHOLE not in manager.get(address, follow=True).content.decode()
    assert WHOLE in text_of(manager.post(address))
    assert WHOLE not in text_of(manager.get(page_of(school)))
    assert AuditEntry.objects.get(verb=AuditVerb.REVEALED).by == manager.user


def test_no_whole_number_of_another_branch_nor_of_nobody(manager, stranger, school):
    assert manager.post(page_of(stranger, "phone/responsible/")).status_code == 404
    assert manager.post(page_of(school, "phone/nobody/")).status_code == 404
    assert not AuditEntry.objects.filter(verb=AuditVerb.REVEALED).exists()


def test_an_auditor_looks_and_is_offered_nothing(logged_in, college, school):
    auditor = logged_in(Duty.AUDITOR, college)
    text = text_of(auditor.get(page_of(school)))
    assert "看专人全号" not in text
    assert not any(page_of(school, f"{form}/") in text for form in FORMS)
    for form in FORMS:
        assert auditor.get(page_of(school, f"{form}/")).status_code == 302


def filled(**values) -> dict:
    area = an_area(district="东区")
    return {"kind": Kind.COMMUNITY_SCHOOL, "name": "东三社区学校", "code": "d-3", "area": area.code} | values


def test_a_new_one_is_made_below(clerk, college):
    response = clerk.post(
        page_of(college, "new/"), filled(operator_name="王", operator_phone="138 0000 0001")
    )
    made = Organisation.objects.get(code="D-3")
    assert response.url == page_of(made)
    assert made.guided_by == college
    assert made.whole_contact_phone("operator") == WHOLE


def test_the_new_form_offers_lower_levels_only(clerk, college, school):
    assert 'value="community-college"' not in text_of(clerk.get(page_of(college, "new/")))
    assert 'value="community-school"' not in text_of(clerk.get(page_of(school, "new/")))
    assert clerk.get(page_of(a_site(school), "new/")).status_code == 404


@pytest.mark.parametrize(
    ("values", "field", "words"),
    [
        ({"name": ""}, "name", "这一项要填。"),
        ({"code": "东"}, "code", "机构代码只用"),
        ({"area": "0"}, "area", "在名单里选"),
        ({"operator_phone": "1380000"}, "operator_phone", "少了 4 个数字"),
        ({"public_phone": "abc"}, "public_phone", "只写数字"),
        ({"kind": "community-college"}, "kind", "选"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_nothing_is_lost(clerk, college, values, field, words):
    response = clerk.post(page_of(college, "new/"), filled(address="田林路 9 号", **values))
    text = text_of(response)
    assert words in response.context["form"].errors[field][0]
    assert "田林路 9 号" in text
    assert not Organisation.objects.filter(code="D-3").exists()


def test_a_refusal_of_the_service_stands_beside_its_field(clerk, college, school):
    response = clerk.post(page_of(college, "new/"), filled(code=school.code))
    assert response.context["form"].errors["code"] == ["这个机构代码已经有人用了，请换一个。"]


def test_a_hotline_may_stand_on_posters(clerk, college):
    clerk.post(page_of(college, "new/"), filled(public_phone="12345"))
    assert Organisation.objects.get(code="D-3").public_phone == "12345"


def test_the_edit_form_keeps_the_number_nobody_sees(clerk, school):
    form = text_of(clerk.get(page_of(school, "edit/")))
    assert f"现在是 {PHONE}" in form
    assert WHOLE not in form
    values = filled(name="东一学校", code=school.code, operator_name="李专人")
    assert clerk.post(page_of(school, "edit/"), values).status_code == 302
    school.refresh_from_db()
    assert (school.name, school.whole_contact_phone("operator")) == ("东一学校", WHOLE)
    clerk.post(page_of(school, "edit/"), values | {"operator_phone": "无"})
    school.refresh_from_db()
    assert school.whole_contact_phone("operator") == ""


@pytest.mark.parametrize("written", ["代码", "东四社区学校", "东四"])
def test_a_new_guide_is_found_by_code_or_name(clerk, college, school, written):
    site, above = a_site(school), a_school(college, "东四社区学校")
    typed = above.code.lower() if written == "代码" else written
    assert clerk.post(page_of(site, "move/"), {"guided_by": typed}).url == page_of(site)
    site.refresh_from_db()
    assert site.guided_by == above


@pytest.mark.parametrize(
    ("typed", "words"), [("没有这家", "没有找到"), ("社区学校", "不止一家"), (CANARY, "没有找到")]
)
def test_a_guide_that_is_not_clear_is_asked_for_again(clerk, college, school, stranger, typed, words):
    site = a_site(school)
    a_school(college, "东四社区学校")
    response = clerk.post(page_of(site, "move/"), {"guided_by": typed})
    assert words in response.context["form"].errors["guided_by"][0]
    assert f"{CANARY}社区学校" not in response.content.decode()


def test_closing_is_refused_in_words_and_then_done(clerk, school):
    site = a_site(school)
    text = text_of(clerk.post(page_of(school, "close/"), {"on": timezone.localdate()}))
    assert "下面还有 1 家机构在办" in text
    for each in (site, school):
        assert clerk.post(page_of(each, "close/"), {"on": timezone.localdate()}).status_code == 302
    text = text_of(clerk.get(page_of(school)))
    assert "停办，名称待核对" in text
    assert page_of(school, "reopen/") in text
    assert page_of(school, "new/") not in text
    assert clerk.post(page_of(school, "reopen/")).status_code == 302
    school.refresh_from_db()
    assert school.closed_on is None


def test_one_may_close_later(clerk, school):
    day = timezone.localdate() + timedelta(days=30)
    clerk.post(page_of(school, "close/"), {"on": day})
    school.refresh_from_db()
    assert school.closed_on == day


def test_numbers_of_other_systems_are_set_apart_by_commas(clerk, school):
    address = page_of(school, "external-ids/")
    clerk.post(address, {"service-point": "A1，A2、A3", "other": "x y"})
    assert sorted(school.external_ids.values_list("system", "number")) == [
        *(("other", number) for number in "xy"),
        *(("service-point", f"A{number}") for number in "123"),
    ]
    assert "A1，A2，A3" in text_of(clerk.get(address))
    text = text_of(clerk.post(address, {"service-point": "A" * 61}))
    assert "一个编号最多 60 个字" in text
