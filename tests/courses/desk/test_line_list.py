"""和别的线比对 (R11): the other line's list is looked at, kept once, compared, and never added to our number."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cms.models import AuditEntry
from courses.desk.accounts import wording
from courses.models import Attendance, LineActivity, Programme
from courses.rules.lines import same_place
from courses.rules.sheets.line_list import read_attendances
from courses.rules.sheets.unclear import Unclear
from courses.services.counting.totals import THE_CITY, total
from tests.factories.classes import a_college, a_room, a_school, a_venue, an_area
from tests.factories.roll_call import put_down, seniors
from tests.factories.sheets import a_book
from tests.factories.timetable import DAY, a_plan, a_run
from tests.html import parsed
from tests.queries import of_one_as_of_three

pytestmark = pytest.mark.django_db

HEAD = ["日期", "街镇", "地点", "活动名称", "人次", "联系人"]
NOTHING = "无法比对：还没有导入这条线的名单"


@pytest.fixture(autouse=True)
def three_days_later(time_machine, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    time_machine.move_to(f"{DAY + timedelta(days=3)} 10:00+08:00")


@pytest.fixture
def line():
    details = {"name": "2026 年", "target": 1000, "starts_on": "2026-01-01", "due_on": "2026-12-01"}
    programme, _ = Programme.objects.get_or_create(year=2026, defaults=details | {"source": "文件"})
    return programme.lines.create(name="妇联的线", planned=100)


@pytest.fixture
def school():
    an_area("甲街道", district="东区")
    return a_school(a_college("东社区学院", district="东区"), "东学校")


@pytest.fixture
def session(school):
    """A held session with two 人次, in 文化活动中心 of 甲街道."""
    venue = a_venue(school, "文化活动中心")
    venue.area = an_area("甲街道", district="东区")
    venue.save()
    made = a_run(a_plan(room=a_room(venue)), organiser=school).sessions.get()
    put_down(made, *seniors(made, 2))
    return made


def to(name: str, line, *parts) -> str:
    return reverse(f"desk:{name}", args=[line.programme_id, line.pk, *parts])


def a_row(on="2026-11-11", town="甲街道", place="", title="防骗讲座", many=30, contact="王芳") -> list:
    return [on, town, place, title, many, contact]


def uploaded(client, line, *rows, data=None, name="名单.xlsx"):
    file = SimpleUploadedFile(name, a_book([HEAD, *rows]) if data is None else data)
    return client.post(to("line_list", line), {"file": file})


def kept(client, line, *rows, **how):
    """Upload, look, agree; return what is said then."""
    preview = uploaded(client, line, *rows, **how)["Location"]
    seen = parsed(client.get(preview)).one('[name="seen"]')["value"]
    return client.post(preview, {"seen": seen}, follow=True).content.decode()


def pairs(client, line, asked="") -> list[list[str]]:
    rows = parsed(client.get(to("compare_line", line) + asked)).all(".desk-table tbody tr")
    return [[" ".join(cell.text.split()) for cell in row.select("th, td")] for row in rows]


def test_without_a_list_it_says_that_nothing_can_be_compared(city, line, session):
    assert NOTHING in city.get(to("compare_line", line)).content.decode()
    kept(city, line, a_row(on="2026-10-01"))
    text = city.get(to("compare_line", line)).content.decode()
    assert NOTHING not in text
    assert "这个月没有同一天、同一个地方的" in text


def test_the_same_day_and_street_stand_side_by_side_and_nothing_is_added(city, line, session):
    others = [
        a_row(on="2026-11-12", title="第二天"),
        a_row(town="乙街道", title="别处"),
        a_row(on="2026-10-11"),
    ]
    text = kept(city, line, a_row(), *others)
    assert "加了 4 个活动，改了 0 个人次" in text
    (row,) = pairs(city, line)
    assert row[2:] == ["文化活动中心", "2", "防骗讲座", "甲街道", "30", "同一天，同一个街镇"]
    assert "东学校" in row[0]
    assert total(THE_CITY, "2026").attendances == 2
    assert Attendance.objects.count() == 2
    assert pairs(city, line, "?month=2026-10") == []
    csv = city.get(to("compare_line", line) + "?export=csv").content.decode("utf-8-sig")
    assert "防骗讲座" in csv


def test_it_opens_on_the_latest_month_of_the_list_however_long_ago(city, line, session, time_machine):
    kept(city, line, a_row(), a_row(on="2026-09-05"))
    time_machine.move_to("2031-01-02 10:00+08:00")
    city.force_login(city.user)
    page = parsed(city.get(to("compare_line", line)))
    assert [each["value"] for each in page.all("[name=month] option")] == ["2026-11", "2026-09"]
    assert len(pairs(city, line)) == 1


def test_a_place_of_the_same_name_is_found_without_a_street(city, line, session):
    kept(
        city,
        line,
        a_row(town="", place="文化活动中心 302 室"),
        a_row(town="", place="别的中心", title="别处"),
    )
    (row,) = pairs(city, line)
    assert row[-1] == "同一天，同一个地点"


@pytest.mark.parametrize("state", ["cancelled", "not-held"])
def test_what_we_did_not_hold_is_not_compared(city, line, session, state):
    kept(city, line, a_row())
    type(session).objects.filter(pk=session.pk).update(state=state)
    assert pairs(city, line) == []


def test_the_same_file_twice_adds_nothing_and_another_figure_replaces_the_one_before(city, line):
    kept(city, line, a_row(), a_row(title="健康讲座"))
    preview = uploaded(city, line, a_row(), a_row(title="健康讲座"))["Location"]
    text = city.get(preview).content.decode()
    assert "会加上 0 个" in text
    assert "已经有了 2 个" in text
    assert "都已经有了，没有加" in city.post(preview, {"seen": "x"}, follow=True).content.decode()
    assert LineActivity.objects.count() == 2
    assert "加了 0 个活动，改了 1 个人次" in kept(city, line, a_row(many=45))
    assert LineActivity.objects.get(title="防骗讲座").attendances == 45
    assert LineActivity.objects.count() == 2


def test_every_row_that_cannot_be_kept_says_its_number_and_why(city, line):
    rows = [
        a_row(),
        a_row(on="没写"),
        a_row(on="2025-11-11"),
        a_row(many="很多"),
        a_row(town="", place=""),
        a_row(title="找王芳 13800000001"),
        a_row(),
    ]
    text = city.get(uploaded(city, line, *rows)["Location"]).content.decode()
    for number, words in (
        (3, "看不出是哪一天"),
        (4, "不在 2026 年"),
        (5, "看不出是多少"),
        (6, "没写街镇，也没写地点"),
        (7, "名称或者地点里有电话号码"),
        (8, "和第 2 行是同一个活动"),
    ):
        assert f"第 {number} 行" in text
        assert words in text
    assert "会加上 1 个" in text
    assert "加不了 6 个" in text
    assert not LineActivity.objects.exists()


def test_nothing_of_a_person_is_kept(city, line):
    kept(city, line, a_row(contact="王芳 13800000001"))
    values = " ".join(str(each) for each in LineActivity.objects.values_list().get())
    assert "王芳" not in values
    assert "13800000001" not in values


def test_a_district_or_an_unknown_street_is_compared_by_name_only(city, line, school):
    preview = uploaded(city, line, a_row(town="东区"), a_row(town="没有街道", title="二"))["Location"]
    text = city.get(preview).content.decode()
    assert "“东区”不是街镇，只按地点的名字比" in text
    assert "“没有街道”认不出是哪个街镇" in text


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([["姓名", "电话"]], "没找到表头那一行"),
        ([["日期", "活动名称", "人次"], ["2026-11-11", "讲座", 3]], "没有“街镇”，也没有“地点”"),
    ],
)
def test_a_file_that_is_no_such_list_is_refused(city, line, rows, words):
    answer = uploaded(city, line, data=a_book(rows))
    assert answer.status_code == 200
    assert words in answer.content.decode()


def test_a_csv_will_do(city, line):
    csv = "日期,地点,活动名称,人次\n2026-11-11,文化活动中心,讲座,30人次\n".encode("gb18030")
    kept(city, line, data=csv, name="名单.csv")
    assert LineActivity.objects.get().attendances == 30


def test_what_changed_since_it_was_looked_at_is_shown_again(city, line):
    preview = uploaded(city, line, a_row())["Location"]
    seen = parsed(city.get(preview)).one('[name="seen"]')["value"]
    line.activities.create(on=date(2026, 11, 11), place="甲街道", title="防骗讲座", attendances=5)
    answer = city.post(preview, {"seen": seen})
    assert answer.status_code == 422
    assert "名单变了" in answer.content.decode()
    assert LineActivity.objects.get().attendances == 5


def test_a_list_is_cleared_and_an_upload_forgotten(city, line):
    kept(city, line, a_row())
    assert "1 个活动都清掉吗" in city.get(to("clear_line_list", line)).content.decode()
    city.post(to("clear_line_list", line))
    assert NOTHING in city.get(to("compare_line", line)).content.decode()
    preview = uploaded(city, line, a_row())["Location"]
    city.post(f"{preview}drop/")
    assert city.get(preview).status_code == 404


def test_our_own_line_has_no_list(city, line):
    ours = line.programme.lines.create(name="我们", planned=5, is_ours=True)
    for name in ("compare_line", "line_list", "clear_line_list"):
        assert city.get(to(name, ours)).status_code == 404


def test_it_is_put_down_in_words(city, line):
    kept(city, line, a_row(), a_row(title="二"))
    city.post(to("clear_line_list", line))
    said = [wording.detail(each) for each in AuditEntry.objects.filter(subject="programme").order_by("pk")]
    assert said == ["别的线的活动名单：2 行，加了 2 个，改了 0 个人次", "清掉导入的名单 2026"]


def test_the_programme_leads_there(city, line):
    text = city.get(reverse("desk:programme", args=[line.programme_id])).content.decode()
    assert to("compare_line", line) in text


def test_it_costs_the_same_for_one_match_and_for_three(city, line, session, school):
    def add(number: int) -> None:
        venue = a_venue(school, f"第{number}活动处")
        made = a_run(a_plan(room=a_room(venue)), organiser=school).sessions.get()
        put_down(made, *seniors(made, 1, start=10 * number + 20))
        line.activities.create(
            on=DAY, place=venue.name, place_key=venue.name, title=f"第{number}", attendances=9
        )

    assert of_one_as_of_three(add, lambda: city.get(to("compare_line", line))) <= 22
    assert len(pairs(city, line)) == 3


@pytest.mark.parametrize(
    ("area", "place", "venue", "words"),
    [
        (1, "", "文化中心", "同一个街镇"),
        (2, "文化中心302", "文化中心", "同一个地点"),
        (2, "文化中心", "文化中心二楼", ""),
        (2, "家里", "家", ""),
        (2, "", "", ""),
        (None, "", "文化中心", ""),
    ],
)
def test_what_two_places_have_in_common(area, place, venue, words):
    assert same_place(area=area, place_key=place, venue_area=1, venue_key=venue) == words


@pytest.mark.parametrize(("written", "many"), [("30人次", 30), (30.0, 30), ("约30人", 30), (0, 0)])
def test_attendances_as_they_are_written(written, many):
    assert read_attendances(written) == many


@pytest.mark.parametrize("written", ["", "人次", "不限", "很多", "100001"])
def test_what_is_no_number_of_attendances(written):
    assert isinstance(read_attendances(written), Unclear)
