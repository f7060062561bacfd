"""`/enrolments/mine/…`: whose browser sees it, and nobody else."""

import pytest
from django.test import Client

from courses.enums import EnrolmentState
from courses.models import Enrolment
from tests.courses.enrolment.own import MINE, looks_up, main, soup, state, taps
from tests.factories.enrolments import an_open_run, somebody_enrols

pytestmark = pytest.mark.django_db


@pytest.fixture
def row() -> Enrolment:
    return somebody_enrols(an_open_run(seats=1), name="王秀兰", phone="13800004567").enrolment


def test_without_a_voucher_every_page_leads_to_the_look_up(client, row):
    for what in ("", "cancel/", "contact/", "contact/kept/", "copy/", "withdraw/", "voucher.pdf"):
        answer = client.get(f"{MINE}{what}")
        assert (answer.status_code, answer.url) == (303, "/enrolments/")
    for what in (
        "take/",
        "leave/",
        "undo/",
        "forget/",
        "follow/",
        "cancel/",
        "contact/",
        "copy/",
        "withdraw/",
    ):
        answer = client.post(f"{MINE}{what}")
        assert (answer.status_code, answer.url) == (303, "/enrolments/")
    assert state(row) == EnrolmentState.CONFIRMED


def test_a_forged_or_old_cookie_shows_nothing(client, row, now):
    looks_up(client, row)
    now.shift(60 * 60 + 1)
    assert client.get(MINE).status_code == 303
    client.cookies["voucher"] = f"{row.pk}:x:y"
    assert client.get(MINE).status_code == 303


def test_it_is_put_away_with_one_tap(client, row):
    looks_up(client, row)
    answer = taps(client, "forget")
    assert "看不到您的报名了" in main(answer)
    assert client.get(MINE).status_code == 303
    assert state(row) == EnrolmentState.CONFIRMED


@pytest.mark.parametrize("what", ["take", "leave", "undo", "forget", "follow"])
def test_looking_changes_nothing(client, row, what):
    assert looks_up(client, row).get(f"{MINE}{what}/").status_code == 405


@pytest.mark.parametrize(
    "what", ["take", "leave", "undo", "forget", "follow", "cancel", "contact", "copy", "withdraw"]
)
def test_another_site_cannot_tap_for_somebody(row, what):
    client = looks_up(Client(enforce_csrf_checks=True), row)
    assert client.post(f"{MINE}{what}/", {"understood": "on"}).status_code == 403
    assert state(row) == EnrolmentState.CONFIRMED


PAGES = ["", "cancel/", "contact/", "contact/kept/", "copy/", "withdraw/", "voucher.pdf"]


@pytest.mark.parametrize(
    "address", [*(f"{MINE}{each}" for each in PAGES), "/enrolments/", "/enrolments/closed/"]
)
def test_nobody_keeps_lists_or_passes_on_these_pages(client, row, address):
    answer = looks_up(client, row).get(address)
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Robots-Tag"] == "noindex"
    assert answer["Referrer-Policy"] == "same-origin"
    if answer["Content-Type"].startswith("text/html"):
        assert soup(answer).find("meta", {"name": "robots"})["content"] == "noindex"


def test_no_address_of_a_page_holds_anything_of_the_person(client, row):
    for what in PAGES[:-1]:
        page = soup(looks_up(client, row).get(f"{MINE}{what}"))
        found = [each.get("href") or each.get("action") for each in page.select("[href], [action]")]
        assert not [each for each in found if row.voucher in each or "4567" in each]
