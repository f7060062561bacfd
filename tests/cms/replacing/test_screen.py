"""The screen 改名: look first, tick, replace."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories.pages import a_lesson, a_shared_step, step, stream
from tests.factories.people import a_designer, a_manager, a_reviewer
from tests.html import parsed

ADDRESS = reverse("replacing")
ASKED = {
    "what": "扫一扫",
    "into": "扫码",
    "where": ["module", "handbook", "shared-steps"],
    "also": ["screens"],
}
STEPS = stream(step("点“扫一扫”。"))

pytestmark = pytest.mark.django_db


@pytest.fixture
def reviewer(client):
    client.force_login(a_reviewer())
    return client


def query(**changes) -> str:
    from urllib.parse import urlencode

    return f"{ADDRESS}?{urlencode(ASKED | changes, doseq=True)}"


def test_at_first_there_is_only_the_form(reviewer):
    html = parsed(reviewer.get(ADDRESS))
    assert len(html.all("[name=where][checked]")) == 3
    assert not html.all("mark")
    assert not html.all("#found")


def test_every_hit_is_marked_in_its_context_and_ticked(reviewer):
    lesson = a_lesson(title="课", steps=STEPS)
    html = parsed(reviewer.get(query()))
    hit = html.one(".replace-hits li")
    assert hit.find("mark").text == "扫一扫"
    assert " ".join(hit.text.split()) == "第 1 步，做什么：点“扫一扫”。"
    assert html.one("[name=key][checked]")["value"] == f"lessonpage-{lesson.pk}"
    assert "换好就上线" in html.one("main").text
    assert "找到 1 处" in html.one("#found").text


def test_what_is_ticked_is_replaced_and_told(reviewer):
    lesson, other = a_lesson(steps=STEPS), a_lesson(steps=STEPS)
    answer = reviewer.post(query(), {"key": [f"lessonpage-{lesson.pk}"]}, follow=True)
    assert "1 页已经上线" in answer.content.decode()
    lesson.refresh_from_db()
    other.refresh_from_db()
    assert lesson.steps[0].value["do"] == "点“扫码”。"
    assert other.steps[0].value["do"] == "点“扫一扫”。"
    # What is left is shown again.
    assert parsed(answer).one("[name=key]")["value"] == f"lessonpage-{other.pk}"


def test_nothing_ticked_changes_nothing_and_says_so(reviewer):
    lesson = a_lesson(steps=STEPS)
    answer = reviewer.post(query(), follow=True)
    assert "一页也没有选" in answer.content.decode()
    lesson.refresh_from_db()
    assert lesson.steps[0].value["do"] == "点“扫一扫”。"


def test_more_than_one_request_can_do_is_done_in_parts(reviewer, monkeypatch):
    monkeypatch.setattr("cms.services.replacing.applying.AT_ONCE", 1)
    monkeypatch.setattr("cms.views.admin.replacing.AT_ONCE", 1)
    lessons = [a_lesson(steps=STEPS) for _ in range(2)]
    html = parsed(reviewer.get(query()))
    assert len(html.all("[name=key]")) == 2
    assert len(html.all("[name=key][checked]")) == 1
    assert "一次最多换 1 页" in html.one("main").text
    keys = [f"lessonpage-{lesson.pk}" for lesson in lessons]
    answer = reviewer.post(query(), {"key": keys}, follow=True)
    assert "您打勾的有 2 页，所以一页也没有换" in answer.content.decode()
    for lesson in lessons:
        lesson.refresh_from_db()
        assert lesson.steps[0].value["do"] == "点“扫一扫”。"


def test_a_context_that_is_cut_says_so(reviewer):
    a_lesson(goal=f"{'前' * 20}扫一扫{'后' * 20}")
    (hit,) = parsed(reviewer.get(query())).all(".replace-hits li")
    assert " ".join(hit.text.split()) == f"目标：…{'前' * 16}扫一扫{'后' * 16}…"


def test_looking_changes_nothing(reviewer):
    lesson = a_lesson(steps=STEPS)
    reviewer.get(query())
    lesson.refresh_from_db()
    assert not lesson.has_unpublished_changes
    assert lesson.steps[0].value["do"] == "点“扫一扫”。"


@pytest.mark.parametrize(
    "changes", [{"what": ""}, {"what": "扫"}, {"into": ""}, {"into": "扫一扫"}, {"where": []}, {"where": "x"}]
)
def test_senseless_questions_are_refused_at_their_field(reviewer, changes):
    lesson = a_lesson(steps=STEPS)
    for answer in (
        reviewer.get(query(**changes)),
        reviewer.post(query(**changes), {"key": f"lessonpage-{lesson.pk}"}),
    ):
        assert answer.status_code == 200
        assert parsed(answer).all(".error-message")
        assert not parsed(answer).all("mark")
    lesson.refresh_from_db()
    assert lesson.steps[0].value["do"] == "点“扫一扫”。"


def test_words_found_are_shown_as_words(reviewer):
    a_lesson(goal="<b>扫一扫</b>")
    assert b"<b>" not in reviewer.get(query()).content.split(b'id="found"')[1]


def test_what_cannot_be_changed_is_listed_with_the_reason(reviewer):
    a_lesson(steps=stream(step("点“扫一扫”。" + "好" * 30)), title="长课")
    html = parsed(reviewer.get(query(into="扫一扫" * 8)))
    assert not html.all("[name=key]")
    assert "这些不会换" in html.one("main").text
    assert "长课" in html.one("main").text


def test_designers_get_drafts(client):
    client.force_login(a_designer())
    lesson = a_lesson(steps=STEPS)
    answer = client.post(query(), {"key": [f"lessonpage-{lesson.pk}"]}, follow=True)
    assert "1 页存成草稿" in answer.content.decode()


@pytest.mark.parametrize("person", [a_designer, a_reviewer, a_manager])
def test_every_role_has_it_in_the_menu(client, person):
    client.force_login(person())
    assert f'"{ADDRESS}"' in client.get(reverse("wagtailadmin_home")).content.decode()
    assert client.get(ADDRESS).status_code == 200


def test_nobody_else_has_it(client):
    assert client.get(ADDRESS).status_code == 302


def test_no_query_for_each_page_that_has_no_hit(reviewer):
    counts = []
    for number in (1, 3):
        for _ in range(number):
            a_lesson(title="没有")
            a_shared_step(title="没有")
        reviewer.get(query())
        with CaptureQueriesContext(connection) as queries:
            reviewer.get(query())
        counts.append(len(queries))
    assert counts[0] == counts[1]
