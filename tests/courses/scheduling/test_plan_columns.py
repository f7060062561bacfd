"""The columns of a plan that may be left out: who helps, which lessons, what it costs, when one enrols."""

from datetime import date
from decimal import Decimal

import pytest

from cms.enums import Scenario
from courses.enums import TeachingRole, Tongue
from courses.models import CourseRun
from courses.services.scheduling.plan_rows import Outcome, spread
from tests.factories.classes import a_person, a_venue
from tests.factories.pages import a_lesson, a_module
from tests.factories.sheets import PLAN_HEAD, a_book, line
from tests.factories.timetable import a_plan, a_run, moment

pytestmark = pytest.mark.django_db


def only(preview):
    (row,) = preview.rows
    return row


def test_everything_that_may_be_written(school, load):
    helpers = [a_person(school, name) for name in ("李明", "陈红")]
    lessons = [a_lesson(code="CHAT-91"), a_lesson(code="CHAT-92", title="发语音，发照片")]
    written = {"helpers": "李明、陈红", "lessons": "CHAT-91；发语音，发照片", "minimum": "5人", "fee": "20元"}
    window = {"enrol_from": "8月20日 9:00", "enrol_until": "9月5日"}
    (run,) = load(line(**written, **window, tongue="沪语", times="2次")).made
    run.refresh_from_db()
    assert (run.minimum, run.fee, run.tongue) == (5, Decimal(20), Tongue.SHANGHAINESE)
    assert run.enrol_from == moment("09:00", date(2026, 8, 20))
    assert run.enrol_until == moment("23:59", date(2026, 9, 5))
    first, second = run.sessions.all()
    assert list(first.helpers.order_by("pk")) == list(second.helpers.order_by("pk")) == helpers
    assert [list(first.lessons.all()), list(second.lessons.all())] == [[lessons[0]], [lessons[1]]]


def test_nothing_of_it_written(load):
    (run,) = load(line()).made
    assert (run.minimum, run.fee, run.tongue) == (None, 0, Tongue.MANDARIN)
    assert (run.enrol_from, run.enrol_until) == (None, None)
    assert not run.sessions.first().helpers.exists()


def test_columns_that_are_not_there(look):
    head = {key: words for key, words in PLAN_HEAD.items() if key not in {"helpers", "fee", "enrol_from"}}
    cells = dict(zip(PLAN_HEAD, line(), strict=True))
    data = a_book([list(head.values()), [cells[key] for key in head]])
    assert only(look(data=data)).problems == []


def test_the_same_file_twice_changes_nothing(school, load):
    a_person(school, "李明")
    written = line(helpers="李明", fee="20元", enrol_until="9月5日")
    (run,) = load(written).made
    assert load(written).made == []
    assert load(line(helpers="李明", fee="免费")).made == []
    assert CourseRun.objects.get().fee == run.fee == 20


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        (
            {"helpers": "没有人"},
            "第 2 行“助教/志愿者”：您这里没有“没有人”这位志愿者。"
            "请先到“志愿者”里登记，或者看看姓名写对没有；几位之间用“、”隔开。",
        ),
        ({"lessons": "CHAT-99"}, "第 2 行“课时”：没有“CHAT-99”这一课。请写课时的编号"),
        ({"fee": "20元/次"}, "第 2 行“学费”：“20元/次”看不出一共多少钱。请写一共收几元"),
        ({"enrol_from": "开学前"}, "第 2 行“报名开始”：“开学前”看不出是哪一天。请写成 2026-09-01"),
        ({"enrol_until": "9月5日 3:00"}, "第 2 行“报名截止”：“9月5日 3:00”：“3:00”看不出是上午还是下午。"),
        (
            {"enrol_from": "9月5日", "enrol_until": "9月4日"},
            "第 2 行“报名截止”：报名截止不比报名开始晚。请看看哪个写错了。",
        ),
        ({"minimum": "几位"}, "第 2 行“最少几人”：“几位”看不出是多少。"),
        (
            {"minimum": "8人", "capacity": "5人"},
            "第 2 行“最少几人”：最少 8 人，比计划人数 5 人还多。请看看哪个写错了。",
        ),
        ({"tongue": "粤语"}, "第 2 行“上课说”：“粤语”不认得。请写：普通话、上海话，或者两样都写。"),
    ],
)
def test_why_a_row_cannot_be(look, values, sentence):
    row = only(look(line(**values)))
    assert row.outcome is Outcome.CANNOT
    assert sentence in "".join(row.problems)


