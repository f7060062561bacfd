"""教师 and 志愿者 in the desk: found by what one asks of them, changed by who may, nobody else's ever shown."""

import io
import re
from datetime import date

import pytest
import time_machine
from openpyxl import load_workbook

from cms.enums import AuditVerb
from cms.models import AuditEntry
from courses.enums import Duty, QualificationKind, TeachingRole
from courses.models import Qualification, TeachingPerson
from tests.factories.classes import a_college, a_member, a_person, a_school
from tests.queries import of_one_as_of_three

pytestmark = pytest.mark.django_db

TEACHERS, VOLUNTEERS, PEOPLE = "/admin/desk/teachers/", "/admin/desk/volunteers/", "/admin/desk/people/"
PHONE = "13800001234"
CANARY = "金丝雀"
DAY = date(2021, 3, 1)


@pytest.fixture
def school():
    return a_school(a_college(district="东区"), "东一社区学校")


@pytest.fixture
def clerk(logged_in, school):
    """A browser in which somebody of the school is logged in."""
    return logged_in(Duty.SCHOOL_STAFF, school)


@pytest.fixture
def auditor(client, school):
    client.force_login(a_member(Duty.AUDITOR, school.guided_by))
    return client


@pytest.fixture
def stranger():
    """A volunteer of another branch, with all there can be."""
    person = a_person(a_school(a_college(district="西区")), CANARY, phone=PHONE, listed_consent_on=DAY)
    person.qualifications.create(kind=QualificationKind.SAFETY_QUIZ, passed_on=DAY)
    person.user = a_member(Duty.VOLUNTEER, person.organisation)
    person.save()
    return person


def text(response) -> str:
    return response.content.decode()


def names(browser, address=VOLUNTEERS, **filters) -> set[str]:
    """Return whose rows the list shows."""
    found = text(browser.get(address, filters))
    return {name for name in TeachingPerson.objects.values_list("name", flat=True) if f">{name}</a>" in found}


def a_form(school, **values) -> dict:
    """Return what the form for a volunteer posts."""
    return {
        "organisation": f"{school.name}（{school.code}）",
        "name": "王芳",
        "phone": "138-0000-1234",
        "scenarios": ["healthcare", "safety"],
        "speaks_mandarin": "on",
        "free": ["1-morning", "3-afternoon"],
    } | values


def test_each_role_has_its_list_with_words_and_no_whole_number(clerk, school):
    person = a_person(school, "王芳", phone=PHONE, speaks_shanghainese=True)
    person.scenarios.create(scenario="healthcare")
    person.availabilities.create(weekday=1, half_day="morning")
    a_person(school, "周老师", role=TeachingRole.TEACHER)
    found = text(clerk.get(VOLUNTEERS))
    for words in (
        "王芳",
        "就医",
        "普通话、上海话",
        "周一上午",
        "缺服务手册、安全小测验",
        "138****1234",
        person.number,
    ):
        assert words in found
    assert "周老师" not in found
    assert PHONE not in found
    assert names(clerk, TEACHERS) == {"周老师"}


def test_nobody_of_another_branch_is_listed_exported_or_found(clerk, stranger):
    for query in (
        {},
        {"left": "all"},
        {"q": CANARY},
        {"q": stranger.number},
        {"export": "csv"},
        {"print": "1"},
    ):
        found = text(clerk.get(VOLUNTEERS, query))
        assert f">{CANARY}</a>" not in found, query
        assert f"{CANARY}," not in found, query
        assert f"{PEOPLE}{stranger.pk}/" not in found, query


def test_filters_find_by_what_one_asks(clerk, school):
    other = a_school(school.guided_by, "东二社区学校")
    clerk.force_login(a_member(Duty.COLLEGE_STAFF, school.guided_by))
    fang = a_person(school, "王 芳", speaks_shanghainese=True)
    fang.scenarios.create(scenario="healthcare")
    ming = a_person(other, "李明")
    ming.availabilities.create(weekday=2, half_day="evening")
    gone = a_person(school, "陈静", left_on=DAY)
    future = a_person(school, "赵远", left_on=date(2999, 1, 1))
    everybody = {fang.name, ming.name, future.name}
    assert names(clerk) == everybody
    assert names(clerk, q="王　芳") == {fang.name}
    assert names(clerk, q=ming.number.lower()) == {ming.name}
    assert names(clerk, scenario="healthcare") == {fang.name}
    assert names(clerk, speaks="shanghainese") == {fang.name}
    assert names(clerk, free="2-evening") == {ming.name}
    assert names(clerk, at="东二") == {ming.name}
    assert names(clerk, left="gone") == {gone.name}
    assert names(clerk, left="all") == everybody | {gone.name}
    # What makes no sense is as good as empty.
    assert names(clerk, free="9-night", scenario="cooking", state="x", left="x") == everybody


