"""周课表: by place, teacher and volunteer, as a table and as a list by day; clashes, empty and closed rooms."""

from datetime import date, timedelta

import pytest

from courses.models import CourseRun
from courses.services.scheduling import board_rooms
from tests.factories.classes import a_person, a_room, a_school, a_venue
from tests.factories.places import closed_on, open_week
from tests.factories.timetable import DAY, a_plan, a_run, moment
from tests.html import parsed, text_of
from tests.queries import of_one_as_of_three

pytestmark = pytest.mark.django_db

DESK = "/admin/desk"


def done(response) -> None:
    assert response.status_code == 302, response.content.decode()


@pytest.mark.parametrize(
    ("by", "row"), [("place", "田林活动室 203"), ("teacher", "王老师"), ("volunteer", "李志愿")]
)
def test_the_board_by_place_teacher_and_volunteer(planner, run, by, row):
    text = text_of(planner.get(f"{DESK}/board/?on={DAY}&by={by}"))
    assert f'<th scope="row">{row}' in text.replace("\n", "").replace("  ", "")
    assert "14:00–15:30" in text
    assert "board-clash" not in text


def test_the_board_circles_what_clashes(planner, run):
    other = a_run(a_plan("16:00", room=run.room), organiser=run.organiser, title="微信聊天")
    # Behind the application's back: no service would save it.
    other.sessions.update(starts_at=moment("14:30"))
    text = text_of(planner.get(f"{DESK}/board/?on={DAY}"))
    assert text.count("board-clash") == 2
    assert "田林活动室 203 11月11日 14:30 有两节课：“手机入门”和“微信聊天”" in text


def cells(response, row: str) -> list[str]:
    """The seven days of a board's row, each in words."""
    rows = parsed(response).all("table.board tbody tr")
    found = next(each for each in rows if row in each.select_one("th").text)
    return [" ".join(cell.text.split()) for cell in found.select("td")]


def days(response) -> list[str]:
    """The seven days of a board's list, as a phone shows them, each in words."""
    return [" ".join(day.text.split()) for day in parsed(response).all(".board-list section")]


@pytest.mark.parametrize("by", ["place", "teacher", "volunteer"])
def test_the_same_week_by_day(planner, run, by):
    helpers = [a_person(run.organiser) for _ in range(2)]
    a_run(a_plan("09:00", room=run.room, helpers=helpers), organiser=run.organiser, title="早课")
    board = planner.get(f"{DESK}/board/?on={DAY}&by={by}")
    wednesday = days(board)[2]
    assert wednesday.startswith("11月11日 星期三")
    assert wednesday.index("早课") < wednesday.index("手机入门 14:00–15:30 王老师 草稿 20 座 田林活动室 203")
    assert wednesday.count("早课") == 1
    assert "这一天没有课" in days(board)[0]
    links = {link["href"] for link in parsed(board).all(".board-list a")}
    assert links == {link["href"] for link in parsed(board).all("table.board a")}


def test_a_phone_reads_clashes_and_free_rooms_in_words(planner, run, room):
    a_room(room.venue, "204")
    closed = a_room(room.venue, "205")
    open_week(closed, 1)
    other = a_run(a_plan("16:00", room=run.room), organiser=run.organiser, title="微信聊天")
    other.sessions.update(starts_at=moment("14:30"))
    wednesday = days(planner.get(f"{DESK}/board/?on={DAY}"))[2]
    assert wednesday.count("时间冲突：田林活动室 203 11月11日 14:30 有两节课") == 2
    assert wednesday.endswith("一天都空着的教室：1 间 田林活动室 204")
    for address in ("by=teacher", f"scenario={run.sessions.first().main_scenario}"):
        assert "空着" not in days(planner.get(f"{DESK}/board/?on={DAY}&{address}"))[2]


def test_many_free_rooms_are_folded_away(planner, run, school):
    venue = a_venue(school, "大楼")
    for number in range(12):
        a_room(venue, f"{number}")
    board = parsed(planner.get(f"{DESK}/board/?on={DAY}"))
    assert [fold.has_attr("open") for fold in board.all(".board-list details")][1:4] == [False, True, False]


def test_words_on_the_board_are_words(planner, run):
    CourseRun.objects.update(title="<b>粗</b>")
    text = text_of(planner.get(f"{DESK}/board/?on={DAY}"))
    assert "<b>粗" not in text
    assert text.count("&lt;b&gt;粗&lt;/b&gt;") == 2


def test_the_board_shows_rooms_without_a_class_and_closed_days(planner, run, room):
    empty = a_room(room.venue, "204")
    open_week(empty, 1, 2, 3, 4, 5)
    closed_on(room.venue, DAY - timedelta(days=2), DAY - timedelta(days=1), room=empty)
    a_room(room.venue, "205")
    board = planner.get(f"{DESK}/board/?on={DAY}")
    assert cells(board, "204") == ["不开", "不开", "空", "空", "空", "不开", "不开"]
    assert cells(board, "205") == ["空"] * 7


