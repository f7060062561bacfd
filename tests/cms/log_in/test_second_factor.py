"""动态码: who must give one, setting it up, giving it, losing the telephone."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import Client
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from cms.enums import AuditVerb
from cms.models import AuditEntry
from cms.services import second_factor
from cms.services.roles import MANAGERS
from tests.cms.log_in.conftest import is_in
from tests.factories.people import a_designer, a_manager, a_reviewer, an_admin

NOW = datetime(2021, 3, 1, 2, 0, tzinfo=UTC)
ASK, SET_UP = "/admin/second-factor/", "/admin/second-factor/setup/"
WRONG = "000000"


@pytest.fixture(autouse=True)
def clock(settings):
    settings.SECOND_FACTOR_REQUIRED = True
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def manager(db):
    return a_manager()


@pytest.fixture
def browser(manager, client):
    """A browser in which a manager has given the password."""
    client.force_login(manager)
    return client


@pytest.fixture
def papers(manager, clock):
    """The recovery codes of a manager whose telephone is known."""
    device = second_factor.device_of(second_factor.new_key(manager), manager)
    codes = second_factor.set_up(user=manager, device=device, code=code_of(device))
    clock.shift(timedelta(seconds=60))
    return codes


def code_of(device) -> str:
    return f"{TOTP(device.bin_key).token():06}"


def now_on_the_telephone(user) -> str:
    return code_of(TOTPDevice.objects.get(user=user))


@pytest.mark.parametrize("who", [an_admin, a_manager])
def test_who_manages_must_prove_it_twice(db, client, who):
    client.force_login(who())
    for address in ("/admin/", "/admin/pages/", "/admin/account/", "/admin/packages/", "/admin/desk/"):
        assert client.get(address)["Location"].startswith(f"{ASK}?next="), address
    assert client.post("/admin/account/")["Location"].startswith(ASK)
    assert client.get("/admin/nothing-here/").status_code in {302, 404}


@pytest.mark.parametrize("who", [a_designer, a_reviewer])
def test_others_need_not(db, client, who):
    client.force_login(who())
    assert is_in(client)


def test_where_it_is_not_required_nobody_is_asked(browser, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    assert is_in(browser)


def test_who_becomes_a_manager_is_asked_from_then_on(db, client):
    designer = a_designer()
    client.force_login(designer)
    assert is_in(client)
    designer.groups.add(Group.objects.get(name=MANAGERS))
    assert not is_in(client)


@pytest.mark.parametrize("address", ["/admin/jsi18n/", "/admin/login/", "/admin/sprite/", "/", "/healthz"])
def test_these_stay_open(browser, address):
    assert "second-factor" not in browser.get(address).get("Location", "")


def test_one_can_leave(browser):
    assert browser.post("/admin/logout/").status_code == 302
    assert browser.get("/admin/")["Location"].startswith("/admin/login/")


def test_nobody_sees_these_pages_without_a_password(client, db):
    for address in (ASK, SET_UP):
        assert client.get(address)["Location"].startswith("/admin/login/")


def key_on(text: str) -> str:
    return re.search(r'name="key" value="([^"]+)"', text)[1]


def set_up_in(browser, manager, code=None):
    text = browser.get(SET_UP).content.decode()
    device = second_factor.device_of(key_on(text), manager)
    answer = browser.post(SET_UP, {"key": key_on(text), "code": code or code_of(device)})
    return answer, device, text


def test_setting_it_up(browser, manager):
    assert browser.get(ASK)["Location"] == SET_UP
    answer, device, text = set_up_in(browser, manager)
    assert "<svg" in text
    assert second_factor.in_groups_of_four(device) in text
    assert re.fullmatch(r"([A-Z2-7]{4} ){7}[A-Z2-7]{4}", second_factor.in_groups_of_four(device))
    codes = re.findall(r"<code>(\w{5} \w{5})</code>", answer.content.decode())
    assert len(set(codes)) == 10
    assert is_in(browser)
    assert browser.get(SET_UP)["Location"] == "/admin/"
    assert AuditEntry.objects.filter(verb=AuditVerb.SECOND_FACTOR_SET, by=manager).count() == 1


def test_looking_at_the_page_keeps_nothing(browser):
    browser.get(SET_UP)
    assert not TOTPDevice.objects.exists()


def test_a_wrong_code_sets_nothing_up_and_keeps_the_key(browser, manager):
    answer, _, text = set_up_in(browser, manager, code=WRONG)
    assert answer.status_code == 422
    assert key_on(answer.content.decode()) == key_on(text)
    assert not TOTPDevice.objects.exists()
    assert not is_in(browser)


@pytest.mark.parametrize("key", ["", "x", "W10:x:y"])
def test_a_made_up_key_is_not_taken(browser, key):
    answer = browser.post(SET_UP, {"key": key, "code": WRONG})
    assert answer.status_code == 422
    assert "放得太久了" in answer.content.decode()


def test_somebody_elses_key_and_an_old_one_are_not_taken(manager, clock):
    assert second_factor.device_of(second_factor.new_key(an_admin()), manager) is None
    key = second_factor.new_key(manager)
    clock.shift(timedelta(hours=1, seconds=1))
    assert second_factor.device_of(key, manager) is None


def test_logging_in_with_it(browser, manager, papers):
    number = browser.session.session_key
    answer = browser.get("/admin/account/")
    assert "动态码" in browser.get(answer["Location"]).content.decode()
    answer = browser.post(ASK, {"code": now_on_the_telephone(manager), "next": "/admin/account/"})
    assert answer["Location"] == "/admin/account/"
    assert is_in(browser)
    assert browser.session.session_key != number


def test_the_telephone_cannot_be_exchanged_before_it_is_proved(browser, papers):
    assert browser.get(SET_UP)["Location"] == ASK
    assert browser.post(SET_UP, {"code": WRONG})["Location"] == ASK


@pytest.mark.parametrize("onward", ["https://evil.example/", "//evil.example", ""])
def test_nobody_is_led_elsewhere(browser, manager, papers, onward):
    answer = browser.post(ASK, {"code": now_on_the_telephone(manager), "next": onward})
    assert answer["Location"] == "/admin/"


def test_a_code_counts_once(browser, manager, papers):
    code = now_on_the_telephone(manager)
    browser.post(ASK, {"code": code})
    other = Client()
    other.force_login(manager)
    assert other.post(ASK, {"code": code}).status_code == 422
    assert not is_in(other)


def test_it_holds_for_one_session(browser, manager, papers):
    browser.post(ASK, {"code": now_on_the_telephone(manager)})
    other = Client()
    other.force_login(manager)
    assert not is_in(other)


@pytest.mark.parametrize("written", ["{0}", "{0} ", "{1}-{2}", "{3}"])
def test_a_recovery_code_counts_once_however_it_is_written(browser, manager, papers, written):
    code = papers[0]
    typed = written.format(code, code[:5], code[5:], code.upper())
    answer = browser.post(ASK, {"code": typed}, follow=True)
    assert "还剩 9 个" in answer.content.decode()
    other = Client()
    other.force_login(manager)
    assert other.post(ASK, {"code": typed}).status_code == 422


def test_recovery_codes_are_not_readable_where_they_are_kept(papers):
    kept = set(StaticToken.objects.values_list("token", flat=True))
    assert len(kept) == 10
    assert not kept & set(papers)


def test_wrong_codes_make_one_wait_and_not_for_good(browser, manager, papers, clock):
    for _ in range(5):
        clock.shift(timedelta(hours=1))
        browser.logout()
        browser.force_login(manager)
        assert "不对" in browser.post(ASK, {"code": WRONG}).content.decode()
    answer = browser.post(ASK, {"code": now_on_the_telephone(manager)})
    assert "请等 16 秒" in answer.content.decode()
    for _ in range(12):
        clock.shift(timedelta(hours=1))
        second_factor.check(user=manager, code=WRONG)
    assert 0 < second_factor.check(user=manager, code=WRONG).wait <= 1024
    assert AuditEntry.objects.filter(verb=AuditVerb.SECOND_FACTOR_FAILED, by=manager).count() == 17


@pytest.mark.parametrize("code", ["", " ", "x" * 30, "１２３４５６", "٣٣٣٣٣٣", "12345"])
def test_what_is_no_code_is_told_so(browser, papers, code):
    answer = browser.post(ASK, {"code": code})
    assert answer.status_code == 422
    assert not is_in(browser)


def test_dropped_it_is_set_up_anew(browser, manager, papers):
    browser.post(ASK, {"code": now_on_the_telephone(manager)})
    call_command("drop_second_factor", manager.username)
    assert not is_in(browser)
    assert browser.get(ASK)["Location"] == SET_UP
    assert second_factor.recovery_codes_left(manager) == 0
