"""学员 in the desk: the list and its filters, registering with its second look, and what nobody may reach."""

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
NEW = f"{LIST}new/"
SUGGEST = f"{LIST}suggest/"
PHONE = "13800001234"
MASKED = "138****1234"


@pytest.fixture
def school():
    return a_school(a_college("东社区学院", district="东区"), "东一社区学校")


@pytest.fixture
def clerk(logged_in, school):
    """A browser in which the school's clerk is logged in; `.user` is the clerk."""
    return logged_in(Duty.SCHOOL_STAFF, school)


@pytest.fixture
def canary():
    """A learner of another district."""
    school = a_school(a_college("西社区学院", district="西区"), "西一社区学校")
    return a_learner(school, "金丝雀", phone="13800009876", contact_name="金家女儿")


def rows(response):
    return [row.get_text(" ", strip=True) for row in parsed(response).all("tbody tr")]


def names(response):
    return [cell.get_text(strip=True) for cell in parsed(response).all("tbody th")]


def test_the_own_learners_are_listed_masked(clerk, school, canary):
    a_learner(school, "王秀英", phone=PHONE, area=an_area("田林街道"))
    LearnerPlace.objects.create(
        learner=Learner.objects.get(name="王秀英"), organisation=canary.places.get().organisation
    )
    response = clerk.get(LIST)
    assert rows(response) == [f"王秀英 {MASKED} 1950 测试区田林街道 东一社区学校"]
    assert PHONE not in response.content.decode()


def test_an_empty_list_says_what_to_do(clerk):
    assert "点“登记学员”" in clerk.get(LIST).content.decode()


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("q=王秀", ["王秀英"]),
        ("q=1234", ["王秀英"]),
        ("q=13800001234", []),
        ("q=秀英", []),
        ("district=D1", ["王秀英"]),
        ("decade=1950", ["王秀英"]),
        ("senior=yes", ["李阿婆", "王秀英"]),
        ("senior=no", ["小年轻"]),
        ("senior=unknown", ["不知道"]),
        ("special=no-phone", ["不知道", "李阿婆"]),
        ("special=twice", []),
        ("organisation=东一", ["不知道", "小年轻", "李阿婆", "王秀英"]),
        ("organisation=西一", []),
        ("decade=abc&senior=x", ["不知道", "小年轻", "李阿婆", "王秀英"]),
    ],
)
def test_filters_find(clerk, school, canary, asked, expected):
    street = an_area("田林街道")
    type(street).objects.filter(pk=street.parent_id).update(code="D1")
    a_learner(school, "王秀英", phone=PHONE, area=street)
    a_learner(school, "李阿婆", phone="", birth_year=None, says_senior=True)
    a_learner(school, "小年轻", phone="13800004444", birth_year=1999)
    a_learner(school, "不知道", phone="", birth_year=None)
    assert sorted(names(clerk.get(f"{LIST}?{asked}"))) == sorted(expected)


def test_a_street_and_the_doubtful_ones_are_found(clerk, school):
    street = an_area("田林街道")
    for phone in (PHONE, "13800004444"):
        a_learner(school, "王秀英", phone=phone, area=street)
    a_learner(school, "李阿婆", phone="")
    a_learner(school, "陈国强", phone="13800006666", area=an_area("康健街道"))
    both = f"{LIST}?district={street.parent.code}"
    assert len(names(clerk.get(both))) == 3
    assert names(clerk.get(f"{both}&area={street.pk}")) == ["王秀英", "王秀英"]
    assert names(clerk.get(f"{LIST}?special=twice")) == ["王秀英", "王秀英"]


@pytest.mark.parametrize("kind", ["export=csv", "print=1"])
def test_what_is_taken_away_is_masked_and_put_down(clerk, school, canary, kind):
    a_learner(school, "王秀英", phone=PHONE)
    text = clerk.get(f"{LIST}?{kind}").content.decode()
    assert MASKED in text
    assert PHONE not in text
    assert "金丝雀" not in text
    assert AuditEntry.objects.filter(detail="learners 1").count() == 1


@pytest.mark.parametrize("question", ["", "?special=twice&organisation=东"])
def test_the_list_costs_the_same(clerk, school, question):
    def add(each: int) -> None:
        a_learner(school, phone=f"1380000000{each}", area=an_area())
        a_learner(school, phone=f"1380000001{each}", area=an_area())

    assert of_one_as_of_three(add, lambda: clerk.get(f"{LIST}{question}")) <= 15


