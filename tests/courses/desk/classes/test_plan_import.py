"""导入开班计划 in the desk: the file, every row with what will happen, the classes."""

import io
from datetime import date
from urllib.parse import unquote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from python_calamine import load_workbook

from courses.enums import Duty, TeachingRole
from courses.errors import Refused
from courses.models import CourseRun, Term
from courses.services.scheduling import plan_import
from courses.services.sheets import waiting
from tests.factories.classes import a_college, a_member, a_person, a_room, a_school, a_venue
from tests.factories.sheets import a_book, a_plan_book, line
from tests.factories.timetable import a_plan, a_run
from tests.html import parsed
from tests.queries import of_one_as_of_three

pytestmark = pytest.mark.django_db

START = "/admin/desk/classes/plan-import/"


@pytest.fixture(autouse=True)
def var_dir(settings, tmp_path):
    settings.VAR_DIR = tmp_path


@pytest.fixture
def school():
    return a_school(a_college("东社区学院", district="东区"), "田林社区学校")


@pytest.fixture
def room(school):
    return a_room(a_venue(school, "田林社区学校"), "203")


@pytest.fixture
def term():
    dates = {"starts_on": date(2026, 9, 7), "ends_on": date(2027, 1, 15)}
    return Term.objects.update_or_create(code="26B", defaults=dates)[0]


@pytest.fixture
def clerk(client, school, room, term):
    """A browser in which a clerk of the school is logged in; ``upload`` posts rows of a plan, or a file."""
    client.force_login(a_member(Duty.SCHOOL_STAFF, school))

    def upload(*lines, data=None, name="计划(1).xlsx"):
        file = SimpleUploadedFile(name, a_plan_book(*lines) if data is None else data)
        return client.post(START, {"term": term.pk, "file": file})

    client.upload = upload
    return client


def text_of(response) -> str:
    return response.content.decode()


def confirm(client, address):
    seen = client.get(address).context["preview"].seen
    return client.post(address, {"seen": seen}, follow=True)


def test_from_file_to_classes(clerk):
    response = clerk.upload(line(), line(title="坏了的班", time="周三下午"))
    assert response.status_code == 302
    assert not CourseRun.objects.exists()
    page = text_of(clerk.get(response.url))
    assert "会新建 1 个，已经有了 0 个，建不了 1 个" in page
    assert page.index("坏了的班") < page.index("微信入门班")
    assert "请写成 周三 14:00-15:30。" in page
    assert "2026年9月9日到11月4日，周三 14:00–15:30，共 8 次" in page
    assert "跳过放假的日子：2026年10月7日" in page
    assert not CourseRun.objects.exists()
    answer = confirm(clerk, response.url)
    page, html = text_of(answer), parsed(answer)
    run = CourseRun.objects.get()
    assert "建好了 1 个班，都是草稿" in page
    assert html.one(".desk-heading").text == "建好了 1 个班"
    links = [link["href"] for link in html.all(".desk a")]
    assert f"/admin/desk/classes/{run.pk}/" in links
    (to_them,) = [link for link in links if "state=draft" in link]
    assert run.code in text_of(clerk.get(to_them))
    assert run.code in page
    assert "会新建 0 个，已经有了 1 个，建不了 1 个" in page


def test_how_the_rest_was_understood(clerk, school):
    a_person(school, "王芳", role=TeachingRole.TEACHER)
    a_person(school, "李明")
    written = {"teacher": "王芳", "helpers": "李明", "fee": "20.50元", "minimum": 5, "tongue": "上海话"}
    page = text_of(
        clerk.get(clerk.upload(line(**written, enrol_from="8月20日 9:00", enrol_until="9月5日")).url)
    )
    assert "王芳，志愿者李明" in page
    assert (
        "学费 20.5 元，最少 5 人开班，从 2026年8月20日 9:00 报名，报到 2026年9月5日 23:59，上海话。" in page
    )