def test_the_state_of_qualifications_is_found_and_said(clerk, school):
    complete, expired, missing = (a_person(school, name) for name in ("齐全", "到期", "没有"))
    for person, until in ((complete, None), (expired, DAY)):
        person.qualifications.create(kind=QualificationKind.HANDBOOK_READ, passed_on=DAY, edition=1)
        person.qualifications.create(kind=QualificationKind.SAFETY_QUIZ, passed_on=DAY, valid_until=until)
    assert names(clerk, state="complete") == {complete.name}
    assert names(clerk, state="expired") == {expired.name}
    assert names(clerk, state="missing") == {missing.name}
    page = text(clerk.get(f"{PEOPLE}{expired.pk}/"))
    assert "安全小测验过期了" in page
    assert "（过期了）" in page
    assert "（过期了）" not in text(clerk.get(f"{PEOPLE}{complete.pk}/"))


def test_empty_and_nothing_found_are_two_sentences(clerk):
    assert "您这里还没有登记志愿者。" in text(clerk.get(VOLUNTEERS))
    assert "您这里还没有登记教师。" in text(clerk.get(TEACHERS))
    assert "少选一个条件" in text(clerk.get(VOLUNTEERS, {"q": "没有这个人"}))


def test_the_export_is_safe_masked_and_put_down(clerk, school):
    a_person(school, "=HYPERLINK(1)", phone=PHONE)
    answer = clerk.get(VOLUNTEERS, {"export": "xlsx"})
    rows = list(load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True))
    assert rows[1][0] == "'=HYPERLINK(1)"
    assert "138****1234" in rows[1]
    assert PHONE not in str(rows)
    entry = AuditEntry.objects.get(verb=AuditVerb.EXPORTED)
    assert (entry.detail, entry.organisation_id) == ("volunteers 1", school.pk)
    assert PHONE not in text(clerk.get(VOLUNTEERS, {"print": "1"}))


@pytest.mark.parametrize(
    "address", [VOLUNTEERS, f"{VOLUNTEERS}?print=1", f"{VOLUNTEERS}?free=1-morning&q=王"]
)
def test_the_list_costs_the_same(clerk, school, address):
    def add(place: int) -> None:
        person = a_person(school, f"王{place}", phone=PHONE)
        person.scenarios.create(scenario="healthcare")
        person.availabilities.create(weekday=1, half_day="morning")

    assert of_one_as_of_three(add, lambda: clerk.get(address)) <= 15


@pytest.mark.parametrize("part", ["", "change/", None])
def test_a_page_costs_the_same(clerk, school, part):
    person = a_person(school, phone=PHONE, user=clerk.user)

    def add(place: int) -> None:
        person.qualifications.create(kind=QualificationKind.TRAINING, passed_on=date(2021, 3, place + 1))
        person.availabilities.create(weekday=place + 1, half_day="morning")

    address = "/admin/desk/me/" if part is None else f"{PEOPLE}{person.pk}/{part}"
    assert of_one_as_of_three(add, lambda: clerk.get(address)) <= 15


