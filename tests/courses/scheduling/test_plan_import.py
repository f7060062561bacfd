"""Importing a plan of classes: what each row becomes, what is refused, and that nothing is done twice."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from cms.enums import Scenario
from cms.models import AuditEntry
from courses.enums import Duty, RunKind, RunMode, TeachingRole, VenueKind
from courses.errors import NotAllowed
from courses.models import CapacityRule, ClassSession, CourseRun
from courses.services.scheduling import plan_import
from courses.services.scheduling.plan_import import PlanMoved, apply_plan
from courses.services.scheduling.plan_rows import Outcome
from courses.services.scheduling.runs import cancel_run, change_run
from courses.services.scheduling.sessions import move_session
from tests.factories.classes import a_college, a_member, a_person, a_school, a_venue
from tests.factories.places import closed_on
from tests.factories.sheets import a_plan_book, line
from tests.factories.timetable import a_plan, a_run, moment
from tests.queries import of_one_as_of_three

pytestmark = pytest.mark.django_db


def only(preview):
    (row,) = preview.rows
    return row


def test_a_row_becomes_a_class_with_its_sessions(school, room, planner, term, load):
    teacher = a_person(school, "王芳", role=TeachingRole.TEACHER)
    applied = load(line(teacher="王　芳", capacity="20人", contact="李老师", phone=13800000003.0))
    (run,) = applied.made
    run.refresh_from_db()
    assert (run.organiser, run.term, run.title, run.mode) == (school, term, "微信入门班", RunMode.ONSITE)
    assert (run.capacity, run.contact_name, run.contact_phone) == (20, "李老师", "13800000003")
    assert (run.kind, run.published_at, run.created_by) == (RunKind.SERIES, None, planner)
    first, *rest = run.sessions.all()
    assert len(rest) == 7
    assert first.starts_at == moment("14:00", date(2026, 9, 9))
    assert (first.room, first.teacher, first.main_scenario) == (room, teacher, Scenario.CHAT)
    assert AuditEntry.objects.get(verb="imported").detail == "plan 1 of 1"


def test_looking_saves_nothing(look):
    preview = look(line())
    assert only(preview).outcome is Outcome.NEW
    assert not CourseRun.objects.exists()
    assert not AuditEntry.objects.filter(verb="imported").exists()


def test_the_same_file_twice(load, look):
    load(line(), line(title="支付班", time="周四 9:30-11:00"))
    again = load(line(), line(title="支付班", time="周四 9:30-11:00"))
    assert again.made == []
    assert CourseRun.objects.count() == 2
    assert [row.outcome for row in look(line()).rows] == [Outcome.THERE]


def test_the_same_file_after_its_class_has_changed(load, planner):
    (run,) = load(line()).made
    change_run(run=run, by=planner, at=moment(), title="微信聊天班")
    first = run.sessions.first()
    later = {"starts_at": first.starts_at + timedelta(hours=3), "ends_at": first.ends_at + timedelta(hours=3)}
    move_session(session=first, because="停电", by=planner, **later)
    cancel_run(run=run, because="没人报名", by=planner, at=moment("08:00", date(2026, 9, 1)))
    assert load(line()).made == []
    assert CourseRun.objects.count() == 1


def test_a_class_that_was_planned_by_hand_is_there_already(school, room, look):
    by_hand = a_run(a_plan("14:00", date(2026, 9, 9), room=room), organiser=school, title="微信入门班")
    assert only(look(line())).existing == by_hand


def test_one_row_twice_in_a_file(look, load):
    first, second = look(line(), line()).rows
    assert (first.outcome, second.outcome) == (Outcome.NEW, Outcome.CANNOT)
    assert "和第 2 行是同一个班" in second.problems[0]
    assert len(load(line(), line()).made) == 1


def test_one_bad_row_harms_no_other(load):
    applied = load(line(time="周三下午"), line(title="支付班", time="周四 9:30-11:00"))
    assert [run.title for run in applied.made] == ["支付班"]


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"time": "周三下午"}, "第 2 行“上课时间”：写了“周三下午”，没写几点。请写成 周三 14:00-15:30。"),
        ({"title": ""}, "第 2 行“班级名称”：没写班级名称。"),
        ({"title": "长" * 61}, "第 2 行“班级名称”：名称有 61 个字"),
        ({"organiser": "康健社区学校"}, "第 2 行“办学单位”：您这里没有“康健社区学校”这家机构。"),
        ({"organiser": "田林"}, "您是不是要写：田林社区学校。"),
        ({"module": "微信"}, "第 2 行“课程”：没有“微信”这个课程模块。"),
        ({"scenarios": "打车"}, "第 2 行“应用场景”：“打车”不是应用场景。"),
        ({"scenarios": ""}, "第 2 行“应用场景”：没写应用场景。"),
        ({"teacher": "没有人"}, "第 2 行“授课教师”：您这里没有“没有人”这位老师。"),
        ({"place": ""}, "第 2 行“地点”：线下的班没写地点。"),
        ({"place": "田林社区学校 305室"}, "“田林社区学校”里没有“305室”这间教室。请写它有的教室：203。"),
        ({"place": "文化馆"}, "第 2 行“地点”：您这里没有“文化馆”这个场地。"),
        ({"mode": "随便"}, "第 2 行“形式”：“随便”不认得。"),
        ({"mode": "线上"}, "第 2 行“链接”：线上的班没写链接。"),
        ({"mode": "线上", "link": "微信群"}, "第 2 行“链接”：链接看不懂。"),
        (
            {"mode": "录播", "link": "https://e.org", "teacher": "王"},
            "第 2 行“授课教师”：录播的课不用排老师。",
        ),
        ({"capacity": "若干"}, "第 2 行“计划人数”：“若干”看不出是多少。"),
        ({"phone": "1380000000"}, "第 2 行“联系电话”：手机号少了 1 个数字。"),
        ({"contact": "长" * 41}, "第 2 行“联系人”：联系人太长了"),
        ({"dates": 9.1}, "第 2 行“起止日期”：9.1 存成了数字，看不出是 9月1日 还是 9月10日。"),
        ({"dates": "2026-09-09至2028-12-30"}, "第 2 行“起止日期”：前后差了一年多。"),
        ({"dates": "2026-09-10", "times": 1}, "第 2 行“上课时间”：2026年9月10日是周四，不是周三。"),
        ({"dates": "2026-10-07", "times": 1}, "一次课也排不出：2026年10月7日国庆节放假。"),
        ({"dates": "9月9日起", "times": ""}, "第 2 行“课次数”：只写了从哪天起，没写上几次。"),
        ({"time": "14:00-15:30"}, "第 2 行“上课时间”：没写星期几。"),
        ({"times": "不限"}, "第 2 行“课次数”：课次数不能是不限"),
        ({"times": "800"}, "第 2 行“课次数”：“800”太多了"),
        ({"times": "", "time": "每天 9:00-10:00", "dates": "2026-09-09至2027-08-30"}, "排出来超过 200 次"),
    ],
)
def test_why_a_row_cannot_be(look, values, sentence):
    row = only(look(line(**values)))
    assert row.outcome is Outcome.CANNOT
    assert sentence in "".join(row.problems)


def test_all_problems_of_a_row_at_once(look):
    row = only(look(line(title="", time="周三下午", capacity="若干", teacher="没有人")))
    assert len(row.problems) == 4


def test_holidays_are_passed_over_and_told(look):
    row = only(look(line(dates="2026-09-23至2026-12-30", times="3次")))
    assert [timezone.localtime(plan.starts_at).date() for plan in row.sessions] == [
        date(2026, 9, 23),
        date(2026, 9, 30),
        date(2026, 10, 14),
    ]
    assert any("跳过放假的日子：2026年10月7日（国庆节放假）" in each for each in row.warnings)


def test_a_year_nobody_has_announced(look):
    row = only(look(line(dates="2026-12-23至2027-01-13", times="")))
    assert "2027 年放假安排未公布，请自行核对。" in row.warnings
    assert len(row.sessions) == 4


@pytest.mark.parametrize(
    ("values", "count", "warning"),
    [
        ({"dates": "2026-11-04至2026-11-18"}, 3, "写了 8 次，到2026年11月18日只排得下 3 次"),
        ({"dates": ""}, 8, "没写起止日期，按学期排"),
        ({"dates": "2026-08-05至2026-08-26", "times": ""}, 4, "日子不全在2026 年秋季里"),
        ({"scenarios": "聊天、扫码"}, 8, "人次算在第一个：聊天"),
        ({"mode": ""}, 8, "没写形式，当作线下"),
        ({"organiser": ""}, 8, "没写办学单位，当作田林社区学校"),
        ({"town": "凌云路街道"}, 8, "写的是凌云路街道，可田林社区学校在东区测试街道"),
        ({"town": "彭浦"}, 8, "“彭浦”有两个：静安区彭浦"),
        ({"town": "古美街道"}, 8, "写的是古美街道，可田林社区学校在东区测试街道"),
        ({"town": "没有这个镇"}, 8, "没有这个镇"),
        ({"place": "田林社区学校"}, 8, "没写田林社区学校的哪间教室"),
        ({"phone": "13800000003/64000000"}, 8, "只留第一个能打的"),
        ({"dates": "2026-10-10", "time": "周六 14:00-15:30", "times": 1}, 1, "调休要上班"),
        ({}, 8, "没写授课教师"),
    ],
)
def test_what_a_planner_should_know(look, values, count, warning):
    row = only(look(line(**values)))
    assert row.problems == []
    assert len(row.sessions) == count
    assert any(warning in each for each in row.warnings)


@pytest.mark.parametrize(
    "areas", [{"district": "东区", "town": "测试"}, {"district": "东区"}, {"town": "东区测试街道"}]
)
def test_short_and_full_names_of_the_own_area_are_right(look, areas):
    assert not [each for each in only(look(line(**areas))).warnings if "可田林社区学校在" in each]


@pytest.mark.parametrize(
    ("values", "first", "count"),
    [
        ({"dates": "9月9日", "times": 1}, date(2026, 9, 9), 1),
        ({"dates": "9月9日", "times": ""}, date(2026, 9, 9), 1),
        ({"dates": "9月9日", "times": "8次"}, date(2026, 9, 9), 8),
        ({"dates": "9月9日", "times": "", "time": "14:00-15:30"}, date(2026, 9, 9), 1),
        ({"dates": "9月9日起", "times": "八次"}, date(2026, 9, 9), 8),
        ({"dates": 46274.0, "times": 2.0}, date(2026, 9, 9), 2),
        ({"dates": datetime(2026, 9, 9), "times": 2}, date(2026, 9, 9), 2),  # noqa: DTZ001
        ({"dates": "1.6-1.13", "times": ""}, date(2027, 1, 6), 2),
        ({"dates": "9.7—9.30", "times": "", "time": "每周二、四 9：30—11：00"}, date(2026, 9, 8), 7),
    ],
)
def test_dates_and_times_in_the_spellings_of_plans(look, values, first, count):
    row = only(look(line(**values)))
    assert row.problems == []
    assert timezone.localtime(row.sessions[0].starts_at).date() == first
    assert len(row.sessions) == count


def test_a_single_session_is_a_drop_in(load):
    (run,) = load(line(dates="9月9日", times=1)).made
    assert run.kind == RunKind.SINGLE


def test_an_online_class_takes_no_room(load):
    (run,) = load(line(mode="线上", place="腾讯会议", link="https://example.org/1")).made
    assert (run.mode, run.venue, run.link) == (RunMode.ONLINE, None, "https://example.org/1")


def test_a_limit_of_the_day_is_told(school, term, look):
    rule = {"mode": RunMode.ONSITE, "reason": "首阶段每场最多 20 人", "source": "2021 年方案"}
    CapacityRule.objects.create(limit=20, ends_on=date(2026, 9, 9), **rule)
    row = only(look(line(capacity=30)))
    assert "首阶段每场最多 20 人，最多 20 位学员：表上写 30 人，只能招 20 位。" in row.warnings
    assert not [each for each in only(look(line(capacity=20))).warnings if "只能招" in each]


def test_a_place_where_a_rule_allows_nobody(school, look):
    a_venue(school, "张家", kind=VenueKind.PRIVATE_HOME)
    rule = {"venue_kind": VenueKind.PRIVATE_HOME, "reason": "首阶段不在老人家里办", "source": "2021 年方案"}
    CapacityRule.objects.create(limit=0, **rule)
    row = only(look(line(place="张家")))
    assert "第 2 行“地点”：这里不能办：首阶段不在老人家里办。请换一个场地。" in row.problems


def test_a_closed_place_is_told_before_anything_is_made(room, look):
    start = only(look(line())).sessions[1].starts_at
    day = timezone.localdate(start)
    closed_on(room.venue, day, day, room=room)
    row = only(look(line()))
    assert row.outcome is not Outcome.NEW
    assert f"{day.month}月{day.day}日 田林社区学校 203 暂停使用：装修" in "".join(row.problems)


def test_a_clash_with_a_class_that_is_there(school, room, look):
    other = a_run(a_plan("15:00", date(2026, 9, 16), room=room), organiser=school, title="电脑班")
    (problem,) = only(look(line())).problems
    assert problem.startswith("第 2 行“地点”：9月16日 星期三 14:00–15:30，田林社区学校 203已经排了：")
    assert other.code in problem


def test_a_clash_among_the_rows(school, look):
    a_person(school, "王芳", role=TeachingRole.TEACHER)
    a_venue(school, "文化馆")
    first, second = look(line(teacher="王芳"), line(title="支付班", place="文化馆", teacher="王芳")).rows
    assert first.outcome is Outcome.NEW
    assert "第 3 行“授课教师”：" in second.problems[0]
    assert "第 2 行“微信入门班”" in second.problems[0]


def test_touching_ends_in_another_place_are_only_warned_of(school, look):
    a_person(school, "王芳", role=TeachingRole.TEACHER)
    a_venue(school, "文化馆")
    late = line(title="支付班", place="文化馆", teacher="王芳", time="周三 15:30-17:00")
    _, second = look(line(teacher="王芳"), late).rows
    assert second.outcome is Outcome.NEW
    assert any("15 分钟" in each for each in second.warnings)


def test_a_row_that_cannot_be_holds_nothing(look):
    _, second = look(line(capacity="若干"), line(title="支付班")).rows
    assert second.outcome is Outcome.NEW


def test_two_teachers_of_one_name_are_asked_about(school, look):
    first, second = (a_person(school, "王芳", role=TeachingRole.TEACHER) for _ in range(2))
    (problem,) = only(look(line(teacher="王芳"))).problems
    assert first.number in problem
    assert second.number in problem
    row = only(look(line(teacher=f"王芳 {second.number}")))
    assert row.sessions[0].teacher == second


def test_who_has_left_and_what_is_closed_is_not_found(school, look):
    a_person(school, "王芳", role=TeachingRole.TEACHER, left_on=date(2020, 1, 1))
    a_venue(school, "老楼", closed_on=date(2020, 1, 1))
    problems = "".join(only(look(line(teacher="王芳", place="老楼"))).problems)
    assert "这位老师" in problems
    assert "这个场地" in problems


def test_two_organisations_of_one_name(look, school):
    college = school.guided_by
    twins = [a_school(college, "一心社区学校") for _ in range(2)]
    by = a_member(Duty.COLLEGE_STAFF, college)
    (problem,) = only(look(line(organiser="一心社区学校"), by=by)).problems
    assert all(each.code in problem for each in twins)
    row = only(look(line(organiser=twins[1].code), by=by))
    assert row.details.organiser == twins[1]


def test_another_branch_does_not_exist(look):
    far = a_school(a_college("西社区学院", district="西区"), "西一社区学校")
    a_venue(far, "西一文化馆")
    a_person(far, "西门子", role=TeachingRole.TEACHER)
    row = only(look(line(organiser="西一", teacher="西门", place="西一")))
    assert len(row.problems) == 3
    assert not any(name in "".join(row.problems) for name in ["西一社区学校", "西一文化馆", "西门子"])


def test_a_school_plans_with_its_colleges_rooms_and_teachers(school, look):
    college = school.guided_by
    a_person(college, "王芳", role=TeachingRole.TEACHER)
    a_venue(college, "学院大楼")
    assert only(look(line(teacher="王芳", place="学院大楼"))).problems == []


def test_only_planners(look, load, school):
    for stranger in [a_member(Duty.TEACHER, school), a_member(Duty.AUDITOR, school.guided_by)]:
        with pytest.raises(NotAllowed):
            look(line(), by=stranger)
        with pytest.raises(NotAllowed):
            load(line(), by=stranger)


def test_what_has_changed_since_is_told_and_nothing_saved(school, room, planner, term, look):
    file = {"data": a_plan_book(line(), line(title="支付班", time="周四 9:30-11:00"))}
    seen = look(**file).seen
    a_run(a_plan("14:00", date(2026, 9, 16), room=room), organiser=school, title="电脑班")
    with pytest.raises(PlanMoved, match="第 2 行") as moved:
        apply_plan(**file, name="计划.xlsx", term=term, by=planner, seen=seen)
    assert [row.where for row in moved.value.changed] == ["第 2 行"]
    assert CourseRun.objects.count() == 1
    applied = apply_plan(**file, name="计划.xlsx", term=term, by=planner, seen=moved.value.preview.seen)
    assert [run.title for run in applied.made] == ["支付班"]


@pytest.mark.parametrize("seen", ["", "nonsense", "0t"])
def test_nothing_is_done_that_was_not_seen(planner, term, seen):
    with pytest.raises(PlanMoved):
        apply_plan(a_plan_book(line()), name="计划.xlsx", term=term, by=planner, seen=seen)


def test_a_clash_while_saving_stops_only_its_row(monkeypatch, school, room, load):
    """As when another planner takes the room between looking again and saving."""
    real = plan_import.plan_run

    def taken_meanwhile(**values):
        if values["details"].title == "微信入门班":
            a_run(a_plan("14:00", date(2026, 9, 9), room=room), organiser=school, title="抢先的班")
        return real(**values)

    monkeypatch.setattr(plan_import, "plan_run", taken_meanwhile)
    applied = load(line(), line(title="支付班", time="周四 9:30-11:00"))
    assert [run.title for run in applied.made] == ["支付班"]
    ((row, refusal),) = applied.refused
    assert (row.where, refusal.code) == ("第 2 行", "taken")


def test_two_at_once_make_one(monkeypatch, load):
    """Somebody agrees to the same file between our looking again and our saving."""
    real = plan_import.Preview.changed_since
    online = line(mode="线上", link="https://example.org/1")

    def done_meanwhile(preview, seen):
        monkeypatch.setattr(plan_import.Preview, "changed_since", real)
        assert len(load(online).made) == 1
        return real(preview, seen)

    monkeypatch.setattr(plan_import.Preview, "changed_since", done_meanwhile)
    assert load(online).made == []
    assert (CourseRun.objects.count(), ClassSession.objects.count()) == (1, 8)


def test_many_rows_are_made_in_several_goes(monkeypatch, load):
    monkeypatch.setattr(plan_import, "MOST_AT_ONCE", 1)
    lines = [line(), line(title="支付班", time="周四 9:30-11:00")]
    assert load(*lines).left == 1
    assert load(*lines).left == 0
    assert CourseRun.objects.count() == 2


def test_looking_costs_the_same(look):
    lines: list = []

    def add(each: int) -> None:
        lines.append(line(title=f"第{each}班", time=f"周{'一二三'[each]} 9:30-11:00"))

    assert of_one_as_of_three(add, lambda: look(*lines)) <= 15
