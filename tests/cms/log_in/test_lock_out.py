"""Guessing passwords: refused from the 8th wrong one at the latest, for half an hour, never for good."""

import logging
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from axes.models import AccessAttempt

from cms.services.log_ins import client_address, purge_attempts, unlock
from tests.cms.log_in.conftest import LOG_IN, PASSWORD, is_in, try_password
from tests.factories.people import a_reviewer

NOW = datetime(2021, 3, 1, 2, 0, tzinfo=UTC)
FAILURES = 7


def guess(name: str, times: int = FAILURES, **kwargs):
    for number in range(times):
        answer, _ = try_password(name, f"wrong-{number}", **kwargs)
    return answer


def test_the_right_password_is_let_in(person):
    answer, browser = try_password(person.username, PASSWORD)
    assert answer["Location"] == "/admin/"
    assert is_in(browser)


def test_from_the_eighth_wrong_password_on_also_the_right_one_is_refused(person):
    assert guess(person.username, FAILURES - 1).status_code == 200
    assert guess(person.username, 1).status_code == 429
    answer, browser = try_password(person.username, PASSWORD)
    assert answer.status_code == 429
    assert not is_in(browser)


def test_six_wrong_ones_do_no_harm(person):
    guess(person.username, FAILURES - 1)
    assert is_in(try_password(person.username, PASSWORD)[1])
    guess(person.username, FAILURES - 1)
    assert is_in(try_password(person.username, PASSWORD)[1])


@time_machine.travel(NOW, tick=False)
def test_the_page_says_when_and_whom_to_ask(person):
    answer = guess(person.username)
    text = answer.content.decode()
    assert "10:30" in text
    assert "再等 30 分钟" in text
    assert "请找给您开账号的人" in text
    assert answer["Retry-After"] == "1800"
    assert answer["Cache-Control"] == "no-store"


def test_it_ends_by_itself_even_if_somebody_goes_on_trying(person):
    with time_machine.travel(NOW, tick=False) as clock:
        guess(person.username)
        clock.shift(timedelta(minutes=20))
        assert guess(person.username, 3).status_code == 429
        clock.shift(timedelta(minutes=9))
        assert try_password(person.username, PASSWORD)[0].status_code == 429
        clock.shift(timedelta(minutes=2))
        assert is_in(try_password(person.username, PASSWORD)[1])


def test_others_are_not_locked_out(person):
    other = a_reviewer()
    other.set_password(PASSWORD)
    other.save()
    guess(person.username)
    assert is_in(try_password(person.username, PASSWORD, address="203.0.113.10")[1])
    assert is_in(try_password(other.username, PASSWORD)[1])


def test_a_made_up_address_in_front_of_our_proxy_helps_nobody(person, settings):
    settings.TRUSTED_PROXIES = 1
    for number in range(FAILURES):
        try_password(person.username, "wrong", **{"x-forwarded-for": f"10.0.0.{number}, 203.0.113.9"})
    answer, _ = try_password(person.username, PASSWORD, **{"x-forwarded-for": "10.0.0.99, 203.0.113.9"})
    assert answer.status_code == 429


def test_another_browser_or_another_case_is_the_same(person):
    for number in range(FAILURES):
        try_password(person.username.upper(), "wrong", **{"user-agent": f"browser {number}"})
    assert try_password(person.username, PASSWORD)[0].status_code == 429


def test_the_log_in_page_itself_still_opens(person, client):
    guess(person.username, address="127.0.0.1")
    assert client.get(LOG_IN).status_code == 200


def test_a_new_slip_opens_the_lock(person):
    guess(person.username)
    unlock(person)
    assert is_in(try_password(person.username, PASSWORD)[1])


@pytest.mark.parametrize("sent", ["unknown", "", "1.2.3.4:80", "\x7f"])
def test_an_address_that_is_none_is_no_failure(person, settings, sent):
    settings.TRUSTED_PROXIES = 1
    headers = {"x-forwarded-for": sent}
    for _ in range(FAILURES):
        answer, _ = try_password(person.username, "wrong", address="", **headers)
    assert answer.status_code == 429


def test_an_ipv6_subscriber_is_one_sender(rf):
    one, other = (rf.get("/", REMOTE_ADDR=f"2001:db8:1:2::{end}") for end in ("1", "ffff"))
    assert client_address(one) == client_address(other) == "2001:db8:1:2::"


def test_no_line_and_no_row_holds_what_was_typed(person, caplog):
    with caplog.at_level(logging.DEBUG):
        for number in range(FAILURES + 1):
            try_password("mein-geheimes-wort", f"falsch-{number}")
    rows = [str(value) for row in AccessAttempt.objects.values_list() for value in row]
    assert rows
    written = "\n".join([record.getMessage() for record in caplog.records] + rows)
    assert "geheim" not in written
    assert "falsch" not in written


def test_old_counts_are_purged(person):
    with time_machine.travel(NOW, tick=False) as clock:
        guess(person.username, 1)
        clock.shift(timedelta(hours=23))
        assert purge_attempts(now=datetime.now(UTC)) == 0
        clock.shift(timedelta(hours=2))
        assert purge_attempts(now=datetime.now(UTC)) == 1
