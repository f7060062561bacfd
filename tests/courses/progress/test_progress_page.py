"""`/progress/`: the number, the ring, the plan, districts, scenarios, this week, the four lines; dated and cheap."""

import io
from datetime import date, timedelta

import pytest
from openpyxl import load_workbook

from courses.enums import Duty
from courses.models import CourseRun, Programme, ReportedLine
from courses.services.roll_call.guests import approve_heads, count_heads
from tests.factories.classes import a_college, a_member, a_school, the_city
from tests.factories.roll_call import a_held_session, put_down, seniors
from tests.factories.timetable import DAY, a_plan, moment
from tests.queries import of_one_as_of_three

pytestmark = pytest.mark.django_db

URL = "/progress/"
AFTER = DAY + timedelta(days=1)


@pytest.fixture(autouse=True)
def the_day_after(time_machine):
    time_machine.move_to(f"{AFTER} 10:00+08:00")


@pytest.fixture
def session():
    return a_held_session()


@pytest.fixture
def programme():
    made, _ = Programme.objects.update_or_create(
        year=2026,
        defaults={
            "name": "2026 年",
            "target": 200_000,
            "starts_on": date(2026, 1, 1),
            "due_on": date(2026, 12, 31),
            "source": "市里的文件",
            "is_example": False,
        },
    )
    return made


def page(client, query: str = "") -> str:
    response = client.get(URL + query)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_nothing_yet_is_zero_and_dated(client, programme):
    said = page(client)
    assert "<b>0</b>" in said
    assert "数到 2026 年 11 月 12 日" in said
    assert "满了 0 格，还差 20 格" in said


def test_the_number_is_that_of_the_roll(client, programme, session):
    put_down(session, *seniors(session, 3))
    said = page(client)
    assert "<b>3</b>" in said
    assert "来过的人一共 3 位" in said
    assert '<b class="big-figure">3</b> 人次' in said


def test_heads_without_names_count_only_where_a_district_says_so(client, programme, session):
    put_down(session, *seniors(session, 2))
    count_heads(session=session, heads=5, by=None, now=moment("15:00"))
    said = page(client)
    assert "<b>2</b>" in said
    assert "还有 5 人没留名字，没算在里面" in said
    manager = a_member(Duty.DISTRICT_MANAGER, session.run.organiser.guided_by)
    approve_heads(session=session, because="有照片", by=manager, now=moment("16:00"))
    said = page(client)
    assert "<b>7</b>" in said
    assert "其中有名字的 2 人次。没留名字、区里认可的 5 人次。" in said


def test_a_session_of_last_month_is_in_its_month(client, programme, session):
    before = a_held_session(a_plan(on=date(2026, 10, 14)), organiser=session.run.organiser)
    put_down(before, *seniors(before, 1))
    put_down(session, *seniors(session, 2, start=50))
    assert [row[:3] for row in table(client, "plan")[10:12]] == [("2026-10-31", 1, 1), ("2026-11-12", 2, 3)]


def table(client, name: str, query: str = "") -> list[tuple]:
    response = client.get(f"{URL}{name}.xlsx{query}")
    assert response.status_code == 200
    return list(load_workbook(io.BytesIO(response.content)).active.iter_rows(values_only=True))


def test_every_table_can_be_taken_away_dated(client, programme, session):
    put_down(session, *seniors(session, 2))
    plan, districts, scenarios = (table(client, name) for name in ("plan", "districts", "scenarios"))
    assert plan[11][:3] == ("2026-11-12", 2, 2)
    assert ("扫码", 2, 2) in scenarios
    assert sum(row[1] for row in districts[1:] if row[0] and isinstance(row[1], int)) == 2
    for rows in (plan, districts, scenarios, table(client, "lines", "?year=2021")):
        assert ("数到 2026-11-12") in str(rows) or "数到 2021-12-31" in str(rows)
    assert client.get(f"{URL}nothing.xlsx").status_code == 404


