"""月历 and 打印课表 in the desk."""

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup

from cms.enums import AuditVerb, Scenario
from cms.models import AuditEntry
from courses.enums import Duty
from courses.models import Term
from courses.services.scheduling.month import month, month_after, month_before
from courses.services.scheduling.runs import cancel_run
from courses.services.scheduling.sessions import cancel_sessions
from tests.factories.classes import a_college, a_member, a_person, a_room, a_school, a_site, a_venue
from tests.factories.timetable import DAY, LONG_BEFORE, a_plan, a_run, moment, weekly
from tests.html import text_of
from tests.queries import of_one_as_of_three

pytestmark = pytest.mark.django_db

MONTH = "/admin/desk/month/"
PAPER = "/admin/desk/timetable/"


@pytest.fixture
def school():
    return a_school(a_college(), "田林社区学校")


@pytest.fixture
def teacher(client, school):
    """A browser of somebody who only looks."""
    client.force_login(a_member(Duty.TEACHER, school))
    return client


@pytest.fixture
def term():
    return Term.objects.create(
        code="91B", name="2026 年秋季", starts_on=date(2026, 9, 1), ends_on=date(2027, 1, 20)
    )


def day_of(text: str, words: str) -> str:
    """Return what stands in the cell of a day: ``11月11日 星期三``."""
    cells = BeautifulSoup(text, "html.parser").select(".month td")
    (cell,) = [cell for cell in cells if words in cell.get_text()]
    return " ".join(cell.get_text().split())


def test_a_month_begins_on_monday_and_ends_on_sunday():
    weeks = month([], on=date(2026, 11, 11))
    assert [len(week) for week in weeks] == [7] * 6
    assert weeks[0][0].day.on == date(2026, 10, 26)
    assert weeks[-1][-1].day.on == date(2026, 12, 6)
    assert [each.is_inside for each in weeks[0]] == [False] * 6 + [True]
    assert len(month([], on=date(2027, 2, 28))) == 4


@pytest.mark.parametrize("on", [date(2026, 1, 31), date(2026, 12, 1), date(2028, 2, 29)])
def test_before_and_after(on):
    assert month_before(month_after(on)) == on.replace(day=1)
    assert month_after(month_before(on)) == on.replace(day=1)


def test_sessions_stand_in_their_days_as_links(teacher, room, school):
    run = a_run(*weekly(a_plan(room=room), 2), organiser=school, title="扫码班")
    cancel_sessions(sessions=run.sessions.all()[1:], because="停电", by=None, now=LONG_BEFORE)
    text = text_of(teacher.get(f"{MONTH}?on={DAY}"))
    assert "2026年11月" in text
    assert "14:00 扫码班" in day_of(text, "11月11日 星期三")
    assert "扫码班 取消了" in day_of(text, "11月18日 星期三")
    assert f'href="/admin/desk/sessions/{run.sessions.first().pk}/"' in text


def test_a_day_late_at_night_is_shanghais(teacher, school):
    a_run(a_plan("00:30"), organiser=school, title="半夜的课")
    assert "0:30 半夜的课" in day_of(text_of(teacher.get(f"{MONTH}?on={DAY}")), "11月11日 星期三")


def test_four_are_shown_and_the_rest_counted(teacher, school):
    for hour in range(9, 15):
        a_run(a_plan(f"{hour:02}:00"), organiser=school, title=f"{hour}点班")
    cell = day_of(text_of(teacher.get(f"{MONTH}?on={DAY}")), "11月11日 星期三")
    assert "12点班" in cell
    assert "13点班" not in cell
    assert "还有 2 节" in cell


def test_holidays_and_worked_weekends_are_told(teacher):
    text = text_of(teacher.get(f"{MONTH}?on=2026-10-01"))
    assert "国庆节放假" in day_of(text, "10月1日 星期四")
    assert "放假安排未公布，请自行核对" in text_of(teacher.get(f"{MONTH}?on=2031-05-01"))


def test_filters(teacher, school):
    site = a_site(school)
    a_run(a_plan(), organiser=school, title="学校的班")
    a_run(a_plan("17:00", main_scenario=Scenario.CHAT), organiser=site, title="学习点的班")
    text = text_of(teacher.get(f"{MONTH}?on={DAY}&scenario=chat"))
    assert "学习点的班" in text
    assert "学校的班" not in text
    text = text_of(teacher.get(f"{MONTH}?on={DAY}&organisation={site.code}"))
    assert "学校的班" not in text
    assert f'name="on" value="{DAY.replace(day=1)}"' in text


@pytest.mark.parametrize("asked", ["on=nonsense&scenario=x&organisation=y", "on=9999-12-31", "on=0001-01-01"])
def test_nonsense_in_the_address_is_as_good_as_nothing(teacher, asked):
    assert "这个月没有课" in text_of(teacher.get(f"{MONTH}?{asked}"))


