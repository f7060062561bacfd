"""看板: what each identity sees, five figures, where nobody teaches, what is to be done; months and seals."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from courses.enums import AttendanceState, Duty, EnrolmentState, MessageState, RecordKind
from courses.models import Enrolment, MonthLock
from courses.services.counting.months import lock_month
from courses.services.counting.seals import seal
from courses.services.counting.totals import THE_CITY, Place
from courses.services.learners import merge
from courses.services.progress.classes import ClassFigures, class_figures
from courses.services.progress.gaps import gaps
from tests.factories.classes import (
    a_college,
    a_learner,
    a_member,
    a_room,
    a_school,
    a_site,
    a_venue,
    an_area,
    the_city,
)
from tests.factories.enrolments import a_coming_run, known_enrols
from tests.factories.roll_call import a_held_session, put_down, seniors
from tests.factories.timetable import DAY, a_plan, moment
from tests.html import parsed
from tests.queries import of_one_as_of_three

pytestmark = pytest.mark.django_db

LATER = DAY + timedelta(days=3)
BOARD = "/admin/desk/progress/"


@pytest.fixture(autouse=True)
def three_days_later(time_machine):
    time_machine.move_to(f"{LATER} 10:00+08:00")


@pytest.fixture
def college():
    return a_college("东社区学院", district="东区")


@pytest.fixture
def school(college):
    return a_school(college, "东学校")


def browser(client, duty, organisation):
    client.force_login(a_member(duty, organisation))
    return client


def text_of(response) -> str:
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def five(text: str) -> list[str]:
    part = text.partition('class="board-five"')[2].partition("</dl>")[0]
    return [piece.partition("</dd>")[0].strip() for piece in part.split("<dd>")[1:]]


def test_each_sees_the_own_place(client, college, school):
    session = a_held_session(organiser=school)
    put_down(session, *seniors(session, 2))
    west = a_held_session(organiser=a_school(a_college("西社区学院", district="西区")))
    put_down(west, *seniors(west, 3, start=50))
    for duty, organisation, name, number in (
        (Duty.CITY_MANAGER, the_city(), "全市", "5"),
        (Duty.DISTRICT_MANAGER, college, "东区", "2"),
        (Duty.COLLEGE_STAFF, college, "东社区学院", "2"),
        (Duty.SCHOOL_STAFF, school, "东学校", "2"),
        (Duty.AUDITOR, college, "东区", "2"),
    ):
        text = text_of(browser(client, duty, organisation).get(BOARD))
        assert f"{name}的看板" in text
        assert five(text)[0] == number, duty
        assert "已经有<b>5</b>人次" in text


def test_teachers_and_volunteers_have_no_board(client, school):
    assert browser(client, Duty.TEACHER, school).get(BOARD).status_code in {302, 403}


def test_a_district_is_seen_by_the_city_and_its_own(client, college):
    west = a_college("西社区学院", district="西区")
    own, other = (reverse("desk:district_board", args=[each.area_id]) for each in (college, west))
    manager = browser(client, Duty.DISTRICT_MANAGER, college)
    assert [manager.get(each).status_code for each in (own, other)] == [200, 404]
    clerk = browser(client, Duty.COLLEGE_STAFF, college)
    assert [clerk.get(each).status_code for each in (own, other)] == [200, 404]
    city = browser(client, Duty.CITY_MANAGER, the_city())
    assert [city.get(each).status_code for each in (own, other)] == [200, 200]


def enrol(session, learner) -> None:
    Enrolment.objects.create(
        run=session.run,
        learner=learner,
        state=EnrolmentState.CONFIRMED,
        created_at=session.starts_at - timedelta(days=1),
        through="desk",
        consent_version="1",
        nonce=f"n{learner.pk}",
        voucher_key=f"v{learner.pk}",
    )


def test_fill_rate_no_shows_and_helping(school):
    session = a_held_session(a_plan(room=a_room(a_venue(school), seats=10)), organiser=school)
    came, absent, silent, excused = seniors(session, 4)
    for each in (came, absent, silent, excused):
        enrol(session, each)
    guest = a_learner(school, "插班", phone="13800000777", birth_year=1950)
    put_down(session, came, guest)
    put_down(session, absent, state=AttendanceState.ABSENT)
    put_down(session, excused, state=AttendanceState.EXCUSED)
    put_down(session, a_learner(school, "来问", phone="13800000778"), kind=RecordKind.ASSISTANCE)
    found = class_figures(Place.of_branch(school), now=timezone.now())
    assert found == ClassFigures(sessions=1, seats=10, sat=2, expected=4, stayed_away=2, silent=0, helped=1)
    assert (found.fill_percent, found.away_percent) == (20, 50)
    assert class_figures(THE_CITY, now=timezone.now()) == found
    assert class_figures(Place.of_branch(a_school()), now=timezone.now()) == ClassFigures()


def test_who_was_there_under_a_row_that_was_merged_did_not_stay_away(school):
    session = a_held_session(a_plan(room=a_room(a_venue(school), seats=10)), organiser=school)
    keep, drop = seniors(session, 2)
    enrol(session, keep)
    put_down(session, keep, state=AttendanceState.ABSENT)
    put_down(session, drop)
    merge(keep=keep, drop=drop, by=None)
    found = class_figures(Place.of_branch(school), now=timezone.now())
    assert (found.expected, found.stayed_away, found.sat) == (1, 0, 1)


def test_who_enrolled_afterwards_did_not_stay_away(school):
    session = a_held_session(organiser=school)
    (came, late) = seniors(session, 2)
    enrol(session, late)
    Enrolment.objects.update(created_at=session.ends_at)
    put_down(session, came)
    assert class_figures(Place.of_branch(school), now=timezone.now()).expected == 0


def test_class_figures_cost_two_queries(school):
    a_held_session(organiser=school)
    with CaptureQueriesContext(connection) as queries:
        class_figures(Place.of_branch(school), now=timezone.now())
    assert len(queries) <= 3


def test_a_session_without_a_roll_is_told_after_two_days(client, college, school):
    session = a_held_session(organiser=school)
    recent = a_held_session(a_plan("09:00", on=LATER - timedelta(days=1)), organiser=school)
    clerk = browser(client, Duty.SCHOOL_STAFF, school)
    assert "1 节课，过了 2 天没点名" in text_of(clerk.get(BOARD))
    text = text_of(clerk.get(reverse("desk:silent_sessions")))
    assert reverse("desk:session", args=[session.pk]) in text
    assert reverse("desk:session", args=[recent.pk]) not in text
    put_down(session, *seniors(session, 1))
    assert "没点名" not in text_of(clerk.get(BOARD))


def tasks(browser, board: str = BOARD) -> dict[str, str]:
    """Return what 今天要做 says, with where each button leads."""
    rows = parsed(browser.get(board)).all(".board-todo li")
    return {row.span.get_text(): row.a["href"] for row in rows}


def test_each_is_told_only_what_they_may_do_themselves(client, college, school):
    a_held_session(organiser=school)
    enrolment = known_enrols(coming := a_coming_run(school), a_learner(school), now=timezone.now()).enrolment
    enrolment.messages.update(state=MessageState.TO_CALL)
    lock, silent, draft = "上个月还没锁定", "1 节课，过了 2 天没点名", "1 个班还没公布"
    call, alone = "1 个电话要打", "1 节课还没有老师"
    assert coming.sessions.get().teacher is None
    for duty, organisation, expected in (
        (Duty.SCHOOL_STAFF, school, {silent, call, alone, draft}),
        (Duty.DISTRICT_MANAGER, college, {silent, call, alone, draft, lock}),
        (Duty.AUDITOR, college, set()),
        (Duty.SCHOOL_STAFF, a_school(college), set()),
    ):
        told = tasks(browser(client, duty, organisation))
        assert set(told) == expected, duty
        for words, address in told.items():
            page = client.get(address)
            assert page.status_code == 200
            number = words.partition(" ")[0]
            assert words == lock or f"共 {number} 个" in text_of(page) or f"共 {number} 节课" in text_of(page)


def test_sessions_without_a_teacher_are_a_list_that_leads_to_choosing_one(client, college, school):
    session = a_coming_run(school, title="缺老师").sessions.get()
    a_coming_run(a_school(a_college("西社区学院", district="西区")), title="金丝雀")
    a_coming_run(school, title="以后的", days=20)
    text = text_of(browser(client, Duty.SCHOOL_STAFF, school).get(reverse("desk:sessions_without_teacher")))
    assert "缺老师 第 1 次" in text
    assert reverse("desk:change_teacher", args=[session.pk]) in text
    assert "金丝雀" not in text
    assert "以后的" not in text


def test_what_is_to_be_done_stands_on_the_own_board_only(client, college, school):
    a_held_session(organiser=school)
    manager = browser(client, Duty.DISTRICT_MANAGER, college)
    assert "今天要做" in text_of(manager.get(BOARD))
    for address in (
        reverse("desk:district_board", args=[college.area_id]),
        reverse("desk:branch_board", args=[school.pk]),
    ):
        assert "今天要做" not in text_of(manager.get(address))


def test_helping_is_a_figure_of_its_own_that_no_other_contains(client, school):
    session = a_held_session(organiser=school)
    clerk = browser(client, Duty.SCHOOL_STAFF, school)
    put_down(session, *seniors(session, 2))
    asking = a_learner(school, "来问", phone="13800000778", birth_year=1950)
    put_down(session, asking, kind=RecordKind.ASSISTANCE)
    text = text_of(clerk.get(BOARD))
    assert "帮办（另计，近 4 周）" in text
    assert five(text) == ["2", "2", "2", "10%", "1"]
    public = text_of(client.get("/progress/"))
    assert '<b class="big-figure">2</b> 人次' in public
    assert "帮办" not in public


def test_a_session_where_somebody_only_asked_has_no_roll_yet(school):
    session = a_held_session(organiser=school)
    (enrolled,) = seniors(session, 1)
    enrol(session, enrolled)
    put_down(session, a_learner(school, "来问", phone="13800000778"), kind=RecordKind.ASSISTANCE)
    found = class_figures(Place.of_branch(school), now=timezone.now())
    assert found == ClassFigures(silent=1, helped=1)
    put_down(session, enrolled, kind=RecordKind.ASSISTANCE)
    put_down(session, *seniors(session, 1, start=40))
    found = class_figures(Place.of_branch(school), now=timezone.now())
    assert (found.expected, found.stayed_away, found.helped) == (1, 1, 2)


def test_gaps_are_the_streets_where_a_scenario_is_not_taught(college, school):
    site = a_site(school)
    session, below = a_held_session(organiser=school), a_held_session(organiser=site)
    put_down(session, *seniors(session, 2))
    put_down(below, *seniors(below, 3, start=50))
    a_held_session(a_plan("09:00", main_scenario="healthcare"), organiser=school)
    (row,) = gaps(Place.of_district(college.area), month=DAY)
    cells = {cell.scenario: (cell.attendances, cell.is_taught) for cell in row.cells}
    assert cells["scan-code"] == (5, True)
    assert cells["healthcare"] == (0, True)
    assert cells["chat"] == (0, False)
    assert row.gaps == 8
    assert gaps(Place.of_branch(college), month=DAY) == gaps(Place.of_branch(school), month=DAY) == [row]


def test_whom_a_school_guides_in_another_district_is_not_counted_in_its_street(college, school):
    site = a_site(school)
    site.area = an_area(district="别的区")
    site.save()
    session, elsewhere = a_held_session(organiser=school), a_held_session(organiser=site)
    put_down(session, *seniors(session, 2))
    put_down(elsewhere, *seniors(elsewhere, 3, start=50))
    (row,) = gaps(Place.of_district(college.area), month=DAY)
    assert {cell.scenario: cell.attendances for cell in row.cells}["scan-code"] == 2


def test_gaps_of_the_city_are_its_districts(school):
    session = a_held_session(organiser=school)
    put_down(session, *seniors(session, 2))
    rows = {row.name: row for row in gaps(THE_CITY, month=DAY)}
    assert len(rows) >= 17
    assert rows["东区"].gaps == 9
    assert rows["徐汇区"].gaps == 10


def test_nothing_taught_is_the_loudest_cell(client, school):
    a_held_session(organiser=school)
    text = text_of(browser(client, Duty.SCHOOL_STAFF, school).get(BOARD))
    assert text.count('<b class="gap gap-none">没有课</b>') == 9


def test_tables_of_organisations_and_scenarios(client, college, school):
    session = a_held_session(organiser=school)
    put_down(session, *seniors(session, 2))
    manager = browser(client, Duty.DISTRICT_MANAGER, college)
    for name in ("progress_branches", "progress_scenarios", "progress_districts"):
        address = reverse(f"desk:{name}")
        assert '<td class="desk-number"> 2 </td>' in text_of(manager.get(address)), name
        assert manager.get(f"{address}?export=xlsx").status_code == 200
        assert manager.get(f"{address}?print=1").status_code == 200


def test_the_table_of_districts_leads_to_their_boards(client, college):
    text = text_of(browser(client, Duty.DISTRICT_MANAGER, college).get(reverse("desk:progress_districts")))
    assert reverse("desk:district_board", args=[college.area_id]) in text
    assert text.count("/in-district/") == 1


def lock(browser, wanted):
    """Ask for a month to be locked, and say yes to what is asked back."""
    asked = parsed(browser.post(reverse("desk:lock_month"), wanted)).one("input[name=sure]")
    return browser.post(reverse("desk:lock_month"), wanted | {"sure": asked["value"]})


def test_before_a_month_is_locked_its_numbers_are_shown_and_it_is_asked_once_more(client, college, school):
    session = a_held_session(a_plan(on=DAY - timedelta(days=30)), organiser=school)
    put_down(session, *seniors(session, 2))
    manager = browser(client, Duty.DISTRICT_MANAGER, college)
    wanted = {"district": college.area_id, "month": "2026-10-01"}
    page = manager.post(reverse("desk:lock_month"), wanted)
    assert "东区2026 年 10 月：2 人次，2 人。" in text_of(page)
    sure = parsed(page).one("input[name=sure]")["value"]
    for changed in ({"month": "2026-09-01"}, {"sure": f"{sure}0"}, {"sure": ""}):
        manager.post(reverse("desk:lock_month"), wanted | {"sure": sure} | changed)
    assert not MonthLock.objects.exists()
    manager.post(reverse("desk:lock_month"), wanted | {"sure": sure})
    assert MonthLock.objects.get().attendances == 2


def test_only_months_that_are_open_are_offered(client, college):
    west, month = a_college("西社区学院", district="西区"), moment(on=DAY).date().replace(month=10, day=1)
    lock_month(district=college.area, month=month, by=None, now=timezone.localtime())
    manager = browser(client, Duty.DISTRICT_MANAGER, college)

    def offered() -> list[str]:
        return [
            each["value"] for each in parsed(manager.get(reverse("desk:lock_month"))).all("#id_month option")
        ]

    assert offered()[:2] == ["2026-09-01", "2026-08-01"]
    browser(client, Duty.CITY_MANAGER, the_city())
    assert offered()[0] == "2026-10-01"
    wanted = {"district": college.area_id, "month": "2026-10-01"}
    assert "东区的2026 年 10 月已经锁定了" in text_of(manager.post(reverse("desk:lock_month"), wanted))
    assert lock(manager, wanted | {"district": west.area_id}).status_code == 302


def test_a_district_locks_a_month_and_sees_what_changed_since(client, college, school):
    session = a_held_session(a_plan(on=DAY - timedelta(days=30)), organiser=school)
    put_down(session, *seniors(session, 2))
    manager = browser(client, Duty.DISTRICT_MANAGER, college)
    assert "上个月还没锁定" in text_of(manager.get(BOARD))
    wanted = {"district": college.area_id, "month": "2026-10-01"}
    assert lock(manager, wanted).status_code == 302
    assert "已经锁定了" in text_of(manager.post(reverse("desk:lock_month"), wanted))
    assert "上个月还没锁定" not in text_of(manager.get(BOARD))
    put_down(
        session, *seniors(session, 1, start=50), now=timezone.now() + timedelta(minutes=1), because="补录"
    )
    text = text_of(manager.get(reverse("desk:locked_months")))
    numbers = [part.partition("</td>")[0].strip() for part in text.split('<td class="desk-number">')[1:5]]
    assert numbers == ["2", "3", "1", "1"]


def test_only_the_own_district_can_be_locked(client, college):
    west = a_college("西社区学院", district="西区")
    manager = browser(client, Duty.DISTRICT_MANAGER, college)
    wanted = {"district": west.area_id, "month": "2026-10-01"}
    assert manager.post(reverse("desk:lock_month"), wanted).status_code == 200
    assert not MonthLock.objects.exists()
    assert "西区" not in text_of(manager.get(reverse("desk:lock_month")))


def test_locked_months_cost_the_same_for_one_and_three(client, college):
    manager = browser(client, Duty.DISTRICT_MANAGER, college)

    def lock_one(number: int) -> None:
        on = moment(on=DAY).replace(month=7 + number, day=1).date()
        lock_month(district=college.area, month=on, by=None, now=timezone.localtime())

    assert of_one_as_of_three(lock_one, lambda: manager.get(reverse("desk:locked_months"))) <= 15


def test_the_newest_seal_is_shown_and_taken_away(client, college, school):
    session = a_held_session(organiser=school)
    put_down(session, *seniors(session, 2), now=moment("15:00"))
    newest = seal(now=timezone.localtime())[-1]
    auditor = browser(client, Duty.AUDITOR, college)
    assert newest.digest in text_of(auditor.get(reverse("desk:locked_months")))
    answer = auditor.get(f"{reverse('desk:seals')}?export=csv")
    assert newest.digest in answer.content.decode("utf-8-sig")


def test_a_board_costs_the_same_however_much_is_counted(client, college):
    manager = browser(client, Duty.DISTRICT_MANAGER, college)

    def count_some(number: int) -> None:
        session = a_held_session(organiser=a_school(college, f"第{number}学校"))
        put_down(session, *seniors(session, 2, start=10 * number))

    assert of_one_as_of_three(count_some, lambda: manager.get(BOARD)) <= 38
