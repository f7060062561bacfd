"""Editors see a draft as on each phone and as on paper; what they choose stays in the preview."""

import pytest
from django.urls import reverse

from cms.enums import PhoneKind
from cms.models import SharedStep
from cms.services.reading import reading_steps
from courses.models import LessonPage
from tests.factories.forms import chapter_form, lesson_form, step_form
from tests.factories.pages import a_chapter, a_lesson, a_shared_step, shared, step, stream
from tests.html import parsed

MODES = [*PhoneKind.values, "print"]


def preview(browser, page, form: dict, mode: str):
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    assert browser.post(address, form).json()["is_valid"]
    return browser.get(address, {"mode": mode})


@pytest.fixture
def lesson(db):
    return a_lesson(live=False)


@pytest.mark.parametrize("phone", PhoneKind.values)
def test_draft_is_drawn_for_the_phone(designer, lesson, phone):
    html = parsed(preview(designer, lesson, lesson_form(step_form(do="点“发现”。")), phone))
    assert html.one("html")["data-phone"] == phone
    assert html.one("li[data-step] h3").text == "点“发现”。"


def test_chapter_too(designer, db):
    chapter = a_chapter(live=False)
    form = chapter_form(step_form(), title="扫码")
    assert parsed(preview(designer, chapter, form, "harmony")).one("html")["data-phone"] == "harmony"


def test_editors_own_phone_is_left_alone(designer, lesson):
    designer.cookies["display"] = "standard.standard.apple"
    response = preview(designer, lesson, lesson_form(step_form()), "harmony")
    assert parsed(response).one("html")["data-phone"] == "harmony"
    assert "display" not in response.cookies
    assert designer.cookies["display"].value.endswith("apple")


def test_paper_on_the_screen(designer, lesson):
    form = lesson_form(step_form())
    assert parsed(preview(designer, lesson, form, "print")).all('link[href*="print-preview"]')
    assert not parsed(preview(designer, lesson, form, "android")).all('link[href*="print-preview"]')


def test_readers_never_fetch_the_preview_of_paper(client, db):
    assert "print-preview" not in client.get(a_lesson().url).content.decode()


@pytest.mark.parametrize("mode", MODES)
def test_preview_may_be_framed_by_us_and_runs_nothing_foreign(designer, lesson, mode):
    response = preview(designer, lesson, lesson_form(step_form()), mode)
    policy = response["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in policy
    assert response["X-Frame-Options"] == "SAMEORIGIN"


def test_phone_is_360_wide():
    for page in (LessonPage(), SharedStep()):
        assert page.preview_sizes[0]["device_width"] == 360
        assert page.default_preview_size == page.preview_sizes[0]["name"]
        assert [mode for mode, _ in page.preview_modes] == MODES


@pytest.mark.parametrize("mode", MODES)
def test_shared_step_in_every_way(reviewer, mode):
    step = a_shared_step()
    address = reverse("wagtailsnippets_cms_sharedstep:preview_on_edit", args=[step.pk])
    response = reviewer.get(address, {"mode": mode})
    assert response.status_code == 200


def test_preview_shows_the_shared_step_that_waits_for_approval(designer, client, lesson):
    waiting = a_shared_step(live=False, body=step("点“发现”。"))
    form = lesson_form(step_form(do="点“微信”。"), ("shared_step", str(waiting.pk)))
    html = parsed(preview(designer, lesson, form, "android"))
    assert [heading.text for heading in html.all("li[data-step] h3")] == ["点“微信”。", "点“发现”。"]
    # Nobody else is shown it, neither then nor after a preview.
    assert reading_steps(lesson_with(waiting).steps) == []


def test_preview_of_a_chapter_does_too(designer, db):
    waiting, chapter = a_shared_step(live=False, body=step("点“发现”。")), a_chapter(live=False)
    form = chapter_form(("shared_step", str(waiting.pk)), title="扫码")
    assert "点“发现”。" in preview(designer, chapter, form, "android").content.decode()


def lesson_with(shared_step) -> LessonPage:
    return a_lesson(live=False, steps=stream(shared(shared_step)))
