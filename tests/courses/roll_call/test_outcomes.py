"""学会了没有: said at the end of a class, asked again 3 days and 2 weeks later."""

from datetime import timedelta

import pytest

from courses.enums import AttendanceState, Duty, Mastery
from courses.errors import NotAllowed
from courses.models import Outcome
from courses.services.learners.merging import merge
from courses.services.roll_call.follow_ups import just_asked, put_down_follow_up, to_follow_up
from courses.services.roll_call.outcomes import Said, outcomes_of, say_outcomes, taught_in
from tests.factories.classes import a_college, a_member, a_school
from tests.factories.pages import a_lesson
from tests.factories.roll_call import a_held_session, put_down, seniors
from tests.refusals import refusal

pytestmark = pytest.mark.django_db


@pytest.fixture
def school():
    return a_school(a_college())


@pytest.fixture
def clerk(school):
    return a_member(Duty.SCHOOL_STAFF, school)


@pytest.fixture
def session(school):
    return a_held_session(organiser=school)


@pytest.fixture
def now(session):
    return session.ends_at


def said(line, mastery=Mastery.ALONE, lesson_code=""):
    return Said(learner_id=line.learner_id, lesson_code=lesson_code, mastery=mastery)


def test_what_is_said_at_the_end_is_kept_and_can_be_said_anew(session, clerk, now):
    first, second = put_down(session, *seniors(session, 2))
    answers = [said(first), said(second, Mastery.NOT_YET)]
    assert say_outcomes(session=session, said=answers, by=clerk, now=now) == 2
    assert say_outcomes(session=session, said=answers, by=clerk, now=now) == 0
    assert say_outcomes(session=session, said=[said(second, Mastery.HELPED)], by=clerk, now=now) == 1
    assert outcomes_of(session) == {
        (first.learner_id, ""): Mastery.ALONE,
        (second.learner_id, ""): Mastery.HELPED,
    }
    assert Outcome.objects.count() == 3


def test_each_lesson_of_a_session_is_asked_of_apart(session, clerk, now):
    lessons = [a_lesson(), a_lesson()]
    session.lessons.set(lessons)
    codes = {lesson.code for lesson in lessons}
    assert {each.code for each in taught_in(session)} == codes
    (line,) = put_down(session, *seniors(session, 1))
    answers = [said(line, lesson_code=code) for code in codes]
    assert say_outcomes(session=session, said=answers, by=clerk, now=now) == 2


def test_a_session_without_lessons_asks_about_its_scenario(session):
    (only,) = taught_in(session)
    assert only.code == ""
    assert only.title == session.get_main_scenario_display()


def test_who_was_away_is_not_asked(session, clerk, now):
    (line,) = put_down(session, *seniors(session, 1), state=AttendanceState.ABSENT)
    with refusal("not-there"):
        say_outcomes(session=session, said=[said(line)], by=clerk, now=now)


def test_a_lesson_that_was_not_taught_is_refused(session, clerk, now):
    (line,) = put_down(session, *seniors(session, 1))
    answers = [said(line, lesson_code="MED-9")]
    with refusal("other-lesson"):
        say_outcomes(session=session, said=answers, by=clerk, now=now)


def test_a_cancelled_session_asks_nobody(session, clerk, now):
    (line,) = put_down(session, *seniors(session, 1))
    type(session).objects.filter(pk=session.pk).update(state="cancelled")
    with refusal("cancelled"):
        say_outcomes(session=session, said=[said(line)], by=clerk, now=now)
    assert not Outcome.objects.exists()


def test_only_who_may_call_the_roll_says_so(session, now):
    (line,) = put_down(session, *seniors(session, 1))
    stranger = a_member(Duty.TEACHER, session.run.organiser)
    with pytest.raises(NotAllowed):
        say_outcomes(session=session, said=[said(line)], by=stranger, now=now)


def names(rows) -> list[int]:
    return [row.learner_id for row in rows]


def test_who_had_not_learnt_it_is_asked_first(session, clerk, now):
    could, needed, unasked, could_not = put_down(session, *seniors(session, 4))
    answers = [said(could), said(needed, Mastery.HELPED), said(could_not, Mastery.NOT_YET)]
    say_outcomes(session=session, said=answers, by=clerk, now=now)
    waiting = to_follow_up(clerk, after_days=3, now=now + timedelta(days=3))
    assert names(waiting) == [each.learner_id for each in (could_not, needed, unasked, could)]


@pytest.mark.parametrize(
    ("after_days", "passed", "is_asked"),
    [
        (3, 2, False),
        (3, 3, True),
        (3, 13, True),
        (3, 14, False),
        (14, 13, False),
        (14, 14, True),
        (14, 28, False),
    ],
)
def test_one_is_asked_within_a_time(session, clerk, now, after_days, passed, is_asked):
    (line,) = put_down(session, *seniors(session, 1))
    waiting = to_follow_up(clerk, after_days=after_days, now=now + timedelta(days=passed))
    assert names(waiting) == ([line.learner_id] if is_asked else [])