def test_an_address_tells_nobody_elses_class(clerk):
    other = a_run(organiser=a_school(a_college("西社区学院", district="西区")), title="金丝雀班")
    address = clerk.upload(line()).url
    for asked in (f"{other.pk}", "x-", f"{2**70}", f"-{other.pk}"):
        page = text_of(clerk.get(f"{address}?made={asked}"))
        assert "金丝雀班" not in page
        assert "看看会怎样" in page


def test_its_tables_have_heads_and_its_ways_back_lead_to_the_classes(clerk):
    page = parsed(clerk.get(clerk.upload(line(title="坏了的班", time="周三下午")).url))
    heads = [head.text.strip() for head in page.all(".desk-table thead th")]
    assert heads == ["班级", "什么时候", "在哪里", "谁教", "怎么改"]
    back = parsed(clerk.get(START)).one("form.desk-form .desk-buttons a")
    assert back["href"] == "/admin/desk/classes/"


def test_the_empty_table_bears_a_chinese_name(clerk):
    head = clerk.get(f"{START}template/").headers["Content-Disposition"]
    assert unquote(head) == "attachment; filename*=utf-8''开班计划表.xlsx"


def test_the_same_file_again(clerk):
    confirm(clerk, clerk.upload(line()).url)
    page = text_of(clerk.get(clerk.upload(line()).url))
    assert "这些班都已经有了，没有要建的" in page
    assert CourseRun.objects.count() == 1


def test_a_post_without_anything_new_says_so(clerk):
    confirm(clerk, clerk.upload(line()).url)
    assert "没有新的班要建" in text_of(confirm(clerk, clerk.upload(line()).url))


def test_a_button_pressed_twice_makes_one_class(clerk):
    address = clerk.upload(line()).url
    seen = clerk.get(address).context["preview"].seen
    for _ in range(2):
        response = clerk.post(address, {"seen": seen})
        assert response.status_code == 302
    assert CourseRun.objects.count() == 1


def test_what_is_left_is_said(clerk, monkeypatch):
    monkeypatch.setattr(plan_import, "MOST_AT_ONCE", 1)
    page = text_of(confirm(clerk, clerk.upload(line(), line(title="支付班", time="周四 9:30-11:00")).url))
    assert "还有 1 个班没建，请再按一次" in page


@pytest.mark.parametrize(
    ("code", "said"),
    [("taken", "第 2 行，教室、老师或者志愿者刚被别人排了。"), ("other", "第 2 行，王芳的事。")],
)
def test_what_was_refused_is_said_without_names(clerk, monkeypatch, code, said):
    def refuse(row, by):
        raise Refused(code, "王芳的事。")

    monkeypatch.setattr(plan_import, "_make", refuse)
    page = text_of(confirm(clerk, clerk.upload(line()).url))
    assert f"1 个班没建成：{said}" in page


def test_a_file_that_is_refused_later(clerk, term):
    """The rules for files may have changed since it was uploaded."""
    address = clerk.upload(line()).url
    for path in waiting.folder().iterdir():
        path.write_bytes(a_book([["姓名"]]))
    for response in [clerk.get(address, follow=True), clerk.post(address, {"seen": ""}, follow=True)]:
        assert "没找到表头那一行" in text_of(response)


