"""What an editor writes about a change is kept when the page goes on line, and readers see it as 更新记录."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Revision

from cms.models import ChangeNote
from tests.factories.pages import a_chapter, a_lesson
from tests.html import parsed

pytestmark = pytest.mark.django_db

NOTE = "第 3 步换成新版微信的图。"


def drafted(page, **values):
    """Save a draft of the page with these values; return its revision."""
    draft = type(page).objects.get(pk=page.pk).get_latest_revision_as_object()
    for name, value in values.items():
        setattr(draft, name, value)
    return Revision.objects.get(pk=draft.save_revision().pk)


def published(page, **values):
    drafted(page, **values).publish()


def kept(page) -> list[str]:
    return list(ChangeNote.objects.of(page).values_list("text", flat=True))


def in_the_editor(page) -> str:
    return type(page).objects.get(pk=page.pk).get_latest_revision_as_object().change_note


def shown(client, page) -> list[str]:
    return [item.text for item in parsed(client.get(page.url)).all(".change-notes li")]


@pytest.mark.parametrize("make", [a_lesson, a_chapter])
def test_a_published_note_is_kept_and_shown(client, make):
    page = make()
    published(page, change_note=NOTE)
    assert kept(page) == [NOTE]
    (item,) = shown(client, page)
    today = timezone.localdate()
    assert f"{today.year}年{today.month}月{today.day}日" in item
    assert NOTE in item


def test_a_draft_tells_readers_nothing(client):
    lesson = a_lesson()
    drafted(lesson, change_note=NOTE)
    assert kept(lesson) == []
    assert shown(client, lesson) == []
    assert in_the_editor(lesson) == NOTE


def test_an_empty_note_is_none(client):
    lesson = a_lesson()
    published(lesson, change_note=" ")
    assert kept(lesson) == []
    assert not parsed(client.get(lesson.url)).all(".change-notes")


def test_after_publishing_the_editor_begins_with_an_empty_note():
    lesson = a_lesson()
    published(lesson, change_note=NOTE)
    assert in_the_editor(lesson) == ""
    published(lesson, goal="自己会扫一扫。")
    assert kept(lesson) == [NOTE]


def test_a_newer_drafts_note_waits_for_its_own_publication():
    lesson = a_lesson()
    first = drafted(lesson, change_note=NOTE)
    drafted(lesson, change_note="又改了第 4 步。")
    first.publish()
    assert kept(lesson) == [NOTE]
    assert in_the_editor(lesson) == "又改了第 4 步。"
    published(lesson)
    assert kept(lesson) == ["又改了第 4 步。", NOTE]


def test_a_note_that_a_newer_draft_still_carries_is_kept_once():
    lesson = a_lesson()
    first = drafted(lesson, change_note=NOTE)
    drafted(lesson, goal="自己会扫一扫。")
    first.publish()
    published(lesson)
    assert kept(lesson) == [NOTE]


def test_the_clock_keeps_the_note_on_its_day():
    lesson = a_lesson(live=False)
    soon = timezone.now() + timedelta(hours=1)
    plan = drafted(lesson, change_note=NOTE, go_live_at=soon)
    plan.publish()
    assert kept(lesson) == []
    plan.approved_go_live_at = timezone.now() - timedelta(minutes=1)
    plan.content["go_live_at"] = None
    plan.save()
    call_command("run_jobs", stdout=StringIO())
    assert kept(lesson) == [NOTE]


def test_five_notes_are_seen_and_the_older_ones_open(client):
    lesson = a_lesson()
    for number in range(1, 8):
        published(lesson, change_note=f"第 {number} 次。")
    html = parsed(client.get(lesson.url))
    newest = [item.text.split()[-2] for item in html.all(".change-notes > ul li")]
    assert newest == ["7", "6", "5", "4", "3"]
    older = html.one(".change-notes details")
    assert "更早的 2 条" in older.summary.text
    assert [item.text.split()[-2] for item in older.select("li")] == ["2", "1"]


@pytest.mark.parametrize("make", [a_lesson, a_chapter])
def test_notes_cost_one_query_however_many(client, make):
    page, counts = make(), []
    for number in (1, 3):
        for again in range(number):
            published(page, change_note=f"{number}-{again}")
        client.get(page.url)
        with CaptureQueriesContext(connection) as asked:
            client.get(page.url)
        counts.append(len(asked))
        assert sum("cms_changenote" in query["sql"] for query in asked.captured_queries) == 1
    assert counts[0] == counts[1] <= 8
