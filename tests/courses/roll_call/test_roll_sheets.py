"""The roll for paper: what stands on the sheet, on the term and on the cards, and how many pages it takes."""

from datetime import timedelta

import pytest

from courses.enums import AttendanceState, TeachingRole
from courses.errors import Refused
from courses.services.enrolment.cancelling import cancel
from courses.services.learners import merge
from courses.services.roll_paper import cards, matrix, sheet
from courses.services.scheduling.sessions import cancel_sessions
from tests.factories.classes import a_learner, a_person, a_room, a_school, a_venue
from tests.factories.enrolments import NOW, an_open_run, enrolled, known_enrols, somebody_enrols
from tests.factories.roll_call import put_down
from tests.factories.timetable import a_plan, weekly
from tests.pdf import page_count, signs
from tests.queries import queries_of

pytestmark = pytest.mark.django_db

ADDRESS = "https://xue.example.org/admin/desk/sessions/7/roll/paper/"


@pytest.fixture
def school():
    return a_school()


@pytest.fixture
def run(school):
    room = a_room(a_venue(school, "田林活动室"), seats=None)
    plans = weekly(a_plan(room=room), 3)
    return an_open_run(*plans, organiser=school, title="扫码付钱，三看再按", contact_phone="021-64360000")


@pytest.fixture
def given(monkeypatch):
    """What the templates are given; the sheet is set as well."""
    said: dict = {}
    for module in (sheet, matrix, cards):
        plain = module.typeset

        def typeset(path, *, data, is_kept, plain=plain):
            assert not is_kept, "names are kept in a cache"
            said.clear()
            said.update(data)
            return plain(path, data=data, is_kept=is_kept)

        monkeypatch.setattr(module, "typeset", typeset)
    return said


def first_of(run):
    return run.sessions.order_by("starts_at").select_related("run__organiser", "teacher").first()


def test_the_sheet_says_what_when_where_and_who(run, school, given):
    rows = enrolled(run, 2)
    session = first_of(run)
    session.teacher = a_person(school, "周老师", role=TeachingRole.TEACHER)
    pdf = sheet.roll_sheet(session, address=ADDRESS)
    assert (given["title"], given["code"], given["number"]) == (run.title, run.code, "第 1 次课")
    assert given["when"] == "2026年11月11日 星期三 下午 2:00 到 3:30"
    assert (given["place"], given["teacher"], given["expected"]) == ("田林活动室 203", "周老师", 2)
    assert given["rows"] == [[1, rows[0].learner.name, ""], [2, rows[1].learner.name, ""]]
    assert (given["call"], given["address"]) == ("021-64360000", ADDRESS.removeprefix("https://"))
    assert page_count(pdf) == 1
    assert set("签名迟到早退临时实到老师扫码付钱三看再按周田林活动室") <= signs(pdf)


@pytest.mark.parametrize(("many", "pages"), [(0, 1), (12, 1), (13, 2), (27, 2), (28, 3)])
def test_every_page_is_full_and_somebody_can_always_walk_in(run, given, many, pages):
    enrolled(run, many)
    pdf = sheet.roll_sheet(first_of(run), address=ADDRESS)
    assert given["free"] >= 3
    assert many + given["free"] == pages * sheet.ROWS
    assert page_count(pdf) == pages


def test_numbers_stay_when_somebody_gives_up(run, given):
    first, second, third = enrolled(run, 3)
    cancel(enrolment=second, by=None, now=second.created_at)
    sheet.roll_sheet(first_of(run), address=ADDRESS)
    assert [row[:2] for row in given["rows"]] == [[1, first.learner.name], [3, third.learner.name]]


def test_two_of_one_name_are_told_apart_and_nobody_else_is_told_of(run, school, given):
    for number in ("13900000001", "13900000002"):
        somebody_enrols(run, name="王秀兰", phone=number)
    known_enrols(run, a_learner(school, "李阿妹", phone=""))
    known_enrols(run, a_learner(school, "王秀兰", phone="", birth_year=1948))
    sheet.roll_sheet(first_of(run), address=ADDRESS)
    assert [row[2] for row in given["rows"]] == ["尾号 0001", "尾号 0002", "", "1948 年生"]


def test_a_cancelled_session_has_no_sheet(run):
    cancel_sessions(sessions=[first_of(run)], because="停电", by=None, now=NOW)
    with pytest.raises(Refused) as refusal:
        sheet.roll_sheet(first_of(run), address=ADDRESS)
    assert refusal.value.code == "no-sheet"


def test_the_longest_words_and_odd_signs_stay_in_their_boxes(school, given):
    room = a_room(a_venue(school, "名" * 60), "室" * 20, seats=None)
    run = an_open_run(a_plan(room=room), organiser=school, title="#$\\𠮷😀" * 12)
    somebody_enrols(run, name="阿" * 40)
    assert page_count(sheet.roll_sheet(first_of(run), address=f"https://{'x' * 200}/")) == 1
    assert page_count(matrix.roll_matrix(run)) == 1
    assert page_count(cards.number_cards(run)) == 1


