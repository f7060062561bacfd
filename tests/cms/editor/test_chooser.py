"""The window in which a shared step is chosen: all of them at once, the usual ones first, in readers' words."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories.pages import a_lesson, a_shared_step, shared, step, stream
from tests.html import Html


def window(browser) -> list[str]:
    """The words of each row in the window."""
    html = browser.get(reverse("wagtailsnippetchoosers_cms_sharedstep:choose")).json()["html"]
    return [row.text for row in Html(html.encode()).all("tbody tr")]


def test_the_most_used_stands_first(designer):
    a_shared_step(title="甲", body=step("点“甲”。"))
    usual = a_shared_step(title="乙", body=step("点“乙”。"))
    a_lesson(live=False, steps=stream(shared(usual)))
    rows = window(designer)
    assert "乙" in rows[0]
    assert "点“乙”。" in rows[0]
    assert "甲" in rows[1]


def test_thirty_need_no_leafing(designer):
    for number in range(30):
        a_shared_step(title=f"第{number}个")
    assert len(window(designer)) == 30


def test_a_draft_without_a_step_is_listed_too(designer):
    empty = a_shared_step(live=False, title="空的")
    type(empty).objects.filter(pk=empty.pk).update(body="[]")
    assert "空的" in window(designer)[0]


def test_same_queries_for_any_number(designer):
    counts = []
    for _ in range(3):
        a_shared_step()
        with CaptureQueriesContext(connection) as queries:
            window(designer)
        counts.append(len(queries))
    assert counts[1] == counts[2]