def a_form(school, **values):
    return {"organisation": school.pk, "name": "王秀英", "phone": PHONE, "birth_year": "1950"} | values


def test_somebody_is_registered(clerk, school):
    response = clerk.post(NEW, a_form(school, contact_name="女儿", contact_phone="62345678"), follow=True)
    learner = Learner.objects.get()
    assert response.redirect_chain[0][0] == f"{LIST}{learner.pk}/"
    assert "登记好了" in response.content.decode()
    assert learner.places.get().organisation == school


def test_wrong_facts_stand_beside_their_fields_and_nothing_is_lost(clerk, school):
    response = clerk.post(NEW, a_form(school, phone="1380000123", birth_year="50"))
    page = parsed(response)
    assert "少了 1 个数字" in page.one("#field-phone").get_text()
    assert "比如 1950" in page.one("#field-birth_year").get_text()
    assert page.one("[name=name]")["value"] == "王秀英"


def test_who_may_be_meant_is_shown_before_anything_is_saved(clerk, school, canary):
    there = a_learner(school, "王秀英", phone="13800004444")
    response = clerk.post(NEW, a_form(school))
    text = response.content.decode()
    assert "138****4444" in text
    assert "还没有保存" in text
    assert Learner.objects.filter(name="王秀英").count() == 1
    assert parsed(response).one("[name=seen]")["value"] == str(there.pk)
    again = clerk.post(NEW, a_form(school, seen=str(there.pk)), follow=True)
    assert "登记好了" in again.content.decode()
    assert Learner.objects.filter(name="王秀英").count() == 2


def test_another_name_is_looked_at_again(clerk, school):
    one, other = (
        a_learner(school, "王秀英", phone="13800004444"),
        a_learner(school, "李阿婆", phone="13800005555"),
    )
    response = clerk.post(NEW, a_form(school, name="李阿婆", seen=str(one.pk)))
    assert parsed(response).one("[name=seen]")["value"] == str(other.pk)


def test_the_same_person_is_said_to_be_there_already(clerk, school, canary):
    place = canary.places.get().organisation
    form = a_form(school, name="金丝雀", phone="13800009876", birth_year="1950")
    response = clerk.post(NEW, form, follow=True)
    text = response.content.decode()
    assert "没有重复登记" in text
    assert place.name not in text


def test_the_household_is_counted(clerk, school):
    there = a_learner(school, "陈国强", phone=PHONE)
    text = clerk.post(NEW, a_form(school, seen=str(there.pk)), follow=True).content.decode()
    assert "还有 1 位，是一家人" in text


def test_the_one_meant_becomes_known_here_too(client, school):
    other = a_school(school.guided_by)
    client.force_login(a_member(Duty.COLLEGE_STAFF, school.guided_by))
    learner = a_learner(school)
    response = client.post(f"{LIST}{learner.pk}/known/", {"organisation": other.pk})
    assert response.url == f"{LIST}{learner.pk}/"
    assert learner.places.count() == 2


@pytest.mark.parametrize("organisation", ["", "abc", "999999", "9" * 30])
def test_nobody_becomes_known_at_an_organisation_out_of_sight(clerk, school, canary, organisation):
    learner = a_learner(school)
    assert clerk.post(f"{LIST}{learner.pk}/known/", {"organisation": organisation}).status_code == 404
    there = canary.places.get().organisation_id
    assert clerk.post(f"{LIST}{learner.pk}/known/", {"organisation": there}).status_code == 404
    assert learner.places.count() == 1


def test_only_own_organisations_can_be_chosen(clerk, school, canary):
    page = parsed(clerk.get(NEW))
    assert [option["value"] for option in page.all("[name=organisation] option")] == [str(school.pk)]
    response = clerk.post(NEW, a_form(school, organisation=canary.places.get().organisation_id))
    assert response.status_code == 200
    assert not Learner.objects.filter(name="王秀英").exists()


def test_a_branch_too_large_to_choose_from_takes_the_own_organisation(clerk, school, monkeypatch):
    monkeypatch.setattr("courses.forms.learners.MOST_ORGANISATIONS", 0)
    options = parsed(clerk.get(NEW)).all("[name=organisation] option")
    assert [option["value"] for option in options] == [str(school.pk)]


