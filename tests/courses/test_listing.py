"""The list of lessons: found by what one knows, filtered together, put in order, taken away as a table."""

import datetime
import io

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from wagtail.models import Workflow

from cms.models import ScenarioPage, User
from courses.models import LessonPage
from tests.factories.pages import a_lesson, a_module
from tests.factories.people import a_designer, a_reviewer

pytestmark = pytest.mark.django_db

URL = "/admin/lessons/"


@pytest.fixture
def reviewer(client):
    """A browser in which a reviewer is logged in."""
    client.force_login(a_reviewer())
    return client


def day(count: int) -> datetime.date:
    return timezone.localdate() + datetime.timedelta(days=count)


def rows(browser, **query) -> list[str]:
    """The titles the list shows, in its order."""
    answer = browser.get(URL, query)
    assert answer.status_code == 200
    soup = BeautifulSoup(answer.content, "html.parser")
    return [cell.get_text(strip=True) for cell in soup.select("table.listing .title-wrapper")]


def test_a_row_tells_what_one_needs(reviewer):
    a_lesson(
        a_module(title="扫码模块"),
        title="扫一扫付钱",
        checked_on=day(-9),
        review_by=day(-1),
        owner=a_designer(),
    )
    text = BeautifulSoup(reviewer.get(URL).content, "html.parser").select_one("table.listing").get_text(" ")
    for words in ("扫码模块", "SCAN-1", "扫一扫付钱", "扫码", "test-designer", day(-9).isoformat(), "过期了"):
        assert words in text


QUERIES = ["付钱", "fuqian", "saoyisao", "SCAN-1", "scan1", "小加号"]


@pytest.mark.parametrize("query", QUERIES)
def test_found_by_chinese_pinyin_code_and_words_inside(query, reviewer):
    a_lesson(title="扫一扫付钱")
    a_lesson(title="坐地铁", main_scenario="transport", steps=[("step", {"do": "点地铁。"})], safety_note="")
    assert rows(reviewer, q=query) == ["扫一扫付钱"]


def test_a_draft_is_found_by_its_new_title(reviewer):
    lesson = a_lesson(title="旧名字")
    lesson.title = "换过的名字"
    lesson.save_revision()
    assert rows(reviewer, q="换过") == ["换过的名字"]


def test_every_filter_and_search_together(reviewer):
    module = a_module()
    wanted = a_lesson(module, title="扫一扫付钱", review_by=day(-3), owner=a_designer())
    wanted.topics.add("微信")
    wanted.save()
    for other in ({"title": "扫一扫点菜"}, {"title": "付钱", "review_by": day(9)}):
        a_lesson(**other)
    query = {
        "q": "付钱",
        "scenario": "scan-code",
        "module": module.pk,
        "topic": wanted.topics.get().pk,
        "owner": wanted.owner_id,
        "state": "live",
        "review": "overdue",
        "archived": "current",
    }
    assert rows(reviewer, **query) == ["扫一扫付钱"]
    for name in query:
        assert "扫一扫付钱" in rows(reviewer, **{name: query[name]})
    for name, other in {
        "scenario": "chat",
        "state": "draft",
        "review": "none",
        "archived": "archived",
    }.items():
        assert rows(reviewer, **query | {name: other}) == []


def test_a_scenario_that_is_only_touched_counts(reviewer):
    lesson = a_lesson(title="扫一扫", main_scenario="scan-code")
    lesson.also_scenarios = [ScenarioPage.objects.get(scenario="chat")]
    lesson.save()
    assert rows(reviewer, scenario="chat") == ["扫一扫"]


def test_the_days_of_the_next_check(reviewer):
    for title, review_by in {
        "昨天": day(-1),
        "今天": day(0),
        "月底": day(30),
        "以后": day(31),
        "没填": None,
    }.items():
        a_lesson(title=title, review_by=review_by)
    assert set(rows(reviewer, review="overdue")) == {"昨天"}
    assert set(rows(reviewer, review="soon")) == {"今天", "月底"}
    assert set(rows(reviewer, review="none")) == {"没填"}


