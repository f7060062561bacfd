"""`/enrolments/`: finding an enrolment again; one test for each way out."""

import pytest
from django.test import Client, override_settings

from courses.enums import Duty
from courses.models import Enrolment
from courses.services.enrolment import guessing
from courses.services.enrolment.enrolling import enrol_person
from courses.services.enrolment.guessing import look_up_within_limits
from courses.services.enrolment.looking_up import look_up
from courses.services.learners import LearnerFacts, erase
from tests.courses.enrolment.own import MINE, looks_up, main, soup, tail, ways
from tests.factories.classes import a_member, an_area
from tests.factories.enrolments import NOW, a_wish, an_open_run, somebody_enrols
from tests.refusals import refusal

pytestmark = pytest.mark.django_db

ADDRESS = "/enrolments/"
PHONE = "13800004567"


@pytest.fixture
def row() -> Enrolment:
    return somebody_enrols(an_open_run(seats=2), name="王秀兰", phone=PHONE).enrolment


def other_than(voucher: str) -> str:
    return f"{(int(voucher) + 1) % 10**8:08}"


# The service.


def test_voucher_and_last_four_find_it(row):
    assert look_up(voucher=row.voucher, proof="4567") == row


@pytest.mark.parametrize("sign", [" ", "-", "　", "—"])
def test_how_the_digits_are_grouped_does_not_matter(row, sign):
    assert look_up(voucher=sign.join(row.voucher), proof=f" 45{sign}67") == row


def test_full_width_digits_are_digits(row):
    wide = str.maketrans("0123456789", "０１２３４５６７８９")
    assert look_up(voucher=row.voucher.translate(wide), proof="４５６７") == row


def test_without_a_phone_the_birth_year_finds_it():
    run = an_open_run(seats=2)
    facts = LearnerFacts(name="李阿婆", birth_year=1941, area=an_area())
    row = enrol_person(run=run, facts=facts, wish=a_wish(), now=NOW).enrolment
    assert look_up(voucher=row.voucher, proof="1941") == row


def test_with_a_phone_the_birth_year_does_not(row):
    with refusal("not-found"):
        look_up(voucher=row.voucher, proof="1950")


def test_a_wrong_voucher_or_wrong_digits_are_told_alike(row):
    with refusal("not-found") as wrong_voucher:
        look_up(voucher=other_than(row.voucher), proof="4567")
    with refusal("not-found") as wrong_digits:
        look_up(voucher=row.voucher, proof="4568")
    assert str(wrong_voucher.value) == str(wrong_digits.value)
    assert not wrong_digits.value.fields


def test_what_can_be_no_voucher_is_told_by_field():
    with refusal("facts") as refused:
        look_up(voucher="4827613", proof="45")
    assert refused.value.fields == {
        "voucher": "凭证是 8 个数字，您填了 7 个。",
        "proof": "这里填 4 个数字，您填了 2 个。",
    }


def test_who_fills_in_nothing_is_asked_and_not_counted_out():
    with refusal("facts") as refused:
        look_up(voucher="", proof=" ")
    assert refused.value.fields == {"voucher": "请填凭证上的 8 个数字。", "proof": "请填 4 个数字。"}


def test_who_is_erased_is_found_no_more(row):
    clerk = a_member(Duty.SCHOOL_STAFF, row.run.organiser)
    erase(learner=row.learner, typed_name="王秀兰", by=clerk)
    with refusal("not-found"):
        look_up(voucher=row.voucher, proof="4567")


# The limits.


def asked(row, proof="0000", sender="203.0.113.1", voucher=""):
    return look_up_within_limits(voucher=voucher or row.voucher, proof=proof, sender=sender)


@override_settings(VOUCHER_GUESSES_PER_ADDRESS=3)
def test_an_address_may_guess_so_often_and_no_more(row):
    for number in range(3):
        with refusal("not-found"):
            asked(row, voucher=f"0000000{number}")
    with refusal("too-many"):
        asked(row, "4567")
    assert asked(row, "4567", sender="203.0.113.2") == row


