"""内容检查: the report, its table, the list of 黑话, and the panel in the editor."""

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from cms.models import JargonWord
from tests.factories.pages import a_chapter, a_lesson, a_module, a_shared_step, step, stream
from tests.factories.people import a_designer, a_manager, a_reviewer
from tests.html import parsed

BAD = stream(step("点击它。"))


def titles(browser, **query) -> list[str]:
    answer = browser.get(reverse("checks"), query)
    assert answer.status_code == 200
    return [heading.text.strip() for heading in parsed(answer).all(".checks-sheet h2")]


def bad_lesson(module=None, **values):
    """A lesson with one word of 黑话 in its first step."""
    return a_lesson(module, steps=BAD, **values)


def test_pages_are_listed_with_links_to_the_block(designer):
    lesson = bad_lesson(title="扫一扫")
    html = parsed(designer.get(reverse("checks")))
    address = reverse("wagtailadmin_pages:edit", args=[lesson.pk])
    links = [link["href"] for link in html.all(".checks-finding a")]
    assert f"{address}#block-{lesson.steps[0].id}-section" in links
    assert "“点击”是黑话" in html.one("main").text
    assert "怎么改：可以说“点”。" in html.one("main").text


def test_it_is_narrowed_by_check_place_severity_and_state(designer):
    lesson = bad_lesson(a_module(title="扫码"), title="黑话课", offline_way="去窗口。")
    chapter = a_chapter(title="好章", live=False)
    both = {f"{lesson.code} 黑话课", f"{chapter.code} 好章"}
    assert both <= set(titles(designer))
    assert titles(designer, check="jargon") == [f"{lesson.code} 黑话课"]
    assert titles(designer, place="扫码", check="jargon") == [f"{lesson.code} 黑话课"]
    assert f"{chapter.code} 好章" in titles(designer, state="草稿")
    assert f"{lesson.code} 黑话课" not in titles(designer, state="草稿")
    assert titles(designer, severity="mend", check="parts") == []
    assert titles(designer, check="jargon", place="没有这里") == []
    # What nobody knows narrows nothing.
    assert both <= set(titles(designer, check="x", severity="y", state="z", p="nonsense"))


def test_counts_of_the_other_checks_stay_in_sight(designer):
    bad_lesson()
    html = parsed(designer.get(reverse("checks"), {"check": "stale"}))
    names = [link.text.strip() for link in html.all(".checks-counts a")]
    assert "黑话 1" in names
    assert html.one(".checks-counts [aria-current]").text.startswith("该核对了")


def test_shared_steps_lead_to_their_own_form(designer):
    shared_step = a_shared_step(title="点它", body=step("点击它。"))
    html = parsed(designer.get(reverse("checks"), {"check": "jargon"}))
    address = reverse("wagtailsnippets_cms_sharedstep:edit", args=[shared_step.pk])
    assert html.one(".checks-sheet h2 a")["href"] == address


def test_a_long_report_goes_over_several_pages(designer):
    module = a_module()
    for _ in range(31):
        bad_lesson(module)
    assert len(titles(designer, check="jargon")) == 30
    assert len(titles(designer, check="jargon", p=2)) == 1


def test_the_table_holds_what_is_chosen(designer):
    lesson = bad_lesson(title="扫一扫")
    answer = designer.get(reverse("checks"), {"export": "xlsx", "check": "jargon"})
    rows = list(load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active.values)
    assert rows[0][:3] == ("哪一页", "种类", "在哪里")
    assert [row[0] for row in rows[1:]] == [f"{lesson.code} 扫一扫"]


@pytest.mark.parametrize("beginning", ["=", "+", "-", "@"])
def test_no_cell_of_the_csv_is_a_formula(designer, beginning):
    a_shared_step(title=f"{beginning}HYPERLINK(1)", body=step("点击它。"))
    answer = designer.get(reverse("checks"), {"export": "csv", "check": "jargon"})
    text = b"".join(answer.streaming_content).decode()
    assert f"'{beginning}HYPERLINK" in text
    assert f"\n{beginning}" not in text


@pytest.mark.parametrize("person", [a_designer, a_reviewer, a_manager])
def test_every_role_has_the_report_and_the_list(client, person):
    client.force_login(person())
    assert client.get(reverse("checks")).status_code == 200
    assert "界面" in client.get(reverse("jargon_list")).content.decode()
    assert f'"{reverse("checks")}"' in client.get(reverse("wagtailadmin_home")).content.decode()


def test_nobody_else_has_it(client):
    assert client.get(reverse("checks")).status_code == 302
    assert client.get(reverse("checks_of", args=["page", 1])).status_code == 302


def test_fifteen_queries_however_many_pages(designer):
    counts = []
    for _ in range(2):
        for _ in range(1 + len(counts) * 2):
            bad_lesson()
        designer.get(reverse("checks"))
        with CaptureQueriesContext(connection) as queries:
            designer.get(reverse("checks"))
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[0] <= 15 + FRAME, [query["sql"][:120] for query in queries]


# What Wagtail's frame asks on any page: who it is, what they may do, what the menu shows.
FRAME = 8


def test_managers_keep_the_list_and_designers_only_read_it(client):
    client.force_login(a_manager())
    assert client.post(reverse("jargon:add"), {"word": "闭环", "instead": "从头到尾"}).status_code == 302
    assert JargonWord.objects.get(word="闭环").instead == "从头到尾"
    assert reverse("jargon:index") in client.get(reverse("jargon_list")).content.decode()
    client.force_login(a_designer())
    assert client.get(reverse("jargon:index")).status_code == 302
    assert reverse("jargon:index") not in client.get(reverse("jargon_list")).content.decode()


def test_the_editor_asks_for_the_findings_of_its_page(designer):
    lesson = bad_lesson()
    editor = parsed(designer.get(reverse("wagtailadmin_pages:edit", args=[lesson.pk])))
    address = editor.one("[data-controller='content-checks']")["data-content-checks-address-value"]
    answer = parsed(designer.get(address))
    assert "处要改" in answer.one("summary").text
    assert answer.all(f"a[href='#block-{lesson.steps[0].id}-section']")


def test_the_form_of_a_shared_step_asks_as_well(designer):
    shared_step = a_shared_step(body=step("点击它。"))
    editor = parsed(designer.get(reverse("wagtailsnippets_cms_sharedstep:edit", args=[shared_step.pk])))
    address = editor.one("[data-controller='content-checks']")["data-content-checks-address-value"]
    assert "点击" in designer.get(address).content.decode()


def test_a_clean_page_says_so(designer):
    module = a_module()
    answer = designer.get(reverse("checks_of", args=["page", module.pk]))
    assert "都好" in answer.content.decode()


def test_findings_are_for_those_who_may_edit(client):
    addresses = [
        reverse("checks_of", args=["page", bad_lesson().pk]),
        reverse("checks_of", args=["step", a_shared_step().pk]),
    ]
    reviewer = a_reviewer()
    client.force_login(reviewer)
    assert [client.get(address).status_code for address in addresses] == [200, 200]
    assert client.get(reverse("checks_of", args=["page", 10**6])).status_code == 404
    # Who does not work on content, as later the staff of a school, is not shown what is wrong in drafts.
    group = reviewer.groups.get()
    group.permissions.remove(*group.permissions.filter(codename="change_sharedstep"))
    client.force_login(reviewer)
    assert [client.get(address).status_code for address in addresses] == [302, 302]


def test_findings_do_not_stop_publishing(client):
    client.force_login(a_manager())
    lesson = bad_lesson(live=False)
    lesson.get_latest_revision().publish()
    lesson.refresh_from_db()
    assert lesson.live
