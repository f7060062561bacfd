"""What every list of the desk can do; the list of organisations stands for all of them."""

import csv
import io

import pytest
from django.contrib.messages import get_messages
from django.utils import timezone
from openpyxl import load_workbook

from cms.enums import AuditVerb
from cms.models import AuditEntry
from courses.desk.organisations.organisations import OrganisationList
from courses.enums import Duty, Right
from courses.models import Organisation
from courses.rules import duties
from tests.factories.classes import a_college, a_school
from tests.html import parsed

pytestmark = pytest.mark.django_db

LIST = "/admin/desk/organisations/"
FORMULA = "=HYPERLINK(1)社区学校"


@pytest.fixture
def many(college, monkeypatch):
    """More than fit on two pages."""
    monkeypatch.setattr(OrganisationList, "on_one_page", 5)
    return [a_school(college, f"第{number:02}所") for number in range(12)]


def rows_of(response) -> list[list[str]]:
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_a_table_says_what_it_is(manager, college):
    page = parsed(manager.get(LIST))
    assert page.one("table > caption").text == "机构"
    assert {each.get("scope") for each in page.all("thead th")} == {"col"}
    assert page.one("tbody tr > :first-child").get("scope") == "row"
    region = page.one("[role=region]:has(table)")
    assert (region["aria-label"], region["tabindex"]) == ("机构", "0")


def test_there_is_one_heading_and_every_filter_has_a_label(manager):
    page = parsed(manager.get(LIST))
    assert page.one("h1").text.strip() == "机构"
    assert page.one(".desk-filters")["method"] == "get"
    controls = page.all(".desk-filters :is(input, select)")
    assert len(controls) == 5
    for control in controls:
        page.one(f".desk-filters label[for={control['id']}]")


def test_pages(manager, many):
    first, last = manager.get(LIST), manager.get(f"{LIST}?p=3")
    assert len(first.context["part"].object_list) == 5
    assert len(last.context["part"].object_list) == 3
    text = first.content.decode()
    assert "共 13 家，这是第 1 页，共 3 页。" in text
    assert "下一页" in text
    assert "上一页" not in text


@pytest.mark.parametrize(("p", "number"), [("99", 3), ("-1", 3), ("0", 3), ("x", 1), ("", 1)])
def test_a_page_that_is_not_there_is_the_nearest_one(manager, many, p, number):
    assert manager.get(f"{LIST}?p={p}").context["part"].number == number


def test_turning_pages_keeps_the_filters(manager, many):
    text = manager.get(f"{LIST}?q=第&sort=-name&p=2").content.decode()
    assert "?q=%E7%AC%AC&amp;sort=-name&amp;p=3" in text
    assert '<input type="hidden" name="sort" value="-name">' in text


def test_headings_put_in_order_and_turn_it_round(manager, many):
    up = manager.get(f"{LIST}?sort=name&p=2")
    names = [each.name for each in up.context["part"].object_list]
    assert names == sorted(names)
    assert parsed(up).one("th[aria-sort]")["aria-sort"] == "ascending"
    # The order is turned round from the first page on.
    assert parsed(up).one("th[aria-sort] a")["href"] == "?sort=-name"
    assert [each["href"] for each in parsed(up).all("thead a")] == [
        "?sort=-name",
        "?sort=area__code",
        "?sort=code",
    ]
    down = manager.get(f"{LIST}?sort=-name")
    names = [each.name for each in down.context["part"].object_list]
    assert names == sorted(names, reverse=True)
    assert parsed(down).one("th[aria-sort=descending] a")["href"] == "?sort=name"


@pytest.mark.parametrize("sort", ["responsible_phone", "-guided_by__name", "?", "pk", "--name", "name,code"])
def test_only_what_a_heading_offers_puts_in_order(manager, many, sort):
    response = manager.get(LIST, {"sort": sort})
    usual = manager.get(LIST).context["part"].object_list
    assert list(response.context["part"].object_list) == list(usual)
    assert parsed(response).all("th[aria-sort]") == []


