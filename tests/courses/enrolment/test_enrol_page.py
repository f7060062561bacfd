"""`/classes/<code>/enrol/`: who gets a voucher, what is said to who does not, and that nothing typed is lost."""

import sqlite3

import pytest
from django.db import OperationalError
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from courses.enums import EnrolledThrough, EnrolmentState
from courses.models import Enrolment, Learner
from courses.rules.personal_data import NOTICE_VERSION
from courses.views import enrolment as view
from tests.courses.enrolment.filled_in import HELPED, SAID, address, send, text_of
from tests.factories.classes import a_learner
from tests.factories.enrolments import NOW, an_open_run, somebody_enrols
from tests.html import parsed

pytestmark = pytest.mark.django_db


@pytest.fixture
def run():
    return an_open_run(seats=2)


def wrong_fields(response) -> set[str]:
    return {field["name"] for field in parsed(response).all("main [aria-invalid]")}


def test_the_form_asks_without_ticking_anything(client, run):
    page = parsed(client.get(address(run)))
    asked = {field["name"] for field in page.all("main form :is(input, select)")}
    assert asked == set(SAID) | {"no_phone", "area", "contact_name", "contact_phone", "website"}
    assert not page.one("[name=consent]").has_attr("checked")
    assert page.one("[name=filled_by][checked]")["value"] == "self"
    assert "还空 2 座" in page.one("main").get_text()
    assert f"第 {NOTICE_VERSION} 版" in page.one("main").get_text()


def test_nobody_keeps_the_page(client, run):
    response = client.get(address(run))
    assert "no-store" in response["Cache-Control"]
    assert parsed(response).one("meta[name=robots]")["content"] == "noindex"


def test_whoever_enrols_is_led_to_the_voucher(client, run):
    response = send(client, run)
    assert (response.status_code, response["Location"]) == (303, "/enrolments/mine/")
    row = Enrolment.objects.get()
    assert (row.state, row.through, row.filled_by) == (EnrolmentState.CONFIRMED, EnrolledThrough.WEB, "self")
    assert (row.consent_version, row.consent_at) == (NOTICE_VERSION, NOW)
    assert (row.learner.name, row.learner.birth_year) == ("王秀兰", 1950)
    assert row.voucher in client.get("/enrolments/mine/").content.decode()


def test_who_helps_says_whom_to_call(client, run):
    send(client, run, **HELPED)
    row = Enrolment.objects.get()
    assert (row.filled_by, row.contact_name, row.masked_contact_phone) == (
        "helper",
        "女儿李芳",
        "139****0009",
    )


def test_whom_to_call_is_not_kept_of_who_comes_alone(client, run):
    send(client, run, **(HELPED | {"filled_by": "self"}))
    row = Enrolment.objects.get()
    assert (row.contact_name, row.masked_contact_phone) == ("", "")


def test_who_helps_must_say_whom_to_call(client, run):
    response = send(client, run, filled_by="helper")
    assert response.status_code == 422
    assert wrong_fields(response) == {"contact_name", "contact_phone"}


def test_without_a_telephone_the_street_is_asked(client, run):
    response = send(client, run, phone="", no_phone="on")
    assert wrong_fields(response) == {"area"}
    assert "only-if-shown" in response.content.decode()
    area = run.organiser.area
    assert send(client, run, phone="", no_phone="on", area=area.code).status_code == 303
    assert Learner.objects.get().area == area


def test_the_street_is_chosen_in_letters_as_large_as_the_others(client, run):
    page = parsed(client.get(address(run)))
    names = ("name", "phone", "area", "birth_year", "contact_name", "contact_phone")
    assert [page.one(f"[name={name}]").get("class") for name in names] == [["field"]] * len(names)


def test_without_a_telephone_and_without_saying_so(client, run):
    response = send(client, run, phone="")
    assert wrong_fields(response) == {"phone"}
    assert "勾“没有号码”" in text_of(response)


def test_a_landline_will_do_even_where_no_mobile_is_ticked(client, run):
    assert send(client, run, phone="64381234", no_phone="on").status_code == 303
    assert Learner.objects.with_phone("02164381234").exists()


