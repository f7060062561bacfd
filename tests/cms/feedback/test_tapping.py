"""我的手机不一样 / 没看懂: what one tap leaves behind, and what is refused."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.models import StepFeedback
from tests.factories.pages import a_chapter, a_lesson, drawn_step, step, stream
from tests.html import parsed

pytestmark = pytest.mark.django_db


def kept() -> StepFeedback:
    return StepFeedback.objects.get()


def buttons(client, page):
    return [button["value"] for button in parsed(client.get(page.url)).all("[data-tell] [name=about]")]


def test_every_step_of_a_lesson_has_both_buttons(client, lesson):
    assert buttons(client, lesson) == [
        f"{kind}.step-{n}" for n in (1, 2, 3) for kind in ("different", "unclear")
    ]


def test_steps_of_a_chapter_are_told_apart_by_their_section(client):
    chapter = a_chapter(body=stream(("section", "一"), drawn_step(), ("section", "二"), drawn_step()))
    assert buttons(client, chapter)[::2] == ["different.step-1-1", "different.step-2-1"]


def test_one_tap_is_kept_with_the_steps_own_words(tap, lesson):
    response = tap("different.step-2")
    assert response.status_code == 302
    assert kept().page_id == lesson.pk
    assert (kept().anchor, kept().do, kept().kind) == ("step-2", "点“确定”。", "different")
    assert (kept().phone, kept().words) == ("", "")


def test_the_words_are_those_of_the_readers_phone(tap):
    tap(phone="apple")
    assert (kept().phone, kept().do) == ("apple", "点“好”。")


def test_the_thank_you_page_leads_back_to_the_step(client, tap, lesson):
    page = parsed(client.get(tap("unclear.step-3")["Location"]))
    assert "记下了，谢谢您。" in page.one("h1").text
    assert page.one("main a.chief")["href"] == f"{lesson.url}#step-3"
    assert "第 3 步" in page.one("main a.chief").text


def test_a_chapter_can_be_told_about_too(client, tap):
    chapter = a_chapter(body=stream(("section", "一"), drawn_step(), ("section", "二"), step("点右边。")))
    page = parsed(client.get(tap("unclear.step-2-1", page=chapter.pk)["Location"]))
    assert kept().do == "点右边。"
    assert page.one("main a.chief")["href"] == f"{chapter.url}#step-2-1"


def test_the_script_gets_words_and_an_address(tap):
    answer = tap(json=True).json()
    assert answer["message"] == "记下了，谢谢您。老师会来看。"
    assert answer["more"].startswith("/feedback/")


def test_the_same_tap_again_is_the_same_feedback(tap):
    assert tap()["Location"] == tap()["Location"]
    tap(address="10.0.0.2")
    tap("different.step-2")
    assert StepFeedback.objects.count() == 3


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"sec-fetch-site": "cross-site", "origin": "http://testserver"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"referer": "https://testserver.evil.example/"},
    ],
)
def test_a_tap_from_another_site_is_refused(tap, headers):
    assert tap(headers=headers).status_code == 422
    assert not StepFeedback.objects.exists()


@pytest.mark.parametrize(
    "headers", [{"origin": "http://testserver"}, {"referer": "http://testserver/courses/"}]
)
def test_old_web_views_that_send_less_are_heard(tap, headers):
    assert tap(headers=headers).status_code == 302


@pytest.mark.parametrize(
    "wrong",
    [
        {"about": ""},
        {"about": "unclear.step-99"},
        {"about": "unclear.step-2-1"},
        {"about": "spam.step-2"},
        {"about": "unclear.step-2\n"},
        {"about": "unclear.<script>"},
        {"page": "0"},
        {"page": "999999"},
        {"page": "9" * 40},
        {"page": "x"},
        {"phone": "nokia"},
        {"website": "https://casino.example"},
    ],
)
def test_nonsense_is_refused_in_words(tap, wrong):
    response = tap(**wrong)
    assert response.status_code == 422
    assert parsed(response).one("main .lead").text.strip()
    assert not StepFeedback.objects.exists()


def test_a_page_without_steps_or_off_line_takes_nothing(tap, lesson):
    assert tap(page=lesson.get_parent().pk).status_code == 422
    lesson.unpublish()
    assert tap().status_code == 422
    assert not StepFeedback.objects.exists()


def test_a_class_behind_one_address_is_served_and_a_machine_is_not(tap, lesson):
    lesson.steps = stream(*(step(f"第{n}个动作。") for n in range(1, 21)))
    lesson.save()
    abouts = [f"{kind}.step-{n}" for kind in ("unclear", "different") for n in range(1, 21)]
    pages = [lesson.pk, a_lesson(steps=lesson.steps).pk]
    taps = [tap(about, page=page) for page in pages for about in abouts]
    assert [response.status_code for response in taps[:60]] == [302] * 60
    assert {response.status_code for response in taps[60:]} == {429}
    assert "十分钟" in parsed(taps[-1]).one("main .lead").text
    assert tap(address="10.0.0.9").status_code == 302


def test_a_page_takes_only_so_much_in_a_day(tap, monkeypatch):
    monkeypatch.setattr("cms.services.feedback.PER_PAGE", 2)
    answers = [tap(address=f"10.0.1.{n}", json=True) for n in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert "老师已经知道" in answers[2].json()["message"]


def test_nothing_says_who_tapped(tap):
    tap(address="203.0.113.77")
    row = StepFeedback.objects.values().get()
    assert set(row) == {
        *("id", "page_id", "anchor", "do", "kind", "phone", "words", "left_at", "settled_at", "settled_by_id")
    }


def test_the_pages_with_buttons_set_no_cookie_and_hold_no_token(client, lesson):
    response = client.get(lesson.url)
    assert not response.cookies
    assert b"csrf" not in response.content


def test_opening_the_address_leads_home(client):
    assert client.get("/feedback/")["Location"] == "/"


def test_a_tap_asks_little(tap):
    tap("different.step-1")
    with CaptureQueriesContext(connection) as asked:
        tap("different.step-2")
    assert len(asked) <= 10
