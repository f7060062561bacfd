"""A scenario page lists the lessons on it, then those that touch it as well."""

import pytest

from cms.models import ScenarioPage
from tests.factories.pages import a_lesson
from tests.html import parsed

pytestmark = pytest.mark.django_db


def titles(client, scenario: str) -> list[str]:
    listed = parsed(client.get(f"/scenarios/{scenario}/")).all("main .cards .card-title")
    return [link.text for link in listed]


def test_lessons_on_a_scenario_come_before_those_that_touch_it(client):
    touching = a_lesson(title="扫码加好友", main_scenario="scan-code")
    touching.also_scenarios = [ScenarioPage.objects.get(scenario="chat")]
    touching.save()
    a_lesson(title="和孙辈视频", main_scenario="chat")
    assert titles(client, "chat") == ["和孙辈视频", "扫码加好友"]
    assert titles(client, "scan-code") == ["扫码加好友"]


def test_a_lesson_stands_once_where_it_is_both(client):
    lesson = a_lesson(title="和孙辈视频", main_scenario="chat")
    lesson.also_scenarios = [ScenarioPage.objects.get(scenario="chat")]
    lesson.save()
    assert titles(client, "chat") == ["和孙辈视频"]


def test_paper_carries_the_public_address_whatever_name_was_asked_for(client, settings):
    settings.PUBLIC_URL = "https://xue.example.cn"
    lesson = a_lesson()
    foot = parsed(client.get(lesson.url, HTTP_HOST="localhost")).one("main .checked")
    assert f"短地址：xue.example.cn/l/{lesson.code}/" in foot.text


def test_the_page_varies_with_the_reader(client):
    assert "Cookie" in client.get(a_lesson().url)["Vary"]