def test_a_new_volunteer_is_added_from_the_form(clerk, school):
    assert f"{school.name}（{school.code}）" in text(clerk.get(f"{VOLUNTEERS}new/"))
    answer = clerk.post(f"{VOLUNTEERS}new/", a_form(school), follow=True)
    person = TeachingPerson.objects.get()
    assert answer.redirect_chain == [(f"{PEOPLE}{person.pk}/", 302)]
    assert (person.number, person.role, person.whole_phone()) == ("ZY-00001", "volunteer", PHONE)
    assert (person.speaks_mandarin, person.speaks_shanghainese) == (True, False)
    for words in ("登记好了。", "就医、安全", "周一上午、周三下午", "138****1234"):
        assert words in text(answer)
    clerk.post(f"{TEACHERS}new/", a_form(school))
    assert TeachingPerson.objects.teachers().get().number == "JS-00001"


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"name": ""}, "请填姓名。"),
        ({"name": "王芳、李明"}, "这里一次只填一个人的姓名。"),
        ({"phone": "1380000123"}, "手机号少了 1 个数字。"),
        ({"phone": "13800001234/13800001235"}, "这里有两个号码"),
        ({"organisation": "没有的学校"}, "请填机构代码或者全称。"),
        ({"organisation": ""}, "请填机构。"),
        ({"free": ["9-morning"]}, "9-morning"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(clerk, school, values, says):
    found = text(clerk.post(f"{VOLUNTEERS}new/", a_form(school, **values)))
    assert says in found
    assert 'value="1-morning"' in found
    assert re.search(r'value="safety"[^>]*checked', found)
    assert not TeachingPerson.objects.exists()


def test_the_same_person_again_is_refused_in_the_form(clerk, school):
    there = a_person(school, "王芳", phone=PHONE)
    found = text(clerk.post(f"{VOLUNTEERS}new/", a_form(school)))
    assert f"这里已经有这个人了：王芳（{there.number}）" in found
    assert TeachingPerson.objects.count() == 1


def test_the_same_person_at_another_school_of_the_branch_is_told(clerk, school, stranger):
    clerk.force_login(a_member(Duty.COLLEGE_STAFF, school.guided_by))
    other = a_person(a_school(school.guided_by, "东二社区学校"), "王芳", phone=PHONE)
    stranger.name = "王芳"
    stranger.save()
    found = text(clerk.post(f"{VOLUNTEERS}new/", a_form(school), follow=True))
    assert f"同一个人也登记在东二社区学校（{other.number}）" in found
    assert stranger.number not in found


@pytest.mark.parametrize("written", ["东一社区学校", "东一", "{code}", "东一社区学校（{code}）", " {lower} "])
def test_an_organisation_is_found_by_name_or_code(clerk, school, written):
    words = written.format(code=school.code, lower=school.code.lower())
    clerk.post(f"{VOLUNTEERS}new/", a_form(school, organisation=words))
    assert TeachingPerson.objects.get().organisation == school


def test_an_organisation_of_elsewhere_is_neither_taken_nor_proposed(clerk, school, stranger):
    where = stranger.organisation
    for words in (where.name, where.code):
        assert "没有找到“" in text(clerk.post(f"{VOLUNTEERS}new/", a_form(school, organisation=words)))
    assert where.name not in text(clerk.get(f"{VOLUNTEERS}new/"))
    assert TeachingPerson.objects.count() == 1


def test_a_name_that_several_have_is_asked_about(clerk, school):
    clerk.force_login(a_member(Duty.COLLEGE_STAFF, school.guided_by))
    other = a_school(school.guided_by, "东二社区学校")
    found = text(clerk.post(f"{VOLUNTEERS}new/", a_form(school, organisation="社区学校")))
    assert f"不止一家：东一社区学校（{school.code}）、东二社区学校（{other.code}）" in found


def test_a_change_shows_what_is_kept_and_keeps_the_hidden_number(clerk, school):
    person = a_person(school, "王芳", phone=PHONE)
    person.scenarios.create(scenario="chat")
    person.availabilities.create(weekday=2, half_day="evening")
    address = f"{PEOPLE}{person.pk}/change/"
    form = text(clerk.get(address))
    assert re.search(r'value="chat"[^>]*checked', form)
    assert re.search(r'value="2-evening"[^>]*aria-label="周二晚上"[^>]*checked', form)
    assert PHONE not in form
    clerk.post(address, a_form(school, name="王小芳", phone=""))
    person = TeachingPerson.objects.with_all().get()
    assert (person.name, person.whole_phone(), person.scenario_words) == ("王小芳", PHONE, "就医、安全")
    clerk.post(address, a_form(school, phone="", forget_phone="on"))
    assert TeachingPerson.objects.get().whole_phone() == ""
    clerk.post(address, a_form(school, phone="13800009999", forget_phone="on"))
    assert TeachingPerson.objects.get().whole_phone() == "13800009999"


def test_the_week_is_a_table_with_headings_and_every_box_says_its_name(clerk):
    form = text(clerk.get(f"{VOLUNTEERS}new/"))
    assert form.count('<th scope="row">周') == 7
    boxes = re.findall(r'name="free"\s+value="[^"]+"\s+aria-label="([^"]+)"', form)
    assert len(boxes) == len(set(boxes)) == 21
    assert boxes[0] == "周一上午"


def test_the_whole_number_is_shown_once_by_post_and_put_down(clerk, school):
    person = a_person(school, "王芳", phone=PHONE)
    assert PHONE not in text(clerk.get(f"{PEOPLE}{person.pk}/"))
    assert PHONE not in clerk.get(f"{PEOPLE}{person.pk}/phone/", follow=True).content.decode()
    assert not AuditEntry.objects.filter(verb=AuditVerb.REVEALED).exists()
    answer = clerk.post(f"{PEOPLE}{person.pk}/phone/")
    assert PHONE in text(answer)
    assert "no-store" in answer["Cache-Control"]
    assert AuditEntry.objects.get(verb=AuditVerb.REVEALED).subject_id == str(person.pk)
    assert PHONE not in " ".join(map(str, AuditEntry.objects.values_list()))


def test_without_a_number_there_is_no_button_and_no_answer(clerk, school):
    person = a_person(school, "王芳")
    assert "看全号" not in text(clerk.get(f"{PEOPLE}{person.pk}/"))
    assert "没有登记电话" in text(clerk.post(f"{PEOPLE}{person.pk}/phone/", follow=True))


@time_machine.travel("2026-12-01 09:00 +0800", tick=True)
def test_leaving_and_coming_back_from_the_page(client, school):
    client.force_login(a_member(Duty.SCHOOL_STAFF, school))
    person = a_person(school, "王芳")
    page = f"{PEOPLE}{person.pk}/"
    assert 'value="2026-12-01"' in text(client.get(f"{page}leave/"))
    assert "请填日期，比如" in text(client.post(f"{page}leave/", {"on": "明天"}))
    assert "2026年12月1日起不来了" in text(client.post(f"{page}leave/", {"on": "2026-12-01"}, follow=True))
    assert "已经记了 2026-12-01 离开" in text(client.post(f"{page}leave/", {"on": "2026-12-01"}))
    assert names(client) == set()
    assert "记下来了，排课时又能选了。" in text(client.post(f"{page}back/", follow=True))
    assert "这个人没有离开" in text(client.post(f"{page}back/", follow=True))
    assert TeachingPerson.objects.get().left_on is None


def test_a_proof_is_put_down_and_taken_away(clerk, school):
    person = a_person(school, "王芳")
    page = f"{PEOPLE}{person.pk}/"
    form = {"kind": "handbook-read", "passed_on": "2021-03-01", "edition": "", "valid_until": ""}
    assert "读的是第几版？" in text(clerk.post(f"{page}qualifications/new/", form))
    done = text(clerk.post(f"{page}qualifications/new/", form | {"edition": "2"}, follow=True))
    assert "2021年3月1日" in done
    assert "（第 2 版）" in done
    proof = Qualification.objects.get()
    address = f"{page}qualifications/{proof.pk}/remove/"
    assert address in done
    assert "读过服务手册，2021-03-01" in text(clerk.get(address))
    assert Qualification.objects.exists()
    assert "拿掉了。" in text(clerk.post(address, follow=True))
    assert not Qualification.objects.exists()
    assert clerk.post(address).status_code == 404


def test_a_proof_under_another_persons_address_is_not_there(clerk, school):
    proof = a_person(school, "王芳").qualifications.create(kind="safety-quiz", passed_on=DAY)
    other = a_person(school, "李明")
    address = f"{PEOPLE}{other.pk}/qualifications/{proof.pk}/remove/"
    assert clerk.get(address).status_code == clerk.post(address).status_code == 404
    assert Qualification.objects.exists()


def test_consent_is_asked_in_words_given_and_withdrawn_by_one_press(clerk, school):
    person = a_person(school, "王芳")
    page = f"{PEOPLE}{person.pk}/"
    assert "本人没有同意。班级页面上只写“有志愿者帮忙”。" in text(clerk.get(page))
    assert "不同意也一样可以来" in text(clerk.get(f"{page}consent/"))
    assert TeachingPerson.objects.get().listed_consent_on is None
    done = text(clerk.post(f"{page}consent/", {"on": "2021-03-01"}, follow=True))
    assert "2021年3月1日本人同意公开姓名。" in done
    assert f'action="{page}consent/withdraw/"' in done
    assert "已经同意过了" in text(clerk.post(f"{page}consent/", {"on": "2021-03-02"}))
    assert "撤回了。" in text(clerk.post(f"{page}consent/withdraw/", follow=True))
    assert TeachingPerson.objects.get().listed_consent_on is None


def test_an_account_is_linked_by_its_log_in_name(clerk, school, stranger):
    person = a_person(school, "王芳")
    user = a_member(Duty.VOLUNTEER, school)
    page = f"{PEOPLE}{person.pk}/"
    assert "请填登录名。" in text(clerk.post(f"{page}account/", {"account": ""}))
    for name in (stranger.user.username, "test-nobody"):
        assert "没有找到这个登录名" in text(clerk.post(f"{page}account/", {"account": name}))
    done = text(clerk.post(f"{page}account/", {"account": f" {user.username} "}, follow=True))
    assert user.username in done
    assert "断开账号" in done
    assert "断开了。" in text(clerk.post(f"{page}account/unlink/", follow=True))


def addresses(person) -> list[str]:
    """Every address of one person."""
    page = f"{PEOPLE}{person.pk}/"
    proof = person.qualifications.first()
    below = ["", "phone/", "change/", "leave/", "back/", "qualifications/new/", "consent/", "account/"]
    last = ["consent/withdraw/", "account/unlink/", f"qualifications/{proof.pk if proof else 1}/remove/"]
    return [f"{page}{end}" for end in [*below, *last]]


POSTED = {
    "name": "别人",
    "on": "2021-03-01",
    "kind": "training",
    "passed_on": "2021-03-01",
    "account": "x",
    "phone": "",
    "speaks_mandarin": "on",
}


def kept(person) -> list:
    """Return everything that is kept of a person."""
    return [
        TeachingPerson.objects.filter(pk=person.pk).values().get(),
        *person.qualifications.values(),
        *person.scenarios.values(),
        *person.availabilities.values(),
    ]


def test_somebody_of_elsewhere_is_not_there_for_any_address(clerk, school, stranger):
    before = kept(stranger)
    form = POSTED | {"organisation": school.code}
    for address in addresses(stranger):
        for answer in (clerk.get(address), clerk.post(address, form), clerk.post(address, {})):
            assert answer.status_code in {404, 405}, address
            assert CANARY not in text(answer)
        # 405 only where there is nothing to look at, and says nothing of who exists.
        assert clerk.post(address, form).status_code == (405 if address == f"{PEOPLE}{stranger.pk}/" else 404)
    assert kept(stranger) == before


@pytest.mark.parametrize("pk", ["0", "999999", "99999999999999999999"])
def test_an_unknown_number_is_not_there(clerk, pk):
    assert clerk.get(f"{PEOPLE}{pk}/").status_code == 404
    assert clerk.post(f"{PEOPLE}{pk}/phone/").status_code == 404


def test_an_auditor_reads_masked_and_changes_nothing(auditor, school):
    person = a_person(school, "王芳", phone=PHONE)
    person.qualifications.create(kind="safety-quiz", passed_on=DAY)
    before = kept(person)
    assert names(auditor) == {"王芳"}
    page = text(auditor.get(f"{PEOPLE}{person.pk}/"))
    assert "138****1234" in page
    assert "登记一位" not in text(auditor.get(VOLUNTEERS))
    for word in ("看全号", "改资料", "不来了", "记一项资格", "撤回同意", "连上账号", "拿掉", "<form method"):
        assert word not in page.partition('class="desk"')[2], word
    for address in [*addresses(person)[1:], f"{VOLUNTEERS}new/", f"{TEACHERS}new/"]:
        assert auditor.post(address, POSTED | {"organisation": school.code}).status_code in {302, 403}
        assert auditor.get(address).status_code in {302, 403, 405}
    assert kept(person) == before
    assert not AuditEntry.objects.filter(verb=AuditVerb.REVEALED).exists()


@pytest.mark.parametrize("duty", [Duty.TEACHER, Duty.VOLUNTEER])
def test_teachers_and_volunteers_see_their_own_record_and_no_list(client, school, stranger, duty):
    user = a_member(duty, school)
    client.force_login(user)
    assert "您的账号还没有连上登记。" in text(client.get("/admin/desk/me/"))
    a_person(school, "王芳", phone=PHONE, user=user, listed_consent_on=DAY)
    other = a_person(school, "同事某", phone="13800005555")
    mine = text(client.get("/admin/desk/me/"))
    for words in ("王芳", "138****1234", "2021年3月1日本人同意公开姓名。", "还没有填"):
        assert words in mine
    assert not any(words in mine for words in ("同事某", CANARY, PHONE))
    for address in (VOLUNTEERS, TEACHERS, *addresses(other)):
        assert client.get(address).status_code in {302, 403, 405}
    assert "desk/me/" in text(client.get("/admin/desk/"))