def test_the_type_ahead_answers_in_json(clerk, school, canary):
    learner = a_learner(school, "王秀英", phone=PHONE)
    found = clerk.post(SUGGEST, {"words": "王秀"}).json()["learners"]
    assert found == [
        {"id": learner.pk, "name": "王秀英", "about": f"{MASKED}，1950 年生", "url": f"{LIST}{learner.pk}/"}
    ]
    assert clerk.post(SUGGEST, {"words": "金丝雀"}).json() == {"learners": []}
    assert clerk.post(SUGGEST, {"words": "9876"}).json() == {"learners": []}
    assert clerk.post(SUGGEST).json() == {"learners": []}


def test_what_is_typed_never_stands_in_an_address(clerk):
    assert clerk.get(SUGGEST, {"words": "王秀英"}).status_code == 405
    assert parsed(clerk.get(LIST)).one("[name=q]")["pattern"]


WAYS = ["", "edit/", "merge/", "merge/{own}/", "erase/"]
DEEDS = ["edit/", "known/", "phone/", "copy/", "copy.json", "merge/", "merge/{own}/", "unmerge/", "erase/"]


@pytest.mark.parametrize("way", WAYS)
def test_a_learner_of_another_district_does_not_exist(clerk, school, canary, way):
    own = a_learner(school)
    response = clerk.get(f"{LIST}{canary.pk}/{way.format(own=own.pk)}")
    assert response.status_code == 404
    assert "金丝雀" not in response.content.decode()
    assert clerk.get(f"{LIST}{own.pk}/merge/{canary.pk}/").status_code == 404
    assert clerk.get(f"{LIST}{10**30}/{way.format(own=own.pk)}").status_code == 404


@pytest.mark.parametrize("way", DEEDS)
def test_nothing_is_done_to_a_learner_of_another_district(clerk, school, canary, way):
    own, before = a_learner(school), Learner.objects.filter(pk=canary.pk).values().get()
    values = {
        "organisation": school.pk,
        "name": "甲",
        "typed_name": "金丝雀",
        "keep": canary.pk,
        "words": "金丝",
    }
    response = clerk.post(f"{LIST}{canary.pk}/{way.format(own=own.pk)}", values)
    assert response.status_code == 404
    assert "金丝雀" not in response.content.decode()
    assert Learner.objects.filter(pk=canary.pk).values().get() == before
    assert clerk.post(f"{LIST}{own.pk}/merge/{canary.pk}/", {"keep": own.pk}).status_code == 404
    assert not Learner.objects.exclude(merged_into=None).exists()


@pytest.mark.parametrize("way", ["new/", "{pk}/edit/", "{pk}/merge/", "{pk}/erase/"])
def test_an_auditor_looks_and_changes_nothing(client, school, way):
    client.force_login(a_member(Duty.AUDITOR, school.guided_by))
    learner = a_learner(school, "王秀英", phone=PHONE)
    assert MASKED in client.get(LIST).content.decode()
    page = client.get(f"{LIST}{learner.pk}/").content.decode()
    assert MASKED in page
    assert not any(words in page for words in ("看全号", "改资料", "按本人要求删除", "打印一份"))
    assert client.get(LIST + way.format(pk=learner.pk)).status_code in {302, 403}
    for deed in DEEDS:
        assert client.post(f"{LIST}{learner.pk}/{deed.format(own=learner.pk)}").status_code in {302, 403}
    learner.refresh_from_db()
    assert learner.name == "王秀英"


@pytest.mark.parametrize("duty", [Duty.TEACHER, Duty.VOLUNTEER])
def test_who_has_no_right_sees_nobody(client, school, duty):
    client.force_login(a_member(duty, school))
    a_learner(school, "王秀英")
    response = client.get(LIST, follow=True)
    assert "王秀英" not in response.content.decode()


def test_a_merged_learner_is_not_listed(clerk, school):
    keep, drop = a_learner(school, "王芳"), a_learner(school, "王方")
    merge(keep=keep, drop=drop, by=clerk.user)
    assert names(clerk.get(LIST)) == ["王芳"]
    assert AuditEntry.objects.filter(verb=AuditVerb.MERGED).exists()