def test_the_board_leaves_out_rooms_that_were_given_up_and_those_of_others(planner, room):
    given_up = a_room(room.venue, "旧教室")
    given_up.closed_on = DAY - timedelta(days=5)
    given_up.save()
    soon = a_room(room.venue, "快不用了")
    soon.closed_on = DAY
    soon.save()
    a_room(a_venue(room.venue.organisation, "老房子", closed_on=DAY - timedelta(days=5)), "301")
    a_room(a_venue(a_school(), "别人的活动室"))
    board = planner.get(f"{DESK}/board/?on={DAY}")
    for hidden in ("旧教室", "老房子", "别人的活动室"):
        assert hidden not in text_of(board)
    assert cells(board, "快不用了") == ["空", "空", *["不开"] * 5]


def test_a_board_of_many_rooms_keeps_those_with_a_class(planner, run, school):
    venue = a_venue(school, "大楼")
    for number in range(61):
        a_room(venue, f"{number}")
    a_run(a_plan("09:00"), organiser=school, title="网上练习")
    board = planner.get(f"{DESK}/board/?on={DAY}")
    assert len(parsed(board).all("table.board tbody tr")) == 61
    assert "手机入门" in cells(board, "田林活动室 203")[2]
    assert "网上练习" in cells(board, "线上")[2]
    assert "还有 2 间教室这一周没有课" in text_of(board)


def test_the_board_of_one_scenario_calls_nothing_free(planner, run):
    text = text_of(planner.get(f"{DESK}/board/?on={DAY}&scenario={run.sessions.first().main_scenario}"))
    assert "手机入门" in text
    assert "board-free" not in text


@pytest.mark.usefixtures("before_it_begins")
def test_the_board_tells_what_was_cancelled(planner, run):
    session = run.sessions.first()
    done(planner.post(f"{DESK}/sessions/{session.pk}/cancel/", {"because": "停电"}))
    board = planner.get(f"{DESK}/board/?on={DAY}")
    assert "取消了：停电" in cells(board, "203")[2]
    assert "取消了：停电" in days(board)[2]
    assert "20 座" not in cells(board, "203")[2]


def test_somebody_taken_twice_is_one_clash(planner, run):
    first = run.sessions.first()
    plan = a_plan("16:00", room=run.room, teacher=first.teacher, helpers=list(first.helpers.all()))
    other = a_run(plan, organiser=run.organiser, title="微信聊天")
    other.sessions.update(starts_at=moment("14:30"))
    assert len(parsed(planner.get(f"{DESK}/board/?on={DAY}")).all(".board-alarm")) == 1


def test_the_board_marks_drafts(planner, run):
    address = f"{DESK}/board/?on={DAY}"
    assert "草稿" in cells(planner.get(address), "203")[2]
    CourseRun.objects.update(published_at=moment())
    assert "草稿" not in cells(planner.get(address), "203")[2]


def test_the_board_tells_holidays(planner, school, room):
    a_run(a_plan(on=date(2026, 9, 30), room=room), organiser=school)
    assert "国庆节放假" in text_of(planner.get(f"{DESK}/board/?on=2026-10-01"))


def test_nonsense_in_the_boards_address_is_as_good_as_nothing(planner):
    assert "这一周没有课" in text_of(planner.get(f"{DESK}/board/?on=nonsense&by=nonsense&scenario=x"))


@pytest.mark.parametrize("number", [0, 1])
def test_only_rooms_that_stand_on_it_are_fetched(planner, school, number, monkeypatch):
    monkeypatch.setattr(board_rooms, "MOST_ROWS", 2)
    for name in ("丙", "乙", "甲", "丁"):
        a_room(a_venue(school, name))
    if number:
        a_run(a_plan(room=a_room(a_venue(school, "龙"))), organiser=school)
    board = planner.get(f"{DESK}/board/?on={DAY}")
    assert len(parsed(board).all("table.board tbody tr")) == 2
    assert f"还有 {2 + number} 间教室这一周没有课" in text_of(board)
    assert ("龙" in text_of(board)) is bool(number)


@pytest.mark.parametrize(
    "address", [f"board/?on={DAY}", f"board/?on={DAY}&by=teacher", f"board/?on={DAY}&by=volunteer"]
)
def test_it_costs_the_same_for_one_and_three(planner, school, address):
    def plan_one(_) -> None:
        a_run(a_plan(room=a_room(a_venue(school)), helpers=[a_person(school)]), organiser=school)

    assert of_one_as_of_three(plan_one, lambda: text_of(planner.get(f"{DESK}/{address}"))) <= 15
