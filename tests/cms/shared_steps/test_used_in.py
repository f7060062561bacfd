"""Whoever changes a shared step sees what changes with it."""

import pytest
from django.urls import reverse

from tests.factories.pages import a_chapter, a_lesson, a_shared_step, shared, stream
from tests.factories.pages import step as other

VIEWS = ["edit", "usage"]


def seen(browser, view: str, step) -> str:
    answer = browser.get(reverse(f"wagtailsnippets_cms_sharedstep:{view}", args=[step.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("view", VIEWS)
def test_pages_and_drafts_are_listed_with_links(view, step, as_admin):
    there = a_lesson(title="在线的课", steps=stream(shared(step)))
    draft = a_chapter(title="没写完的章", live=False, body=stream(shared(step)))
    changed = a_lesson(title="改了一半的课", steps=stream(other()))
    changed.steps = stream(shared(step))
    changed.save_revision()
    a_lesson(title="不相干的课", steps=stream(other()))
    text = seen(as_admin, view, step)
    for page in (there, draft, changed):
        assert page.title in text
        assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in text
    assert "不相干的课" not in text
    for state in ("在线", "草稿", "在线，有草稿"):
        assert state in text


@pytest.mark.parametrize("view", VIEWS)
def test_an_unused_step_says_so(view, as_admin):
    text = seen(as_admin, view, a_shared_step(body=other()))
    assert "/admin/pages/" not in text.partition("<main")[2]


def test_a_new_step_is_used_nowhere_yet(as_admin):
    answer = as_admin.get(reverse("wagtailsnippets_cms_sharedstep:add"))
    assert answer.status_code == 200
    assert "用在哪里" not in answer.content.decode()