@pytest.mark.parametrize(
    ("said", "field", "words"),
    [
        ({"name": ""}, "name", "请填姓名"),
        ({"name": "王" * 61}, "name", "最多 40 个字"),
        ({"name": "12"}, "name", "您填的是数字"),
        ({"phone": "1381234567"}, "phone", "少了 1 个数字"),
        ({"phone": "1" * 41}, "phone", "太长了"),
        ({"birth_year": ""}, "birth_year", "请填哪一年生的"),
        ({"birth_year": "五〇年"}, "birth_year", "只写 4 个数字"),
        ({"birth_year": "50"}, "birth_year", "比如 1950"),
        ({"birth_year": "1850"}, "birth_year", "写早了"),
        ({"birth_year": "2015"}, "birth_year", "未满 14 岁"),
        ({"consent": ""}, "consent", "请打勾"),
        ({"filled_by": "nobody"}, "filled_by", "请选一个"),
        ({"area": "nowhere"}, "area", "名单里没有"),
        (HELPED | {"contact_phone": "12"}, "contact_phone", "少了"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_on_top(client, run, said, field, words):
    response = send(client, run, **said)
    page = parsed(response)
    assert response.status_code == 422
    assert wrong_fields(response) == {field}
    assert words in page.one(f"#id_{field}_error").get_text()
    assert words in page.one("[role=alert]").get_text()
    assert "有 1 处要改" in page.one("title").get_text()
    (link,) = page.all("[role=alert] a")
    assert page.all(link["href"])
    assert not Enrolment.objects.exists()


@pytest.mark.parametrize("year", ["１９５０", " 1950 ", "1950年", "1950 年"])
def test_a_year_however_it_is_typed(client, run, year):
    assert send(client, run, birth_year=year).status_code == 303


def test_what_was_typed_stays(client, run):
    area = run.organiser.area
    page = parsed(send(client, run, **HELPED, name="", area=area.code, no_phone="on"))
    assert page.one("[name=phone]")["value"] == SAID["phone"]
    assert page.one("[name=birth_year]")["value"] == "1950"
    assert page.one("[name=contact_name]")["value"] == "女儿李芳"
    assert page.one("[name=filled_by][checked]")["value"] == "helper"
    assert page.one("[name=area] option[selected]")["value"] == area.code
    assert page.one("[name=consent]").has_attr("checked")
    assert page.one("[name=token]")["value"] == SAID["token"]


def test_the_same_form_again_is_one_enrolment_and_the_voucher_again(client, run):
    vouchers = set()
    for _ in range(2):
        assert send(client, run).status_code == 303
        vouchers.add(parsed(client.get("/enrolments/mine/")).one("main")["data-voucher"])
    assert len(vouchers) == Enrolment.objects.count() == 1


def test_two_tabs_of_one_browser_are_one_form(client, run):
    tokens = {parsed(client.get(address(run))).one("[name=token]")["value"] for _ in range(2)}
    assert len(tokens) == 1


def test_without_the_hidden_field_the_cookie_recognises_the_form(client, run):
    client.get(address(run))
    assert send(client, run, token="").status_code == 303
    assert send(client, run, token="").status_code == 303


@pytest.mark.parametrize("token", ["​", "a b", "a;b", "x" * 65])
def test_what_looks_like_no_token_is_none(client, run, token):
    assert send(client, run, name="", token=token).cookies["enrol"].value != token


def test_a_stranger_with_the_same_name_and_number_learns_nothing(client, run):
    voucher = somebody_enrols(run, name="王秀兰", phone="13800000001", token="hers").enrolment.voucher
    response = send(client, run, token="another")
    assert response.status_code == 200
    assert "已经报过名了" in text_of(response)
    assert "voucher" not in response.cookies
    for secret in (voucher, "王秀兰", "13800000001", "0001"):
        assert secret not in text_of(response)
    page = parsed(response)
    assert page.one("main a[href='/enrolments/']")
    assert page.all("main a[href^='tel:']")


def test_a_stranger_learns_of_no_other_class(client, run):
    somebody_enrols(run, name="王秀兰", phone="13800000001")
    response = send(client, an_open_run(title="微信聊天"))
    assert response.status_code == 422
    assert "这个时间已经报了别的班" in text_of(response)
    assert run.title not in text_of(response)


def test_a_household_that_is_full(client, run):
    for name in ("王一", "王二", "王三", "王四"):
        a_learner(run.organiser, name, phone="13800000001")
    response = send(client, run)
    assert wrong_fields(response) == {"phone"}
    assert "换一个号码" in text_of(response)
    assert "合并" not in text_of(response)


def test_who_fills_in_what_nobody_sees_is_a_machine(client, run):
    response = send(client, run, website="http://spam.example")
    assert response.status_code == 422
    assert not Enrolment.objects.exists()


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 303),
        ({"sec-fetch-site": "same-origin"}, 303),
        ({"sec-fetch-site": "none"}, 303),
        ({"sec-fetch-site": "cross-site"}, 422),
        ({"sec-fetch-site": "same-site"}, 422),
        ({"origin": "http://testserver"}, 303),
        ({"origin": "https://elsewhere.example"}, 422),
        ({"origin": "null"}, 303),
        ({"referer": "https://elsewhere.example/page"}, 422),
        ({"referer": "http://testserver/classes/"}, 303),
    ],
)
def test_only_what_a_browser_itself_says_of_another_site_is_refused(client, run, headers, status):
    assert client.post(address(run), SAID, headers=headers).status_code == status