def test_the_states(reviewer):
    designer = a_designer()
    a_lesson(title="在线的")
    a_lesson(title="没上线", live=False)
    changed, asked = a_lesson(title="有草稿"), a_lesson(title="请审核", live=False)
    changed.save_revision()
    Workflow.objects.get().start(LessonPage.objects.get(pk=asked.pk), designer)
    assert set(rows(reviewer, state="live")) == {"在线的"}
    assert set(rows(reviewer, state="changed")) == {"有草稿"}
    assert set(rows(reviewer, state="draft")) == {"没上线", "请审核"}
    assert set(rows(reviewer, state="in-review")) == {"请审核"}


def test_a_draft_stands_where_its_newest_words_put_it(reviewer):
    """The row of a page that is not on line is where its first draft began; lists follow the newest."""
    lesson = a_lesson(title="新课", live=False, main_scenario="")
    lesson.main_scenario, lesson.review_by = "chat", day(-1)
    lesson.save_revision(clean=False)
    assert rows(reviewer, scenario="chat", review="overdue") == ["新课"]


def test_a_draft_on_top_of_what_is_on_line_moves_nothing(reviewer):
    lesson = a_lesson(title="在线的")
    lesson.main_scenario = "chat"
    lesson.save_revision()
    assert rows(reviewer, scenario="scan-code") == ["在线的"]
    assert LessonPage.objects.get(pk=lesson.pk).main_scenario == "scan-code"


@pytest.mark.parametrize(
    "column", ["code", "title", "main_scenario", "checked_on", "review_by", "owner__username"]
)
def test_any_column_orders(column, reviewer):
    for number, title in enumerate(["甲", "乙", "丙"]):
        a_lesson(
            title=title,
            main_scenario=["bills", "chat", "leisure"][number],
            checked_on=day(number),
            review_by=day(number),
            owner=[called(name) for name in ("a", "b", "c")][number],
        )
    up, down = rows(reviewer, ordering=column), rows(reviewer, ordering=f"-{column}")
    assert sorted(up) == sorted(["甲", "乙", "丙"])
    assert up == down[::-1]


def called(name: str):
    return User.objects.get_or_create(username=name)[0]


def test_as_a_table_that_runs_nothing(reviewer):
    a_lesson(a_module(title="+模块"), title="=HYPERLINK(1)", review_by=day(3))
    csv = b"".join(reviewer.get(URL, {"export": "csv"}).streaming_content).decode("utf-8-sig")
    heading, row = csv.splitlines()
    assert heading == "编号,标题,在哪里,主要场景,状态,核对日期,下次核对,作者,更新"
    assert row.startswith("SCAN-1,'=HYPERLINK(1),'+模块,扫码,在线,")
    book = load_workbook(io.BytesIO(b"".join(reviewer.get(URL, {"export": "xlsx"}).streaming_content)))
    cell = book.active["B2"]
    assert (cell.value, cell.data_type) == ("=HYPERLINK(1)", "s")


def queries(browser, **query) -> int:
    browser.get(URL, query)
    with CaptureQueriesContext(connection) as captured:
        browser.get(URL, query)
    return len(captured)


@pytest.mark.parametrize("query", [{}, {"q": "课"}, {"scenario": "scan-code", "review": "none"}])
def test_as_many_queries_for_three_lessons_as_for_one(query, reviewer):
    a_lesson(owner=a_designer())
    one = queries(reviewer, **query)
    for name in ("a", "b"):
        a_lesson(owner=called(name), live=False)
    assert queries(reviewer, **query) == one
    # Wagtail's own frame around any list takes ten of them.
    assert one <= 28


def test_the_buttons_lead_on(client):
    client.force_login(a_designer())
    soup = BeautifulSoup(client.get(URL).content, "html.parser")
    links = {link.get_text(strip=True): link["href"] for link in soup.select("header a")}
    for label in ("新课", "新模块", "管理模块"):
        assert client.get(links[label], follow=True).status_code == 200


def test_it_is_in_the_menu(reviewer):
    assert reverse("lessons:index") == URL
    assert f'"{URL}"' in reviewer.get("/admin/").content.decode()
