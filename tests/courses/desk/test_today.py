"""今天 for those who work at the class desk: their sessions, drafts, sessions without a teacher."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from courses.enums import Duty
from courses.models import ClassSession, CourseRun
from tests.factories.classes import a_college, a_person, a_room, a_school, a_venue
from tests.factories.people import a_designer
from tests.factories.timetable import DAY, a_plan, a_run
from tests.html import parsed
from tests.queries import of_one_as_of_three

pytestmark = pytest.mark.django_db
TODAY, DRAFTS, NO_TEACHER, OWN = "今天的课", "草稿没公布", "没有老师的课", "我今天的课"


@pytest.fixture(autouse=True)
def that_day(time_machine):
    time_machine.move_to(f"{DAY} 08:00+08:00")


def a_class(organiser, *, on: date = DAY, title: str = "手机入门", teacher=None, published=True) -> CourseRun:
    run = a_run(
        a_plan(on=on, room=a_room(a_venue(organiser)), teacher=teacher), organiser=organiser, title=title
    )
    if published:
        CourseRun.objects.filter(pk=run.pk).update(published_at=timezone.now())
    return run


def sections(browser) -> dict[str, list]:
    """Return the headings of 今天 and the rows below them."""
    html = parsed(browser.get("/admin/"))
    return {part.h2.find(string=True): part.select("li") for part in html.all("section.today")}


def words(rows) -> str:
    return " ".join(" ".join(row.text.split()) for row in rows)


def test_a_planner_sees_todays_sessions_drafts_and_what_has_no_teacher(clerk, college):
    teacher = a_person(college)
    a_class(college, title="今天有课", teacher=teacher)
    a_class(college, on=DAY + timedelta(days=3), title="还缺老师")
    a_class(college, on=DAY + timedelta(days=30), title="还没公布", published=False)
    a_class(a_school(a_college("西社区学院", district="西区")), title="金丝雀班", published=False)
    shown = sections(clerk)
    assert list(shown) == [TODAY, NO_TEACHER, DRAFTS]
    assert "14:00–15:30 今天有课" in words(shown[TODAY])
    assert teacher.name in words(shown[TODAY])
    assert "还缺老师 第 1 次 11月14日 星期六 14:00" in words(shown[NO_TEACHER])
    assert "2026年12月11日 开课" in words(shown[DRAFTS])
    assert [len(rows) for rows in shown.values()] == [1, 1, 1]
    for rows in shown.values():
        (link,) = rows[0].select("a")
        assert clerk.get(link["href"]).status_code == 200


def test_cancelled_sessions_and_recorded_ones_need_nobody(clerk, college):
    a_class(college, title="取消的")
    ClassSession.objects.update(state="cancelled")
    a_class(college, title="录播的")
    ClassSession.objects.filter(state="planned").update(mode="recorded")
    shown = sections(clerk)
    assert NO_TEACHER not in shown
    assert "取消的" not in words(shown[TODAY])


def test_a_draft_whose_day_has_passed_is_loud(clerk, college, time_machine):
    a_class(college, published=False)
    time_machine.move_to(f"{DAY + timedelta(days=1)} 08:00+08:00")
    clerk.force_login(clerk.user)
    (row,) = sections(clerk)[DRAFTS]
    assert row.select(".today-loud")
    assert "就该开了" in row.text


@pytest.mark.parametrize("duty", [Duty.TEACHER, Duty.VOLUNTEER])
def test_who_teaches_or_helps_sees_their_own(logged_in, college, duty):
    browser = logged_in(duty, college)
    person = a_person(college)
    person.user = browser.user
    person.save()
    a_class(college, title="我教的", teacher=person)
    helped = a_class(college, title="我帮的")
    helped.sessions.get().helpers.add(person)
    a_class(college, title="别人的", published=False)
    shown = sections(browser)
    assert list(shown) == [OWN]
    assert len(shown[OWN]) == 2
    assert "别人的" not in words(shown[OWN])


@pytest.mark.parametrize("duty", [Duty.COLLEGE_STAFF, Duty.TEACHER])
def test_with_nothing_to_do_one_row_leads_to_the_desk(logged_in, college, duty):
    browser = logged_in(duty, college)
    ((row,),) = sections(browser).values()
    assert row.a["href"] == "/admin/desk/"
    assert row.a.find(string=True) == "去班级"
    assert "审核" not in parsed(browser.get("/admin/")).one("main").text


def test_who_reviews_nothing_is_told_nothing_of_reviews(client):
    client.force_login(a_designer())
    assert "审核" not in parsed(client.get("/admin/")).one("main").text


def test_ten_rows_and_how_many_there_are(clerk, college):
    for number in range(12):
        a_class(college, title=f"班 {number}")
    html = parsed(clerk.get("/admin/"))
    part = next(part for part in html.all("section.today") if part.h2.find(string=True) == TODAY)
    assert len(part.select("li")) == 10
    assert "12 件" in part.h2.text
    assert clerk.get(part.select_one(".today-all")["href"]).status_code == 200


def test_what_it_costs(clerk, college):
    def add(_) -> None:
        a_class(college, teacher=a_person(college))
        a_class(college, published=False)

    assert of_one_as_of_three(add, lambda: clerk.get("/admin/")) <= 15
