"""What courses give to the ground floor's pages."""

import pytest

from courses.models import LessonPage
from courses.wagtail_hooks.lessons import lessons_of_scenario, modules_on_home
from tests.factories.pages import a_lesson, a_module

pytestmark = pytest.mark.django_db


def test_home_has_no_section_before_there_is_a_module():
    assert modules_on_home(None) is None


def test_home_shows_the_first_three_modules():
    modules = [a_module() for _ in range(4)]
    a_module(live=False)
    assert modules_on_home(None).context["modules"] == modules[:3]


def test_scenario_without_lessons_has_no_section():
    assert lessons_of_scenario("phone") is None


def test_scenario_lists_lessons_on_line_in_the_order_of_their_modules():
    first, second = a_module(), a_module()
    later = a_lesson(second, main_scenario="phone")
    earlier = a_lesson(first, main_scenario="phone")
    a_lesson(first, main_scenario="phone", live=False)
    assert lessons_of_scenario("phone").context["lessons"] == [earlier, later]


def test_lesson_keeps_its_topics_and_other_scenarios():
    from cms.models import ScenarioPage

    lesson = a_lesson()
    lesson.topics.add("微信", "付款")
    lesson.also_scenarios = ScenarioPage.objects.filter(scenario__in=["bills", "shopping"])
    lesson.save_revision().publish()
    lesson = LessonPage.objects.get(pk=lesson.pk)
    assert set(lesson.topics.names()) == {"微信", "付款"}
    assert {page.scenario for page in lesson.also_scenarios.all()} == {"bills", "shopping"}


def test_lesson_stands_only_in_a_module():
    assert [model.__name__ for model in LessonPage.allowed_parent_page_models()] == ["ModulePage"]
    assert LessonPage.allowed_subpage_models() == []


@pytest.mark.parametrize("minutes", ["0", "15", "300"])
def test_draft_in_preview_stands_last(client, minutes):
    module = a_module()
    a_lesson(module)
    draft = a_lesson(module, live=False, minutes=int(minutes))
    context = draft.get_context(client.get("/").wsgi_request)
    assert (context["position"], context["next"]) == (2, None)
    assert context["parent"].pk == module.pk
