"""Numbers off a signed sheet: looked at first, put down once, and nothing half."""

from datetime import timedelta

import pytest

from courses.enums import AttendanceState, Duty, RecordedHow
from courses.errors import NotAllowed, Refused
from courses.models import Attendance, Tally
from courses.services.counting.months import lock_month
from courses.services.enrolment.cancelling import cancel
from courses.services.learners import merge
from courses.services.roll_paper.entering import CHANGED, put_down_paper, read_paper
from tests.factories.classes import a_member, a_school
from tests.factories.enrolments import NOW, an_open_run, enrolled
from tests.factories.roll_call import put_down
from tests.queries import queries_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def run():
    return an_open_run(seats=40)


@pytest.fixture
def session(run):
    return run.sessions.get()


@pytest.fixture
def after(session):
    return session.ends_at + timedelta(minutes=5)


@pytest.fixture
def typed(session, after):
    """A function that puts a line down."""

    def put(written, **how):
        return put_down_paper(session=session, written=written, by=None, now=after, **how)

    return put


@pytest.fixture
def reading(session, after):
    """A function that looks at a line."""
    return lambda written: read_paper(session=session, written=written, now=after)


def states() -> list[str]:
    rows = Attendance.objects.last().order_by("learner_id")
    return [row.state for row in rows]


def test_numbers_are_put_down_as_what_they_were_on_paper(run, typed, after):
    rows = enrolled(run, 4)
    lines = typed("1-2 3迟 4退60")
    assert states() == ["present", "present", "late", "left-early"]
    assert {line.how for line in lines} == {RecordedHow.PAPER}
    assert lines[3].minutes == 60
    assert {line.learner_id for line in lines} == {row.learner_id for row in rows}
    assert {line.recorded_at for line in lines} == {after}
    # They signed in the session, not when it was typed in.
    assert {line.happened_at for line in lines} == {run.sessions.get().ends_at}


def test_cards_say_that_it_was_cards(run, typed):
    enrolled(run, 1)
    assert typed("1", how=RecordedHow.CARD)[0].how == RecordedHow.CARD


def test_scanned_and_signed_is_one(run, session, typed):
    (row,) = enrolled(run, 1)
    put_down(session, row.learner, how=RecordedHow.QR)
    assert typed("1") == []
    assert Attendance.objects.count() == 1
    assert Tally.objects.get(level="city", period="2026", subject="").attendances == 1


def test_a_bare_signature_takes_nothing_back_of_what_is_known_better(run, session, typed, reading):
    first, second, third = enrolled(run, 3)
    put_down(session, first.learner, state=AttendanceState.LATE)
    put_down(session, second.learner, state=AttendanceState.LEFT_EARLY, minutes=50)
    put_down(session, third.learner, state=AttendanceState.ABSENT)
    assert [each.is_change for each in reading("1-3").entries] == [False, False, True]
    typed("1-3")
    assert states() == ["late", "left-early", "present"]
    typed("1缺 2退30")
    assert states() == ["absent", "left-early", "present"]


def test_the_rest_stays_as_it_is_unless_one_says_so(run, session, typed, reading):
    third = enrolled(run, 4)[2]
    put_down(session, third.learner, how=RecordedHow.QR)
    assert [each.number for each in reading("1").rest] == [2, 4]
    assert len(typed("1")) == 1
    assert {line.state for line in typed("1", rest_is_absent=True)} == {"absent"}
    assert states() == ["present", "absent", "present", "absent"]