def test_nothing_there_and_nothing_found_are_told_apart(manager, monkeypatch):
    page = parsed(manager.get(f"{LIST}?q=没有这家"))
    assert "这样找，一个也没有" in page.one(".desk-nothing").text
    assert page.one(".desk-filters a")["href"] == LIST
    assert page.all("table") == []
    monkeypatch.setattr(OrganisationList, "get_rows", lambda view: Organisation.objects.none())
    page = parsed(manager.get(LIST))
    assert "您这里还没有机构。" in page.one(".desk-nothing").text


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_file_holds_all_pages_and_nobody_elses(manager, college, many, kind):
    many[0].name = FORMULA
    many[0].save()
    a_college("西社区学院", district="西区")
    response = manager.get(f"{LIST}?export={kind}&p=2")
    if kind == "csv":
        rows = rows_of(response)
    else:
        sheet = load_workbook(io.BytesIO(response.content)).active
        assert {cell.data_type for row in sheet for cell in row} <= {"inlineStr", "s", "n"}
        rows = [[cell.value or "" for cell in row] for row in sheet]
    assert rows[0][:3] == ["名称", "级别", "行政隶属"]
    assert len(rows) == 1 + 13
    assert {row[0] for row in rows[1:]} >= {f"'{FORMULA}", "东社区学院", "第11所"}
    assert "西社区学院" not in {row[0] for row in rows}
    assert "no-store" in response["Cache-Control"]
    day = f"{timezone.localdate():%Y%m%d}"
    assert response["Content-Disposition"] == f'attachment; filename="organisations-{day}.{kind}"'


def test_a_file_holds_what_the_filters_leave_and_is_put_down(manager, college, many):
    assert len(rows_of(manager.get(f"{LIST}?q=第0&export=csv"))) == 11
    entry = AuditEntry.objects.get(verb=AuditVerb.EXPORTED)
    assert (entry.by, entry.organisation_id, entry.detail) == (manager.user, college.pk, "organisations 10")


def test_a_page_for_paper_has_all_rows_no_frame_and_is_put_down(manager, many):
    page = parsed(manager.get(f"{LIST}?print=1"))
    assert len(page.all("tbody tr")) == 13
    assert page.all("nav, table a, form") == []
    assert "共 13 家。" in page.one("main").text
    assert AuditEntry.objects.get(verb=AuditVerb.PRINTED).detail == "organisations 13"


def test_a_very_long_list_says_what_is_missing_on_paper(manager, many, monkeypatch):
    monkeypatch.setattr("courses.desk.listing.LONGEST_PRINT", 7)
    page = parsed(manager.get(f"{LIST}?print=1"))
    assert "共 13 家，这里是前 7 家" in page.one("main").text
    assert len(page.all("tbody tr")) == 7


@pytest.mark.parametrize("query", ["export=csv", "export=xlsx", "print=1"])
def test_without_the_right_nothing_is_taken_away(manager, monkeypatch, query):
    rights = duties.RIGHTS | {Duty.DISTRICT_MANAGER: frozenset({Right.SEE_ORGANISATIONS})}
    monkeypatch.setattr(duties, "RIGHTS", rights)
    assert manager.get(f"{LIST}?{query}").status_code == 302
    assert "导出" not in manager.get(LIST).content.decode()
    assert not AuditEntry.objects.filter(verb__in=[AuditVerb.EXPORTED, AuditVerb.PRINTED]).exists()


def test_a_format_we_do_not_know_is_the_list_itself(manager):
    assert "<table" in manager.get(f"{LIST}?export=pdf").content.decode()


def test_a_refused_right_is_put_down_and_said(logged_in, college):
    teacher = logged_in(Duty.TEACHER, college)
    response = teacher.get(LIST)
    assert (response.status_code, response.url) == (302, "/admin/")
    assert [str(message) for message in get_messages(response.wsgi_request)]
    entry = AuditEntry.objects.get(verb=AuditVerb.REFUSED)
    assert (entry.by, entry.detail) == (teacher.user, "desk:organisations")


def test_who_is_not_logged_in_is_asked_to(client, db):
    response = client.get(LIST)
    assert response.status_code == 302
    assert response.url.startswith("/admin/login/")


def test_no_browser_keeps_a_screen(manager):
    assert "no-store" in manager.get(LIST)["Cache-Control"]


def test_looking_is_all_a_list_does(manager):
    assert manager.post(LIST).status_code == 405