@override_settings(VOUCHER_GUESSES_PER_ADDRESS=3)
def test_a_voucher_may_be_guessed_at_so_often_from_wherever(row):
    for number in range(3):
        with refusal("not-found"):
            asked(row, sender=f"203.0.113.{number}", voucher=" ".join(row.voucher))
    with refusal("too-many"):
        asked(row, "4567", sender="203.0.113.9")


@override_settings(VOUCHER_GUESSES_PER_ADDRESS=1)
def test_what_is_found_and_what_is_no_guess_are_not_counted(row):
    for _ in range(5):
        assert asked(row, "4567") == row
        with refusal("facts"):
            asked(row, "45")


@override_settings(VOUCHER_GUESSES_PER_ADDRESS=1)
def test_when_the_time_has_run_out_one_may_try_again(row, monkeypatch):
    # The clock of a real cache cannot be moved.
    monkeypatch.setattr(guessing, "SECONDS", -1)
    with refusal("not-found"):
        asked(row)
    assert asked(row, "4567") == row


# The page.


def test_it_leads_to_the_voucher_and_no_address_holds_anything(client, row):
    looks_up(client, row)
    assert client.get(MINE).status_code == 200


def test_what_is_wrong_is_said_beside_what_was_typed(client, row):
    answer = client.post(ADDRESS, {"voucher": "4827 613", "proof": "45"})
    page = soup(answer)
    assert answer.status_code == 422
    assert page.title.get_text().startswith("有 2 处要改：")
    for name, typed in (("voucher", "4827 613"), ("proof", "45")):
        field = page.find("input", {"name": name})
        assert (field["value"], field["aria-invalid"]) == (typed, "true")
        assert all(page.find(id=each) for each in field["aria-describedby"].split())
        assert page.find("a", href=f"#{field['id']}")


def test_not_found_says_what_to_do_and_keeps_the_fields(client, row):
    answer = client.post(ADDRESS, {"voucher": row.voucher, "proof": "0000"})
    assert answer.status_code == 422
    assert "没有查到" in main(answer)
    assert soup(answer).find("input", {"name": "voucher"})["value"] == row.voucher
    assert soup(answer).find("a", href="tel:12345")


@override_settings(VOUCHER_GUESSES_PER_ADDRESS=1)
def test_too_many_guesses_are_a_429_with_the_telephone(client, row):
    client.post(ADDRESS, {"voucher": row.voucher, "proof": "0000"})
    answer = client.post(ADDRESS, {"voucher": row.voucher, "proof": tail(row)})
    assert answer.status_code == 429
    assert "请过 10 分钟再查" in main(answer)
    assert soup(answer).main.find("a", href="tel:12345")
    assert client.get(MINE).status_code == 303


@pytest.mark.parametrize("fields", [{}, {"voucher": "1" * 5000, "proof": "x"}, {"proof": "二零"}])
def test_nonsense_is_answered_in_words(client, fields):
    answer = client.post(ADDRESS, fields)
    assert answer.status_code == 422
    assert soup(answer).select(".error")


def test_another_site_cannot_show_somebody_its_own_voucher(client, row):
    said = {"voucher": row.voucher, "proof": tail(row)}
    assert client.post(ADDRESS, said, headers={"Origin": "https://evil.example"}).status_code == 422
    assert client.post(ADDRESS, said, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 422
    assert client.post(ADDRESS, said, headers={"Origin": "http://testserver"}).status_code == 303


def test_without_a_cookie_for_tokens_it_works_all_the_same(row):
    looks_up(Client(enforce_csrf_checks=True), row)


def test_a_lost_voucher_is_no_dead_end(client):
    words = main(client.get(ADDRESS))
    assert "凭证找不到了" in words
    assert "报姓名，我们帮您查" in words


def test_who_has_looked_already_sees_the_way_back(client, row):
    assert "看刚才那张凭证" not in ways(client.get(ADDRESS))
    looks_up(client, row)
    assert "看刚才那张凭证" in ways(client.get(ADDRESS))


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(client, method):
    assert getattr(client, method)(ADDRESS).status_code == 405


def test_looking_takes_few_queries(client, row, django_assert_max_num_queries):
    said = {"voucher": row.voucher, "proof": tail(row)}
    with django_assert_max_num_queries(1):
        client.post(ADDRESS, said)
