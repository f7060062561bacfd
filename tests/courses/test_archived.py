"""A lesson out of use: at its address with the reason, recommended nowhere."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from cms.models import ScenarioPage
from courses.models import LessonPage
from courses.rules import archived_refusals
from tests.factories.pages import a_lesson, a_module
from tests.html import parsed

pytestmark = pytest.mark.django_db

DAY = date(2022, 12, 13)


@pytest.fixture
def module():
    return a_module(title="亮码", main_scenario="show-code")


@pytest.fixture
def current(module):
    return a_lesson(module, title="乘车亮码", main_scenario="show-code")


@pytest.fixture
def archived(module, current):
    return a_lesson(
        module,
        title="进门亮码",
        main_scenario="show-code",
        archived_on=DAY,
        archived_because="进门不查码了。",
    )


def links(client, address) -> set[str]:
    return {link["href"] for link in parsed(client.get(address)).all("main a[href]")}


def test_it_says_since_when_why_and_where_to_go(client, archived):
    page = parsed(client.get(archived.url))
    box = page.one("main .caution:has(a.button)")
    assert "这一课已经停用" in box.h2.text
    assert "2022年12月13日" in box.text
    assert "进门不查码了。" in box.text
    assert box.a["href"] == "/scenarios/show-code/"
    assert page.one('meta[name="robots"]')["content"] == "noindex"
    assert "已停用" in page.one("title").text
    assert "已停用" in page.one(".kicker").text


def test_a_lesson_in_use_says_nothing_of_it(client, current):
    page = parsed(client.get(current.url))
    assert "停用" not in page.soup.text
    assert not page.all('meta[name="robots"]')


def test_paper_still_leads_there(client, archived):
    response = client.get(f"/l/{archived.code}/", follow=True)
    assert response.status_code == 200
    assert response.request["PATH_INFO"] == archived.url


def test_nobody_is_asked_what_was_unclear(client, archived, current):
    assert not parsed(client.get(archived.url)).all("[data-tell]")
    assert parsed(client.get(current.url)).all("[data-tell]")


def test_it_stands_in_no_list(client, archived, current):
    archived.also_scenarios = [ScenarioPage.objects.get(scenario="chat")]
    archived.save()
    for address in ("/scenarios/show-code/", "/scenarios/show-code/lessons/", current.get_parent().url):
        assert current.url in links(client, address), address
        assert archived.url not in links(client, address), address
    assert archived.url not in links(client, "/scenarios/chat/")


def test_it_is_nobodys_neighbour(client, module, archived, current):
    after = a_lesson(module, title="看码")
    assert archived.url not in links(client, current.url)
    assert after.url in links(client, current.url)
    assert "第 2 课" in parsed(client.get(after.url)).one(".kicker").text


def test_it_leads_to_the_lessons_in_use_only(client, archived, current):
    chief = parsed(client.get(archived.url)).one(".actions .chief")
    assert chief["href"] == "/scenarios/show-code/"


def test_it_is_not_found_by_searching(client, archived, current):
    found = parsed(client.get("/search/?q=亮码")).all("main li[data-code]")
    assert current.code in {item["data-code"] for item in found}
    assert archived.code not in {item["data-code"] for item in found}
    titles = [page["title"] for page in client.get("/search/suggest?q=进门").json()["suggestions"]]
    assert archived.title not in titles


def test_it_is_not_in_the_sitemap(client, archived, current):
    sitemap = client.get("/sitemap.xml").content.decode()
    assert current.url in sitemap
    assert archived.url not in sitemap


def test_put_to_use_again_it_is_back_everywhere(client, archived):
    archived.archived_on, archived.archived_because = None, ""
    archived.save_revision().publish()
    assert archived.url in links(client, "/scenarios/show-code/")
    assert archived.url in client.get("/sitemap.xml").content.decode()


def test_it_cannot_go_on_line_without_a_reason(archived):
    archived.archived_because = " "
    with pytest.raises(ValidationError, match="为什么"):
        archived.save_revision().publish()
    assert LessonPage.objects.get(pk=archived.pk).archived_because == "进门不查码了。"


TODAY = timezone.localdate()


@pytest.mark.parametrize(
    ("on", "because", "fields"),
    [
        (None, "", set()),
        (TODAY, "不用了。", set()),
        (TODAY, "", {"archived_because"}),
        (None, "不用了。", {"archived_on"}),
        (TODAY + timedelta(days=1), "不用了。", {"archived_on"}),
    ],
)
def test_what_is_asked_of_it(on, because, fields):
    refusals = archived_refusals(archived_on=on, archived_because=because, today=TODAY)
    assert set(refusals) == fields
    assert all(refusals.values())