@pytest.mark.parametrize(
    ("values", "warning"),
    [
        ({"lessons": 16.0}, "“课时”写的是“16”，没写哪几课，就没有记。"),
        ({"lessons": "16课时"}, "没写哪几课"),
        ({"enrol_from": "2026-09-09 15:00"}, "报名开始的时候，第一次课已经上了"),
        ({"enrol_until": "2027-01-15"}, "报名截止比最后一次课还晚"),
    ],
)
def test_what_a_planner_should_know(look, values, warning):
    row = only(look(line(**values)))
    assert row.problems == []
    assert any(warning in each for each in row.warnings)


def test_a_day_alone_is_one_whole_day(look):
    assert only(look(line(enrol_from="9月5日", enrol_until="9月5日"))).problems == []


def test_an_unlimited_class_has_no_minimum_that_is_too_high(look):
    row = only(look(line(minimum="8", capacity="不限")))
    assert (row.details.minimum, row.details.capacity) == (8, None)


def test_helpers_by_number_where_names_are_the_same(school, look):
    one, other = a_person(school, "李明"), a_person(school, "李明")
    (problem,) = only(look(line(helpers="李明"))).problems
    assert "有 2 位志愿者叫“李明”" in problem
    assert one.number in problem
    row = only(look(line(helpers=f"李明 {other.number}，李明{one.number}")))
    assert row.sessions[0].helpers == [other, one]


def test_a_volunteer_is_meant_before_a_teacher_of_that_name(school, look):
    teacher = a_person(school, "李明", role=TeachingRole.TEACHER)
    helper = a_person(school, "李明")
    row = only(look(line(teacher="李明", helpers="李明")))
    assert (row.sessions[0].teacher, row.sessions[0].helpers) == (teacher, [helper])


def test_a_helper_who_is_somewhere_else(school, look):
    helper = a_person(school, "李明")
    other = a_plan("14:00", date(2026, 9, 16), room=None, venue=a_venue(school), helpers=[helper])
    a_run(other, organiser=school, title="电脑班")
    (problem,) = only(look(line(helpers="李明"))).problems
    assert problem.startswith("第 2 行“助教/志愿者”：9月16日 星期三 14:00–15:30，李明已经排了：")
    assert problem.endswith("请换时间、换教室，或者换人。")


def test_two_rows_want_one_helper(school, look):
    a_person(school, "李明")
    a_venue(school, "文化馆")
    first, second = look(line(helpers="李明"), line(title="支付班", place="文化馆", helpers="李明")).rows
    assert first.problems == []
    assert "第 3 行“助教/志愿者”：" in second.problems[0]


def test_lessons_say_the_scenario_where_nothing_else_does(look):
    a_lesson(code="SCAN-91", main_scenario=Scenario.SCAN_CODE)
    row = only(look(line(scenarios="", lessons="ＳＣＡＮ—91")))
    assert row.sessions[0].main_scenario == Scenario.SCAN_CODE


def test_of_two_lessons_with_one_title_the_one_of_the_module(look):
    module = a_module(title="微信聊天", slug="weixin")
    own, other = a_lesson(module, title="加好友"), a_lesson(title="加好友")
    (problem,) = only(look(line(lessons="加好友"))).problems
    assert own.code in problem
    assert other.code in problem
    row = only(look(line(lessons="加好友", module="微信聊天")))
    assert row.sessions[0].lessons == [own]


def test_a_lesson_out_of_use_and_a_draft_are_not_found(look):
    a_lesson(code="CHAT-91", archived_on=date(2020, 1, 1), archived_because="过时了")
    a_lesson(code="CHAT-92", live=False)
    for code in ("CHAT-91", "CHAT-92"):
        assert f"没有“{code}”这一课" in only(look(line(lessons=code))).problems[0]


def test_a_name_that_is_nearly_right(look):
    a_lesson(title="发语音和照片")
    assert "您是不是要写：发语音和照片。" in only(look(line(lessons="发语音"))).problems[0]


@pytest.mark.parametrize(
    ("lessons", "times", "taught"),
    [
        ("", 3, ["", "", ""]),
        ("a", 3, ["a", "a", "a"]),
        ("ab", 4, ["a", "a", "b", "b"]),
        ("abc", 3, ["a", "b", "c"]),
        ("abc", 4, ["a", "a", "b", "c"]),
        ("abcde", 2, ["ab", "cde"]),
    ],
)
def test_lessons_are_spread_over_the_sessions(lessons, times, taught):
    assert spread(lessons, times) == taught


def test_how_lessons_are_spread_is_told(look):
    for number in (91, 92):
        a_lesson(code=f"CHAT-{number}")
    row = only(look(line(lessons="CHAT-91、CHAT-92")))
    assert "写了 2 课，上 8 次：按写的次序分到每一次。" in row.warnings
    assert [each.lessons[0].code for each in row.sessions] == ["CHAT-91"] * 4 + ["CHAT-92"] * 4
