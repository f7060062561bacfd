"""反馈: what waits stands first, is found by kind, page and phone, and is settled, also many at once, and undone."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cms.enums import FeedbackKind, PhoneKind
from cms.models import StepFeedback
from tests.factories.pages import a_chapter, a_lesson, step, stream
from tests.html import parsed

pytestmark = pytest.mark.django_db


@pytest.fixture
def address():
    return reverse("feedback_desk:index")


def feedback(words: str, page=None, **values) -> StepFeedback:
    values = {"anchor": "step-1", "do": "点加号。", "kind": FeedbackKind.UNCLEAR} | values
    return StepFeedback.objects.create(page_id=(page or a_lesson()).pk, words=words, **values)


def seen(response) -> list[str]:
    return [row.text.strip() for row in parsed(response).all(".today-row .today-words")]


@pytest.mark.parametrize("who", ["designer", "reviewer", "manager"])
def test_every_role_may_work_here(request, address, who):
    one = feedback("看不懂。")
    browser = request.getfixturevalue(who)
    assert seen(browser.get(address)) == ["看不懂。"]
    browser.post(address, {"id": one.pk, "do": "settle"})
    one.refresh_from_db()
    assert one.settled_by == browser.user


def test_strangers_and_other_staff_may_not(client, db, address, django_user_model):
    assert "/admin/login/" in client.get(address)["Location"]
    client.force_login(django_user_model.objects.create_user("nobody", password="x"))
    assert client.get(address).status_code in {302, 403}


def test_what_waits_stands_first_then_the_newest(designer, address):
    feedback("旧的"), feedback("处理过的", settled_at=timezone.now()), feedback("新的")
    assert seen(designer.get(address)) == ["新的", "旧的", "处理过的"]


def test_a_row_says_page_step_phone_and_day(designer, address):
    one = feedback("只有三个点。", a_lesson(title="微信扫一扫"), phone=PhoneKind.HARMONY)
    row = parsed(designer.get(address)).one(".today-row")
    day = timezone.localtime(one.left_at)
    for said in ("没看懂：点加号。", "微信扫一扫", "鸿蒙", f"{day.month}月{day.day}日"):
        assert said in row.text


def test_words_of_readers_are_never_markup(designer, address):
    feedback("<script>alert(1)</script>")
    assert b"<script>alert(1)" not in designer.get(address).content


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"state": "waiting"}, {"甲", "乙"}),
        ({"state": "settled"}, {"丙"}),
        ({"kind": "different"}, {"乙"}),
        ({"phone": "apple"}, {"甲"}),
        ({"kind": "unclear", "state": "waiting"}, {"甲"}),
        ({"kind": "moon", "page": "x", "p": "zz"}, {"甲", "乙", "丙"}),
        ({"page": "²"}, {"甲", "乙", "丙"}),
    ],
)
def test_filters(designer, address, asked, found):
    feedback("甲", phone=PhoneKind.APPLE)
    feedback("乙", kind=FeedbackKind.DIFFERENT)
    feedback("丙", settled_at=timezone.now())
    assert set(seen(designer.get(address, asked))) == found


def test_only_one_page(designer, address):
    lesson = a_lesson(title="微信扫一扫")
    feedback("这页", lesson), feedback("别页")
    response = designer.get(address, {"page": lesson.pk})
    assert seen(response) == ["这页"]
    assert "只看“微信扫一扫”的反馈" in parsed(response).one("main").text


def test_many_are_settled_at_once_and_taken_back(designer, address):
    several = [feedback(words) for words in "甲乙丙"]
    response = designer.post(address, {"id": [one.pk for one in several[:2]], "do": "settle"}, follow=True)
    assert set(StepFeedback.objects.waiting().values_list("words", flat=True)) == {"丙"}
    undo = parsed(response).one(".feedback-undo")
    assert "标好了 2 条" in undo.text
    ids = [field["value"] for field in undo.select("[name=id]")]
    designer.post(address, {"id": ids, "do": "reopen"})
    assert StepFeedback.objects.waiting().count() == 3
    assert not StepFeedback.objects.filter(settled_by__isnull=False).exists()


def test_what_a_colleague_settled_first_stays_theirs(designer, reviewer, address):
    one = feedback("甲")
    reviewer.post(address, {"id": one.pk, "do": "settle"})
    response = designer.post(address, {"id": one.pk, "do": "settle"})
    one.refresh_from_db()
    assert one.settled_by == reviewer.user
    assert "settled" not in parse_qs(urlsplit(response["Location"]).query)


@pytest.mark.parametrize("ids", [[], ["x"], ["-1"], ["9" * 30], ["²"]])
def test_nothing_ticked_is_said_and_nothing_happens(designer, address, ids):
    feedback("甲")
    response = designer.post(address, {"id": ids, "do": "settle"}, follow=True)
    assert response.status_code == 200
    assert StepFeedback.objects.waiting().count() == 1
    assert any("一条也没选" in str(message) for message in response.context["messages"])


def test_the_filter_stays_after_settling(designer, address):
    one = feedback("甲", phone=PhoneKind.APPLE)
    response = designer.post(f"{address}?phone=apple", {"id": one.pk, "do": "settle"})
    assert parse_qs(urlsplit(response["Location"]).query)["phone"] == ["apple"]


def test_a_long_list_is_shown_in_parts(designer, address):
    lesson = a_lesson()
    for number in range(51):
        feedback(f"第 {number}", lesson)
    assert len(seen(designer.get(address))) == 50
    assert seen(designer.get(address, {"p": 2})) == ["第 0"]


@pytest.mark.parametrize(("asked", "words"), [({}, "还没有读者留话"), ({"phone": "apple"}, "一条也没有")])
def test_an_empty_list_is_said_in_words(designer, address, asked, words):
    assert words in parsed(designer.get(address, asked)).one("main").text


def test_three_ask_no_more_than_one(designer, address):
    counts = []
    for number in (1, 2):
        for _ in range(number):
            feedback("甲"), feedback("乙", settled_at=timezone.now(), settled_by=designer.user)
        designer.get(address)
        with CaptureQueriesContext(connection) as asked:
            designer.get(address)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 12


def blocks_of(page, name: str) -> list[str]:
    return [block["id"] for block in getattr(page, name).raw_data if "step" in block["type"]]


def test_the_way_to_a_page_ends_at_the_step(designer, address):
    page = a_lesson(steps=stream(step("点加号。"), step("点“扫一扫”。")))
    row = parsed(designer.get(f"{address}?page={feedback('看不懂。', page, anchor='step-2').page_id}"))
    response = designer.get(row.one(".today-row .changes-links a")["href"])
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert response["Location"] == f"{edit}#block-{blocks_of(page, 'steps')[1]}-section"


def test_steps_of_a_chapter_are_counted_anew_in_every_section(designer, address):
    body = stream(("section", "先看"), step("看码。"), ("section", "再扫"), step("对准。"), step("停住。"))
    page = a_chapter(body=body)
    one = feedback("看不懂。", page, anchor="step-2-2")
    assert blocks_of(page, "body")[2] in designer.get(f"{address}?mend={one.pk}")["Location"]


def test_a_step_that_is_gone_leads_to_the_page(designer, address):
    one = feedback("看不懂。", a_lesson(), anchor="step-9")
    assert designer.get(f"{address}?mend={one.pk}")["Location"] == reverse(
        "wagtailadmin_pages:edit", args=[one.page_id]
    )
    assert designer.get(f"{address}?mend=999999").status_code == 404
