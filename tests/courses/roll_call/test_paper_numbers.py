"""Numbers on paper: given once, in the order of seats, and never to somebody else."""

from datetime import timedelta

import pytest

from courses.enums import EnrolmentState
from courses.services.enrolment.cancelling import cancel
from courses.services.enrolment.moving import move
from courses.services.learners import merge
from courses.services.roll_paper.numbers import Numbers
from courses.services.waiting_list import accept
from tests.factories.enrolments import NOW, an_open_run, enrolled, known_enrols
from tests.queries import queries_of

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def run():
    return an_open_run(seats=4)


def here(run) -> dict[int, int]:
    return {each.number: each.learner.pk for each in Numbers(run.pk).here}


def test_they_follow_the_order_of_seats_and_a_later_one_changes_none(run):
    first, second = enrolled(run, 2)
    before = here(run)
    (third,) = enrolled(run, 1, now=NOW - timedelta(days=1))
    assert before == {1: first.learner_id, 2: second.learner_id}
    assert here(run) == before | {3: third.learner_id}


def test_the_number_of_somebody_who_gave_up_goes_to_nobody(run):
    first, second, third = enrolled(run, 3)
    cancel(enrolment=second, by=None, now=LATER)
    (fourth,) = enrolled(run, 1, now=LATER)
    assert here(run) == {1: first.learner_id, 3: third.learner_id, 4: fourth.learner_id}
    gone = Numbers(run.pk).of(2)
    assert (gone.learner.pk, gone.is_here) == (second.learner_id, False)


def test_who_comes_back_has_the_old_number_again(run):
    first, second = enrolled(run, 2)
    cancel(enrolment=first, by=None, now=LATER)
    back = known_enrols(run, first.learner, now=LATER).enrolment
    numbers = Numbers(run.pk)
    assert here(run) == {1: first.learner_id, 2: second.learner_id}
    # A card that was printed in between leads to the same person.
    assert numbers.of(3) == numbers.of(1)
    assert numbers.of(1).since == back.created_at


def test_who_waits_has_none_until_there_is_a_seat(run):
    *seated, waiting, last = enrolled(run, 6)
    assert waiting.state == EnrolmentState.WAITLISTED
    assert len(here(run)) == 4
    cancel(enrolment=seated[0], by=None, now=LATER)
    waiting.refresh_from_db()
    assert waiting.state == EnrolmentState.OFFERED
    assert waiting.learner_id not in here(run).values()
    accept(enrolment=waiting, by=None, now=LATER)
    assert here(run)[5] == waiting.learner_id
    assert last.learner_id not in here(run).values()


def test_a_new_class_gives_a_new_number(run):
    first, second = enrolled(run, 2)
    other = an_open_run(organiser=run.organiser)
    enrolled(other, 2)
    move(enrolment=first, to=other, because="时间不合适", by=None, now=LATER, may_wait=False)
    assert here(run) == {2: second.learner_id}
    assert here(other)[3] == first.learner_id


def test_merged_into_one_they_are_found_under_both_numbers_and_nobody_moves_up(run):
    first, second, third = enrolled(run, 3)
    merge(keep=first.learner, drop=second.learner, by=None)
    assert here(run) == {1: first.learner_id, 3: third.learner_id}
    assert Numbers(run.pk).of(2).learner.pk == first.learner_id


def test_a_number_nobody_was_given(run):
    enrolled(run, 1)
    numbers = Numbers(run.pk)
    assert [numbers.of(number) for number in (-1, 0, 2, 999)] == [None] * 4


def test_one_query_for_one_and_for_three(run):
    enrolled(run, 1)
    few = queries_of(lambda: Numbers(run.pk).here)
    enrolled(run, 2)
    assert queries_of(lambda: Numbers(run.pk).here) == few == 1