def test_the_term_shows_what_was_called_and_leaves_the_rest_to_sign(run, school, given):
    rows = enrolled(run, 5)
    first, second = run.sessions.order_by("starts_at")[:2]
    states = [
        ("present", None),
        ("late", None),
        ("left-early", 60),
        ("absent", None),
        ("excused", None),
    ]
    for row, (state, minutes) in zip(rows, states, strict=True):
        put_down(first, row.learner, state=state, minutes=minutes)
    cancel_sessions(sessions=[second], because="停电", by=None, now=NOW)
    pdf = matrix.roll_matrix(run)
    (page,) = given["pages"]
    assert page["heads"] == [["第 1 次", "11.11"], ["第 2 次", "11.18"], ["第 3 次", "11.25"]]
    assert [row[3] for row in page["rows"]] == [[sign, "取消", ""] for sign in "✓迟退缺假"]
    assert set("✓迟退缺假取消签到总表") <= signs(pdf)


def test_the_term_keeps_who_gave_up_after_coming_and_whoever_walked_in(run, school, given):
    stays, gave_up, never_came = enrolled(run, 3)
    put_down(first_of(run), gave_up.learner, a_learner(school, "来了一次"))
    struck = a_learner(school, "记错的")
    put_down(first_of(run), struck)
    put_down(first_of(run), struck, state=AttendanceState.STRUCK)
    for row in (gave_up, never_came):
        cancel(enrolment=row, by=None, now=row.created_at)
    matrix.roll_matrix(run)
    assert [row[:2] for row in given["pages"][0]["rows"]] == [
        ["1", stays.learner.name],
        ["2", gave_up.learner.name],
        ["临时", "来了一次"],
    ]


def test_whoever_is_merged_has_one_row_of_the_term(run, given):
    first, second = enrolled(run, 2)
    put_down(first_of(run), second.learner)
    merge(keep=first.learner, drop=second.learner, by=None)
    matrix.roll_matrix(run)
    assert [(row[0], row[3][0]) for row in given["pages"][0]["rows"]] == [("1", "✓")]


def test_of_two_rows_that_were_merged_the_term_shows_the_one_that_was_there(run, given):
    first, second = enrolled(run, 2)
    put_down(first_of(run), second.learner, state=AttendanceState.LATE)
    put_down(first_of(run), first.learner, state=AttendanceState.ABSENT)
    merge(keep=first.learner, drop=second.learner, by=None)
    matrix.roll_matrix(run)
    assert [row[3][0] for row in given["pages"][0]["rows"]] == ["迟"]


def test_eleven_sessions_go_on_on_another_page(school, given):
    plans = weekly(a_plan(room=a_room(a_venue(school), seats=None)), 11)
    run = an_open_run(*plans, organiser=school)
    enrolled(run, 2)
    assert page_count(matrix.roll_matrix(run)) == 2
    assert [len(page["heads"]) for page in given["pages"]] == [10, 1]


def test_many_learners_go_on_on_another_page(run, given):
    enrolled(run, 12)
    assert page_count(matrix.roll_matrix(run)) == 2
    assert given["free"] == 2 * matrix.ROWS - 12


def test_a_class_without_sessions_has_no_term(run):
    run.sessions.all().delete()
    with pytest.raises(Refused, match="还没有课次"):
        matrix.roll_matrix(run)


def test_the_term_asks_as_much_for_three_as_for_one(run):
    (row,) = enrolled(run, 1)
    put_down(first_of(run), row.learner)
    few = queries_of(lambda: matrix.roll_matrix(run))
    put_down(first_of(run), *(each.learner for each in enrolled(run, 2)))
    assert queries_of(lambda: matrix.roll_matrix(run)) == few


def test_a_card_for_everybody_who_has_a_seat(run, given):
    rows = enrolled(run, 10)
    cancel(enrolment=rows[0], by=None, now=rows[0].created_at + timedelta(hours=1))
    pdf = cards.number_cards(run)
    assert [card[0] for card in given["cards"]] == list(range(2, 11))
    assert page_count(pdf) == 2
    assert set("0123456789") <= signs(pdf)


def test_invented_people_are_said_to_be(run, given):
    enrolled(run, 1)
    run.is_demo = True
    run.save()
    for make in (
        lambda: sheet.roll_sheet(first_of(run), address=ADDRESS),
        lambda: matrix.roll_matrix(run),
        lambda: cards.number_cards(run),
    ):
        make()
        assert given["code"] == f"{run.code}（演示数据）"


def test_where_nobody_is_there_is_no_card(run):
    with pytest.raises(Refused, match="还没有人报上名"):
        cards.number_cards(run)