def test_the_plan_is_a_picture_with_a_table_behind_it(client, programme):
    picture = client.get(f"{URL}chart.svg?year=2021")
    assert picture["Content-Type"].startswith("image/svg+xml")
    body = picture.content.decode()
    assert "6月底 12万" in body
    assert "9月底 20万" in body
    said = page(client, "?year=2021&tables=1")
    assert f'src="{URL}chart.svg?year=2021"' in said
    assert "6月30日的 120,000 是推算的" in said
    assert said.count("<details") == said.count(" open>") == 3


def test_classes_of_the_last_weeks(client, programme, session, time_machine):
    put_down(session, *seniors(session, 2))
    a_held_session(organiser=session.run.organiser)
    time_machine.move_to(f"{AFTER + timedelta(days=2)} 10:00+08:00")
    said = page(client)
    assert "点过名的有 1 节" in said
    assert "座位坐了 10%。一共 20 座，来了 2 人。" in said
    assert "有 1 节课，过了 2 天还没有点名" in said


def test_a_year_that_is_over_says_so(client):
    said = page(client, "?year=2021")
    assert "数到 2021 年 12 月 31 日" in said
    assert "期限是 2021年9月30日，已经过了。那时有 0 人次。" in said
    assert "这一周" not in said


def test_a_year_that_has_not_begun_is_at_nothing(client, programme):
    values = {"starts_on": date(2031, 1, 1), "due_on": date(2031, 12, 31), "source": "文件"}
    Programme.objects.create(year=2031, name="2031 年", target=10, **values)
    said = page(client, "?year=2031")
    assert "<b>0</b>" in said
    assert "还看不出快慢" in said
    assert client.get(f"{URL}chart.svg?year=2031").status_code == 200


@pytest.mark.parametrize("year", ["1999", "x", "99999999999", "-1", "２０２１x"])
def test_a_year_without_a_programme_is_not_there(client, year):
    for address in (URL, f"{URL}chart.svg", f"{URL}plan.xlsx"):
        assert client.get(address, {"year": year}).status_code == 404


def test_the_other_lines_stand_beside_ours_and_are_never_added(client, programme, session):
    put_down(session, *seniors(session, 2))
    said = page(client, "?year=2021")
    assert said.count("还没有数字") == 3
    line = ReportedLine.objects.get(programme__year=2021, planned=400_000)
    line.reported, line.reported_on, line.source = 312_345, date(2021, 10, 8), "大数据中心来函"
    line.save()
    said = page(client, "?year=2021")
    assert "312,345<small>2021年10月8日，大数据中心来函</small>" in said
    assert "<b>0</b>" in said


def test_an_example_says_it_is_one(client, programme):
    assert "目标只是举例" not in page(client)
    Programme.objects.filter(pk=programme.pk).update(is_example=True)
    assert "目标只是举例" in page(client)


def test_demo_data_is_said_where_it_is_counted(client, programme, session):
    CourseRun.objects.filter(pk=session.run_id).update(is_demo=True)
    assert "演示数据" not in page(client)
    put_down(session, *seniors(session, 1))
    assert "演示数据" in page(client)
    assert "演示数据" in str(table(client, "districts"))
    assert "演示数据" not in page(client, "?year=2021")


def test_without_any_programme_the_page_says_so(client):
    ReportedLine.objects.all().delete()
    Programme.objects.all().delete()
    assert "计划还没有填好" in page(client)
    assert client.get(f"{URL}chart.svg").status_code == 404


def test_it_stands_in_the_index_and_is_good_for_a_minute(client, programme):
    assert '<a href="/progress/" aria-current="true">进度</a>' in page(client)
    assert client.get(URL)["Cache-Control"] == "max-age=60"
    assert client.post(URL).status_code == 405


def test_it_is_cheap_however_much_is_counted(client, programme):
    def add(number: int) -> None:
        college = a_college(district=f"第{number}区")
        held = a_held_session(a_plan(on=DAY - timedelta(weeks=number)), organiser=a_school(college))
        put_down(held, *seniors(held, 2, start=10 * number))

    assert of_one_as_of_three(add, lambda: page(client)) <= 10


def test_a_share_of_the_city_belongs_to_no_district(client, programme):
    held = a_held_session(a_plan(), organiser=the_city())
    put_down(held, *seniors(held, 1))
    assert "<b>1</b>" in page(client)
