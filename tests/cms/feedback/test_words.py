"""A sentence added to a tap: optional, short, without numbers that could be somebody's."""

import pytest
from django.core import signing

from cms.models import StepFeedback
from cms.rules import masked
from tests.cms.feedback.conftest import SAME_SITE
from tests.html import parsed

pytestmark = pytest.mark.django_db


@pytest.fixture
def address(tap):
    """The page that thanks for a tap."""
    return tap()["Location"]


def say(client, address, words, **more):
    return client.post(address, {"words": words} | more, headers=SAME_SITE)


def test_words_are_kept_and_shown_for_mending(client, address):
    assert say(client, address, "  没有小加号。 ")["Location"] == address
    assert StepFeedback.objects.get().words == "没有小加号。"
    page = parsed(client.get(address))
    assert "您的话也记下了" in page.one('[role="status"]').text
    assert page.one("textarea").text.strip() == "没有小加号。"


def test_the_page_asks_little(client, address, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        assert client.get(address).status_code == 200


def test_words_may_be_left_out(client, address):
    assert say(client, address, "").status_code == 302
    assert StepFeedback.objects.get().words == ""


def test_too_many_words_are_told_of_and_kept(client, address):
    response = say(client, address, "长" * 201)
    page = parsed(response)
    assert response.status_code == 422
    assert "201" in page.one(".error").text
    assert page.one('[role="alert"] a')["href"] == "#words"
    assert page.one("textarea")["aria-invalid"] == "true"
    assert page.one("textarea").text.strip() == "长" * 201
    assert StepFeedback.objects.get().words == ""


def test_words_from_another_site_or_a_machine_are_refused(client, address):
    assert client.post(address, {"words": "x"}, headers={"origin": "https://evil.example"}).status_code == 422
    assert say(client, address, "x", website="https://casino.example").status_code == 422
    assert StepFeedback.objects.get().words == ""


def test_a_made_up_or_old_or_settled_token_takes_no_words(client, address, monkeypatch):
    feedback = StepFeedback.objects.get()
    for token in ("1", "x" * 60, signing.dumps(feedback.pk, salt="other"), f"{address[10:-1]}x"):
        assert say(client, f"/feedback/{token}/", "坏").status_code == 422
    monkeypatch.setattr("cms.services.feedback.TOKEN_AGE", -1)
    assert say(client, address, "晚了").status_code == 422
    monkeypatch.undo()
    StepFeedback.objects.update(settled_at="2026-01-01T00:00Z")
    assert say(client, address, "晚了").status_code == 422
    assert StepFeedback.objects.get().words == ""


def test_the_page_is_never_cached_nor_listed(client, address):
    response = client.get(address)
    assert "no-store" in response["Cache-Control"]
    assert parsed(response).one('meta[name="robots"]')["content"] == "noindex"


def test_what_was_written_is_shown_as_text(client, address):
    say(client, address, "</textarea><script>alert(1)</script>")
    page = parsed(client.get(address))
    assert not page.all("main script")
    assert "<script>" in page.one("textarea").text


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("打我电话 13812345678 吧", "打我电话 ··· 吧"),
        ("021-6512 3456", "···"),
        ("310101194501011234 是我", "··· 是我"),
        ("31010119450101123X", "···"),
        ("１３８１２３４５６７８", "···"),
        ("第 12 步，2021 年", "第 12 步，2021 年"),
        ("12345 打过了", "12345 打过了"),
        ("看\u200b不\x00懂", "看不懂"),
        ("一行\n两行", "一行\n两行"),
    ],
)
def test_long_numbers_are_left_out(words, left):
    assert masked(words) == left