def test_what_has_changed_meanwhile_is_shown_before_anything_is_saved(clerk, school, room):
    address = clerk.upload(line()).url
    seen = clerk.get(address).context["preview"].seen
    a_run(a_plan("14:00", date(2026, 9, 16), room=room), organiser=school, title="电脑班")
    page = text_of(clerk.post(address, {"seen": seen}))
    assert "您看过以后，有的行变了：第 2 行" in page
    assert "电脑班" in page
    assert CourseRun.objects.count() == 1


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"", "计划.xlsx", "这个文件是空的"),
        (b"x", "计划.xls", "旧格式的 .xls"),
        (b"PK\x03\x04" + b"x" * 5 * 1024 * 1024, "计划.xlsx", "最多 5 MB"),
        (a_book([["姓名"], ["王芳"]]), "名单.xlsx", "没找到表头那一行"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_the_form(clerk, data, name, words):
    response = clerk.upload(data=data, name=name)
    assert response.status_code == 200
    assert words in text_of(response)
    assert list(waiting.folder().iterdir()) == []


def test_nothing_chosen(clerk):
    page = text_of(clerk.post(START, {"term": "999"}))
    assert "没有这个学期" in page
    assert "请选一个文件" in page


def test_the_table_to_fill_in_is_read_back(clerk):
    response = clerk.get(f"{START}template/")
    head, example = load_workbook(io.BytesIO(response.content)).get_sheet_by_index(0).to_python()
    filled = a_book([head, example, [line_value(name) for name in head]])
    page = text_of(clerk.get(clerk.upload(data=filled).url))
    assert "会新建 1 个，已经有了 0 个，建不了 0 个" in page
    assert "第 2 行：例" in page


def line_value(name):
    values = {
        "办学单位": "田林社区学校",
        "班级名称": "微信班",
        "应用场景": "聊天",
        "地点": "田林社区学校 203",
    }
    return (values | {"起止日期": "9.9-12.30", "上课时间": "周三 14:00-15:30", "形式": "线下"}).get(name, "")


def test_an_upload_is_found_only_by_its_owner(clerk, client, school, term):
    address = clerk.upload(line()).url
    for other in [a_member(Duty.SCHOOL_STAFF, school), a_member(Duty.COLLEGE_STAFF, school.guided_by)]:
        client.force_login(other)
        assert client.get(address).status_code == 404
        assert client.post(address, {"seen": "0t"}).status_code == 404
        assert client.post(f"{address}drop/").status_code == 404
    assert not CourseRun.objects.exists()


@pytest.mark.parametrize("tail", ["1/00/", "1/0000000000000000000000000000000a/", "99999/x/"])
def test_no_such_upload(clerk, tail):
    assert clerk.get(f"{START}{tail}").status_code == 404


def test_no_such_term(clerk, term):
    address = clerk.upload(line()).url
    assert clerk.get(address.replace(f"/{term.pk}/", "/999999/")).status_code == 404


def test_an_upload_can_be_dropped(clerk):
    address = clerk.upload(line()).url
    assert clerk.get(f"{address}drop/").status_code == 405
    assert "文件删掉了" in text_of(clerk.post(f"{address}drop/", follow=True))
    assert clerk.get(address).status_code == 404
    assert list(waiting.folder().iterdir()) == []


@pytest.mark.parametrize("duty", [Duty.TEACHER, Duty.VOLUNTEER])
def test_only_planners_come_in(client, school, duty):
    client.force_login(a_member(duty, school))
    for address in [START, f"{START}template/", f"{START}1/{'0' * 32}/"]:
        response = client.get(address)
        assert response.status_code == 302
        assert response.url == "/admin/"


def test_what_lies_in_another_branch_is_not_in_the_page(clerk):
    far = a_school(a_college("西社区学院", district="西区"), "西一社区学校")
    a_venue(far, "西一文化馆")
    a_person(far, "西门子", role=TeachingRole.TEACHER)
    page = text_of(clerk.get(clerk.upload(line(organiser="西一", place="西一", teacher="西门")).url))
    assert not any(name in page for name in ["西一社区学校", "西一文化馆", "西门子", far.code])


def test_what_is_written_in_a_cell_stays_words(clerk):
    page = text_of(clerk.get(clerk.upload(line(title="<script>alert(1)</script>", teacher="<b>王</b>")).url))
    assert "<script>alert" not in page
    assert "<b>王" not in page


def test_the_preview_costs_the_same(clerk, school, room):
    """Nine queries are the frame's; the file's names, places, limits and what is taken are looked up once each."""
    a_person(school, "王芳", role=TeachingRole.TEACHER)
    a_run(a_plan("16:00", date(2026, 9, 16), room=room), organiser=school)
    lines: list = []

    def add(each: int) -> None:
        lines.append(line(title=f"第{each}班", time=f"周{'一二三'[each]} 9:30-11:00", teacher="王芳"))
        clerk.address = clerk.upload(*lines).url

    assert of_one_as_of_three(add, lambda: clerk.get(clerk.address)) <= 20
