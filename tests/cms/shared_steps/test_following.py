"""A shared step is written once: what is published shows everywhere at once, and is found there."""

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import Page

from cms.models import SharedStep
from courses.models import LessonPage
from tests.factories.pages import a_chapter, a_lesson, a_shared_step, shared, stream
from tests.factories.pages import step as step_block


def change(step: SharedStep, **parts) -> None:
    """Publish the step with other words."""
    step.body = stream(step_block(**parts))
    step.save_revision().publish()


def found(words: str) -> set[str]:
    return {page.title for page in Page.objects.live().search(words)}


def test_every_page_shows_the_change_at_once(client, step, lesson):
    chapter = a_chapter(body=stream(("section", "打开"), shared(step)))
    change(step, do="按住“微信”不放。", look="会跳出单子。")
    for page in (lesson, chapter):
        text = client.get(page.url).content.decode()
        assert "按住“微信”不放。" in text
        assert "点“微信”。" not in text


def test_a_draft_of_the_change_shows_nowhere(client, step, lesson):
    step.body = stream(step_block("还没想好。"))
    step.save_revision()
    text = client.get(lesson.url).content.decode()
    assert "点“微信”。" in text
    assert "还没想好。" not in text


def test_its_words_lead_to_every_page_that_shows_it(step, lesson):
    other = a_lesson(title="别的课", steps=stream(step_block()))
    chapter = a_chapter(title="扫一扫", body=stream(("section", "打开"), shared(step)))
    assert found("葫芦") == set()
    change(step, do="点葫芦。", picture={"screen": "标题栏 琵琶行\n撕口"})
    assert found("葫芦") == found("琵琶") == {lesson.title, chapter.title}
    change(step, do="点月亮。")
    assert found("葫芦") == set()
    assert other.title not in found("月亮")


def test_a_page_waits_for_a_step_nobody_approved():
    waiting = a_shared_step(live=False, title="没看过的", body=step_block())
    draft = a_lesson(live=False, steps=stream(shared(waiting)))
    with pytest.raises(ValidationError, match="“没看过的”还没有发布"):
        draft.get_latest_revision().publish()
    assert not LessonPage.objects.get(pk=draft.pk).live
    waiting.get_latest_revision().publish()
    LessonPage.objects.get(pk=draft.pk).get_latest_revision().publish()
    assert LessonPage.objects.get(pk=draft.pk).live


def test_readers_never_see_a_step_nobody_approved(client, step, lesson):
    """Even when one got into a page that is on line, past every guard."""
    SharedStep.objects.filter(pk=step.pk).update(live=False)
    text = client.get(lesson.url).content.decode()
    assert "点“微信”。" not in text
    assert 'data-step="1"' not in text


def test_a_lesson_whose_step_is_gone_is_still_read(client, step):
    lesson = a_lesson(steps=stream(shared(step), step_block("点小加号。")))
    SharedStep.objects.filter(pk=step.pk)._raw_delete("default")
    response = client.get(lesson.url)
    assert response.status_code == 200
    text = response.content.decode()
    assert "点小加号。" in text
    assert text.count("data-step=") == 1
    gone = LessonPage.objects.get(pk=lesson.pk)
    with pytest.raises(ValidationError, match="找不到了"):
        gone.save_revision().publish()