def test_a_class_of_thirty_behind_one_address_and_no_flood(client, settings):
    settings.ENROLMENTS_PER_ADDRESS = 30
    run = an_open_run()
    answers = [send(client, run, phone=f"138{number:08}", token=str(number)) for number in range(32)]
    assert [answer.status_code for answer in answers] == [303] * 30 + [429] * 2
    assert Enrolment.objects.count() == 30
    page = parsed(answers[-1])
    assert "过 10 分钟" in page.one("[role=alert]").get_text()
    assert page.one("[name=phone]")["value"]
    assert page.all("main a[href^='tel:']")
    elsewhere = client.post(address(run), SAID | {"phone": "13700000000"}, REMOTE_ADDR="10.9.9.9")
    assert elsewhere.status_code == 303


def test_what_is_not_filled_in_right_counts_against_nobody(client, run, settings):
    settings.ENROLMENTS_PER_ADDRESS = 1
    for _ in range(3):
        assert send(client, run, name="").status_code == 422
    assert send(client, run).status_code == 303


def fails(why: BaseException):
    """Stand in for a service that the database lets down."""

    def raising(**kwargs):
        raise OperationalError("not now") from why

    return raising


def test_whoever_waited_too_long_for_the_lock_sends_it_again_with_one_tap(client, run, monkeypatch):
    locked = sqlite3.OperationalError("database is locked")
    locked.sqlite_errorname = "SQLITE_BUSY"
    monkeypatch.setattr(view, "enrol_person", fails(locked))
    response = send(client, run)
    assert (response.status_code, response["Retry-After"]) == (503, "5")
    kept = {field["name"]: field["value"] for field in parsed(response).all("main input")}
    assert kept == SAID


def test_what_else_is_wrong_with_the_database_is_no_matter_of_trying_again(client, run, monkeypatch):
    broken = sqlite3.OperationalError("disk I/O error")
    broken.sqlite_errorname = "SQLITE_IOERR"
    monkeypatch.setattr(view, "enrol_person", fails(broken))
    with pytest.raises(OperationalError):
        send(client, run)


def test_other_ways_of_asking(client, run):
    assert client.head(address(run)).status_code == 200
    assert client.put(address(run)).status_code == 405
    assert client.delete(address(run)).status_code == 405


def test_unknown_fields_are_ignored(client, run):
    assert send(client, run, priority="9", state="confirmed", by="1").status_code == 303
    assert Enrolment.objects.get().priority == 0


def test_looking_changes_nothing(client, run):
    client.get(address(run), SAID)
    assert not Enrolment.objects.exists()


def test_an_accepted_form_asks_the_database_little(client, run, django_assert_max_num_queries):
    send(client, run, phone="13900000000", token="warm")
    with django_assert_max_num_queries(24):
        assert send(client, run).status_code == 303


def test_the_page_asks_the_database_little(client, run, django_assert_max_num_queries):
    client.get(address(run))
    with django_assert_max_num_queries(8):
        client.get(address(run))


anything = st.dictionaries(
    st.sampled_from(sorted({*SAID, "no_phone", "area", "contact_name", "contact_phone", "website", "else"})),
    st.text(max_size=80) | st.sampled_from(["helper", "0", "-1", "²", "٣", "1e9", "\x00", "​", "9" * 70]),
)


@hypothesis_settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(said=anything)
def test_nothing_anybody_sends_breaks_it(client, run, said):
    assert client.post(address(run), SAID | said).status_code in {200, 303, 422, 429}
    assert client.post(address(run), said).status_code in {200, 303, 422, 429}


def test_times_are_shanghais(client):
    run = an_open_run()
    session = run.sessions.get()
    assert timezone.localtime(session.starts_at).hour == 14
    assert "下午 2:00" in text_of(client.get(address(run)))