def test_who_came_into_the_class_after_the_session_was_not_absent(run, session, typed):
    enrolled(run, 2, now=NOW - timedelta(hours=2))
    (late,) = enrolled(run, 1)
    session.starts_at, session.ends_at = NOW - timedelta(minutes=90), NOW
    session.save()
    typed("1", rest_is_absent=True)
    assert states() == ["present", "absent"]
    assert not Attendance.objects.filter(learner=late.learner_id).exists()


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("", "还没有写号码"),
        ("1 9", "没有 9 号，这个班的号码是 1 到 3"),
        ("1-999", "没有 4、5、6、7、8、9、10、11 等 号"),
        ("0 1", "没有 0 号"),
        ("1 2", "2 号{name}的报名取消了"),
        ("1退91", "1 号{first}：这次课一共 90 分钟"),
        ("1 x", "“x”看不懂"),
        ("1 1缺", "写了两次"),
    ],
)
def test_what_cannot_be_is_named_and_nothing_is_put_down(run, typed, written, said):
    first, second, _ = enrolled(run, 3)
    cancel(enrolment=second, by=None, now=second.created_at)
    with pytest.raises(Refused) as refusal:
        typed(written)
    wanted = said.format(name=second.learner.name, first=first.learner.name)
    assert any(wanted in line for line in refusal.value.lines)
    assert not Attendance.objects.exists()


def test_in_a_range_who_gave_up_is_passed_over_and_named(run, typed, reading):
    _, second, _ = enrolled(run, 3)
    cancel(enrolment=second, by=None, now=second.created_at)
    assert [each.number for each in reading("1-3").given_up] == [2]
    assert len(typed("1-3")) == 2


def test_two_numbers_of_one_person_are_one(run, typed, reading):
    first, second = enrolled(run, 2)
    merge(keep=first.learner, drop=second.learner, by=None)
    assert "都是" in reading("1 2迟").problems[0]
    assert len(typed("1 2")) == 1


def test_somebody_put_down_before_they_were_merged_is_not_put_down_again(run, session, typed):
    first, second = enrolled(run, 2)
    put_down(session, second.learner)
    merge(keep=first.learner, drop=second.learner, by=None)
    assert typed("1") == []


def test_of_two_rows_that_were_merged_the_one_that_was_there_is_what_the_roll_says(run, session, typed):
    first, second = enrolled(run, 2)
    put_down(session, second.learner, state=AttendanceState.LATE)
    put_down(session, first.learner, state=AttendanceState.ABSENT)
    merge(keep=first.learner, drop=second.learner, by=None)
    assert typed("1") == []


def test_not_yet_and_not_at_all(run, session, reading):
    enrolled(run, 1)
    early = read_paper(session=session, written="1", now=session.starts_at - timedelta(hours=2))
    assert "还没有到上课的时间" in early.problems[0]
    session.state = "cancelled"
    assert "取消" in reading("1").problems[0]


def test_only_who_may_call_the_roll(run, session, after):
    enrolled(run, 1)
    for user in (
        a_member(Duty.TEACHER, run.organiser),
        a_member(Duty.AUDITOR, run.organiser.guided_by),
        a_member(Duty.SCHOOL_STAFF, a_school()),
    ):
        for written in ("1", "9"):
            with pytest.raises(NotAllowed):
                put_down_paper(session=session, written=written, by=user, now=after)
    assert not Attendance.objects.exists()


def test_what_changed_since_it_was_shown_is_not_written_over(run, session, typed, reading):
    first, _ = enrolled(run, 2)
    version = reading("1 2").version(rest_is_absent=False)
    put_down(session, first.learner, state=AttendanceState.EXCUSED)
    with pytest.raises(Refused) as refusal:
        typed("1 2", version=version)
    assert refusal.value.lines == [CHANGED]
    assert states() == ["excused"]


def test_in_a_locked_month_one_says_why(run, session, typed):
    enrolled(run, 1)
    manager = a_member(Duty.DISTRICT_MANAGER, run.organiser.guided_by)
    lock_month(
        district=run.organiser.area.parent,
        month=session.on.replace(day=1),
        by=manager,
        now=session.ends_at + timedelta(days=60),
    )
    with pytest.raises(Refused) as refusal:
        typed("1")
    assert refusal.value.code == "month-locked"
    assert len(typed("1", because="签到表找到了")) == 1


def test_questions_do_not_grow(run, reading, typed):
    enrolled(run, 1)
    few = queries_of(lambda: reading("1-40"))
    enrolled(run, 12)
    assert queries_of(lambda: reading("1-40")) == few == 2