def test_nobody_is_asked_about_a_class_they_were_not_in(session, clerk, now):
    put_down(session, *seniors(session, 1), state=AttendanceState.EXCUSED)
    assert not to_follow_up(clerk, after_days=3, now=now + timedelta(days=3))


def test_nobody_is_asked_about_a_class_that_was_cancelled_after_all(session, now):
    put_down(session, *seniors(session, 1))
    type(session).objects.filter(pk=session.pk).update(state="not-held")
    clerk = a_member(Duty.SCHOOL_STAFF, session.run.organiser)
    assert not to_follow_up(clerk, after_days=3, now=now + timedelta(days=3))


def test_another_branch_is_not_asked(session, now):
    put_down(session, *seniors(session, 1))
    other = a_member(Duty.SCHOOL_STAFF, a_school(a_college("西社区学院", district="西区"), "西学校"))
    assert not to_follow_up(other, after_days=3, now=now + timedelta(days=3))


def asks(line, by, now, mastery=Mastery.ALONE, after_days=3):
    put_down_follow_up(attendance=line, after_days=after_days, mastery=mastery, by=by, now=now)


def test_an_answer_takes_them_off_the_list_of_that_time_only(session, clerk, now):
    session.lessons.set([a_lesson(), a_lesson()])
    (line,) = put_down(session, *seniors(session, 1))
    later = now + timedelta(days=3)
    asks(line, clerk, later)
    assert not to_follow_up(clerk, after_days=3, now=later)
    assert names(to_follow_up(clerk, after_days=14, now=now + timedelta(days=14))) == [line.learner_id]
    assert Outcome.objects.filter(after_days=3, mastery=Mastery.ALONE).count() == 2


def test_a_slip_of_the_finger_is_put_right_by_who_made_it(session, clerk, now):
    (line,) = put_down(session, *seniors(session, 1))
    later = now + timedelta(days=3)
    asks(line, clerk, later, Mastery.NOT_YET)
    assert just_asked(clerk, after_days=3, now=later) == [line]
    asks(line, clerk, later + timedelta(minutes=59))
    assert [each.mastery for each in Outcome.objects.standing()] == [Mastery.ALONE]


def test_what_somebody_else_put_down_stays(session, clerk, school, now):
    (line,) = put_down(session, *seniors(session, 1))
    later = now + timedelta(days=3)
    asks(line, clerk, later)
    other = a_member(Duty.SCHOOL_STAFF, school)
    with refusal("asked-already"):
        asks(line, other, later)
    with refusal("asked-already"):
        asks(line, clerk, later + timedelta(hours=1))


def test_a_stranger_may_not_answer(session, now):
    (line,) = put_down(session, *seniors(session, 1))
    other = a_member(Duty.SCHOOL_STAFF, a_school(a_college("西社区学院", district="西区"), "西学校"))
    with pytest.raises(NotAllowed):
        asks(line, other, now + timedelta(days=3))


@pytest.fixture
def merged(session):
    """The row that counts, and the line of the roll that stands under the other one."""
    keep, drop = seniors(session, 2)
    (line,) = put_down(session, drop)
    merge(keep=keep, drop=drop, by=None)
    line.refresh_from_db()
    return keep, line


def test_whoever_was_merged_is_asked_as_who_they_count_as(session, clerk, now, merged):
    keep, _ = merged
    answer = Said(learner_id=keep.pk, lesson_code="", mastery=Mastery.HELPED)
    assert say_outcomes(session=session, said=[answer], by=clerk, now=now) == 1
    assert outcomes_of(session) == {(keep.pk, ""): Mastery.HELPED}


def test_what_was_said_before_two_rows_were_merged_is_still_known(session, clerk, now):
    keep, drop = seniors(session, 2)
    (line,) = put_down(session, drop)
    say_outcomes(session=session, said=[said(line, Mastery.NOT_YET)], by=clerk, now=now)
    merge(keep=keep, drop=drop, by=None)
    assert outcomes_of(session) == {(keep.pk, ""): Mastery.NOT_YET}
    (row,) = to_follow_up(clerk, after_days=3, now=now + timedelta(days=3))
    assert row.need == 0


def test_who_was_asked_later_is_not_asked_again_after_two_rows_were_merged(session, clerk, now):
    keep, drop = seniors(session, 2)
    (line,) = put_down(session, drop)
    later = now + timedelta(days=3)
    asks(line, clerk, later)
    merge(keep=keep, drop=drop, by=None)
    assert not to_follow_up(clerk, after_days=3, now=later)
    assert just_asked(clerk, after_days=3, now=later) == [line]


def test_the_answer_of_somebody_merged_stands_under_who_they_count_as(clerk, now, merged):
    keep, line = merged
    later = now + timedelta(days=3)
    asks(line, clerk, later)
    assert [each.learner_id for each in Outcome.objects.all()] == [keep.pk]
    assert not to_follow_up(clerk, after_days=3, now=later)