def test_empty_and_nothing_found(teacher):
    assert "这个月没有课" in text_of(teacher.get(MONTH))
    assert "少选一个条件" in text_of(teacher.get(f"{MONTH}?scenario=chat"))


def test_a_term_of_a_school_on_paper(teacher, room, school, term):
    wang = a_person(school, "王老师", role="teacher")
    run = a_run(*weekly(a_plan(room=room, teacher=wang), 3), organiser=school, term=term, title="扫码班")
    cancel_sessions(sessions=run.sessions.all()[1:2], because="停电", by=None, now=LONG_BEFORE)
    a_run(a_plan("09:00"), organiser=a_site(school), term=term, title="学习点的班")
    a_run(a_plan("17:00"), organiser=school, title="别的学期的班")
    cancel_run(
        run=a_run(a_plan("18:40"), organiser=school, term=term, title="取消的班"),
        because="没人",
        by=None,
        at=moment("08:00"),
    )
    text = text_of(teacher.get(f"{PAPER}?term=91B&organisation={school.code}"))
    for said in (
        "田林社区学校 2026 年秋季课表",
        "共 2 个班",
        "周三 14:00–15:30，2 次",
        "11月11日 到 11月25日",
        "取消了：11月18日",
        "田林活动室 203",
        "王老师",
        "学习点的班",
        "paper-across",
    ):
        assert said in text, said
    assert "别的学期的班" not in text
    assert "取消的班" not in text
    entry = AuditEntry.objects.get(verb=AuditVerb.PRINTED)
    assert (entry.detail, entry.organisation_id) == ("timetable term 91B", school.pk)


def test_without_a_choice_it_asks_and_puts_nothing_down(teacher, school, term):
    assert "做课表" in text_of(teacher.get(PAPER))
    assert "做课表" in text_of(teacher.get(f"{PAPER}?term=nonsense&organisation={school.code}"))
    assert not AuditEntry.objects.filter(verb=AuditVerb.PRINTED).exists()


def test_a_term_without_classes_says_so(teacher, school, term):
    assert "这个学期还没有班" in text_of(teacher.get(f"{PAPER}?term=91B&organisation={school.code}"))


@pytest.mark.parametrize("by", ["place", "teacher", "nonsense"])
def test_a_week_on_paper(teacher, room, school, by):
    run = a_run(a_plan(room=room), a_plan("09:00"), organiser=school, title="扫码班")
    cancel_sessions(sessions=run.sessions.all()[:1], because="停电", by=None, now=LONG_BEFORE)
    text = text_of(teacher.get(f"{PAPER}?on={DAY}&by={by}"))
    assert "2026年11月9日 到 11月15日" in text
    assert "14:00–15:30" in text
    assert "取消了" in text
    assert AuditEntry.objects.get(verb=AuditVerb.PRINTED).detail == "timetable week 2026-11-09"


def test_an_empty_week_on_paper(teacher):
    assert "这一周没有课" in text_of(teacher.get(f"{PAPER}?on={DAY}"))


def test_the_board_and_the_list_lead_there(teacher):
    board = text_of(teacher.get(f"/admin/desk/board/?on={DAY}&by=teacher"))
    assert f"{PAPER}?on=2026-11-09&amp;by=teacher" in board
    assert f'href="{MONTH}?on=2026-11-09"' in board
    listed = text_of(teacher.get("/admin/desk/classes/"))
    for address in (MONTH, PAPER, "/admin/desk/feeds/"):
        assert f'href="{address}"' in listed


def test_another_branch_is_nowhere(teacher, term):
    other = a_school(a_college(), "外区学校")
    a_run(
        a_plan(teacher=a_person(other, "外区老师", role="teacher")),
        organiser=other,
        term=term,
        title="外区的班",
    )
    for address in (
        f"{MONTH}?on={DAY}",
        f"{MONTH}?on={DAY}&organisation={other.code}",
        f"{PAPER}?on={DAY}",
        PAPER,
        f"{PAPER}?term=91B&organisation={other.code}",
    ):
        text = text_of(teacher.get(address))
        assert "外区的班" not in text
        assert "外区学校" not in text
        assert "外区老师" not in text


@pytest.mark.parametrize("address", [f"{MONTH}?on={DAY}", f"{PAPER}?on={DAY}", "term"])
def test_they_cost_the_same_for_one_and_three(teacher, school, term, address):
    def add(each: int) -> None:
        plan = a_plan(on=DAY + timedelta(days=each), room=a_room(a_venue(school)), helpers=[a_person(school)])
        a_run(plan, organiser=school, term=term)

    asked = f"{PAPER}?term=91B&organisation={school.code}" if address == "term" else address
    assert of_one_as_of_three(add, lambda: text_of(teacher.get(asked))) <= 15
