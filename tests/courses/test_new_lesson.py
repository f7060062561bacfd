"""新课: a title is enough; the draft has its first steps and cannot go on line with blanks in them."""

import pytest
from django.urls import reverse

from cms.screens import parse
from courses.models import LessonPage
from courses.services.lesson_starts import STARTS
from tests.factories.pages import a_lesson, a_module
from tests.factories.people import a_designer, a_reviewer
from tests.html import parsed

NEW = "/admin/courses/new-lesson/"


@pytest.fixture
def designer(client, db):
    client.user = a_designer()
    client.force_login(client.user)
    return client


def add(browser, module, **values):
    words = {"title": "微信扫一扫", "module": module.pk, "main_scenario": "", "start": "usual"}
    return browser.post(NEW, words | values)


def the_new() -> LessonPage:
    return LessonPage.objects.order_by("-pk").first().get_latest_revision_as_object()


def test_editor_of_the_draft_opens(designer):
    response = add(designer, a_module())
    lesson = the_new()
    assert response.url == reverse("wagtailadmin_pages:edit", args=[lesson.pk])
    assert not lesson.live
    assert designer.get(response.url).status_code == 200


def test_lesson_belongs_to_its_module_and_its_maker(designer):
    module = a_module(main_scenario="bills")
    add(designer, module)
    lesson = the_new()
    assert lesson.get_parent().pk == module.pk
    assert (lesson.main_scenario, lesson.owner, lesson.latest_revision.user) == (
        "bills",
        designer.user,
        designer.user,
    )
    assert lesson.code.startswith("BILL-")
    assert lesson.slug == "wei-xin-sao-yi-sao"


def test_other_scenario_than_the_modules(designer):
    add(designer, a_module(main_scenario="bills"), main_scenario="chat")
    assert the_new().code.startswith("CHAT-")


def test_module_without_scenario_asks_for_one(designer):
    module = a_module(main_scenario="")
    response = add(designer, module)
    assert "请选一个" in response.context["form"].errors["main_scenario"][0]
    assert add(designer, module, main_scenario="chat").status_code == 302


@pytest.mark.parametrize("start", STARTS)
def test_every_start_opens_in_the_editor_and_waits_for_its_blanks(designer, start):
    add(designer, a_module(), start=start)
    lesson = the_new()
    assert len(lesson.steps) == len(STARTS[start].steps)
    assert bool(lesson.publish_refusals().get("steps")) == (start != "blank")


@pytest.mark.parametrize("start", STARTS)
def test_screens_to_start_from_can_be_drawn(start):
    for step in STARTS[start].steps:
        if picture := step.get("picture"):
            assert parse(picture["screen"]).widgets


def test_lesson_about_money_warns_from_the_start(designer):
    add(designer, a_module(), start="money")
    lesson = the_new()
    assert lesson.touches_money_or_privacy
    assert lesson.safety_note
    assert {"money"} <= {block.value["caution"]["kind"] for block in lesson.steps}


def test_blanks_are_named_when_it_is_to_be_published(designer):
    add(designer, a_module())
    assert "〔 〕" in the_new().publish_refusals()["steps"]


def test_module_one_comes_from_is_chosen(designer):
    _, second = a_module(), a_module()
    html = parsed(designer.get(NEW, {"module": second.pk}))
    assert html.one("select[name=module] option[selected]")["value"] == str(second.pk)


def test_module_one_worked_in_last_is_chosen(designer):
    _, second = a_module(), a_module()
    a_lesson(second).save_revision(user=designer.user)
    html = parsed(designer.get(NEW))
    assert html.one("select[name=module] option[selected]")["value"] == str(second.pk)


@pytest.mark.parametrize("module", ["", "x", "999", "-1"])
def test_strange_module_in_the_address(designer, module):
    a_module()
    assert designer.get(NEW, {"module": module}).status_code == 200


def test_only_the_title_is_asked_for(designer):
    module = a_module()
    response = add(designer, module, title="")
    assert set(response.context["form"].errors) == {"title"}
    assert not LessonPage.objects.child_of(module).exists()


def test_not_for_those_who_write_nothing(client, db):
    module = a_module()
    client.force_login(a_reviewer())
    assert client.get(NEW).status_code in {302, 403}
    add(client, module)
    assert not LessonPage.objects.child_of(module).exists()


def test_modules_page_leads_here(designer):
    module = a_module()
    html = parsed(designer.get(reverse("wagtailadmin_explore", args=[module.pk])))
    assert html.all(f'a[href="{NEW}?module={module.pk}"]')


def test_copy_opens_in_the_editor_as_a_draft_with_a_code_of_its_own(designer):
    lesson = a_lesson()
    form = {"new_title": "再来一课", "new_slug": "zai-lai", "new_parent_page": lesson.get_parent().pk}
    response = designer.post(reverse("wagtailadmin_pages:copy", args=[lesson.pk]), form)
    copy = LessonPage.objects.get(slug="zai-lai")
    assert response.url == reverse("wagtailadmin_pages:edit", args=[copy.pk])
    assert not copy.live
    assert copy.code != lesson.code
