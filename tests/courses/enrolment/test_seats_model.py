"""Whatever people and staff do, in whichever order: no seat is sold twice or lies empty, and nobody jumps the queue."""

from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from courses.enums import Duty, EnrolmentState
from courses.errors import Refused
from courses.models import CourseRun, Enrolment
from courses.services.enrolment.cancelling import cancel, undo_cancel
from courses.services.scheduling.runs import change_run
from courses.services.waiting_list import accept, decline, end_offers
from tests.factories.classes import a_member
from tests.factories.enrolments import NOW, an_open_run, known_enrols, somebody_enrols
from tests.factories.queues import assert_sound

pytestmark = pytest.mark.django_db

PEOPLE = st.integers(0, 6)


class Doings(RuleBasedStateMachine):
    """A class of two seats, seven people who come and go, and staff who change their minds."""

    def __init__(self):
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        self.run = an_open_run(seats=2, waiting_places=3)
        self.planner = a_member(Duty.SCHOOL_STAFF, self.run.organiser)
        # How many had a seat when staff last went above the number, until they are fewer again.
        self.now, self.let_in = NOW, 0

    def teardown(self):
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)

    def last_of(self, who: int) -> Enrolment | None:
        """Return the newest enrolment of somebody."""
        return Enrolment.objects.filter(run=self.run, learner__name=f"学员{who}").order_by("pk").last()

    def does(self, verb, who: int) -> None:
        """Let somebody do something about their enrolment, if they have one; a refusal changes nothing."""
        self.now += timedelta(minutes=2)
        if row := self.last_of(who):
            with suppress(Refused):
                verb(enrolment=row, by=None, now=self.now)

    @rule(who=PEOPLE, is_slow=st.booleans())
    def enrols(self, who, is_slow):
        self.now += timedelta(minutes=2)
        # A server whose clock is behind, or a request that waited.
        now = self.now - timedelta(minutes=3 if is_slow else 0)
        with suppress(Refused):
            somebody_enrols(self.run, now=now, name=f"学员{who}", phone=f"1380000000{who}")

    @rule(who=PEOPLE)
    def cancels(self, who):
        self.does(cancel, who)

    @rule(who=PEOPLE)
    def takes_it_back(self, who):
        self.does(undo_cancel, who)

    @rule(who=PEOPLE)
    def accepts(self, who):
        self.does(accept, who)

    @rule(who=PEOPLE)
    def declines(self, who):
        self.does(decline, who)

    @rule(hours=st.sampled_from([1, 25]))
    def time_passes(self, hours):
        self.now += timedelta(hours=hours)
        end_offers(now=self.now)

    @rule(seats=st.integers(0, 4))
    def staff_change_the_seats(self, seats):
        with suppress(Refused), transaction.atomic():
            change_run(run=self.run, by=self.planner, at=self.now, capacity=seats)

    @rule(who=PEOPLE)
    def staff_go_above_the_number(self, who):
        row = self.last_of(who)
        if row is None or row.is_live:
            return
        with suppress(Refused):
            known_enrols(self.run, row.learner, now=self.now, by=self.planner, override="家里远")
            self.let_in = self.seated()

    @invariant()
    def all_is_sound(self):
        first = self.run.sessions.first().starts_at
        self.let_in = min(self.let_in, self.seated())
        assert_sound(self.run, let_in=self.let_in, is_to_start=self.now < first)

    @invariant()
    def seats_are_as_many_as_are_known(self):
        run = CourseRun.objects.get(pk=self.run.pk)
        assert self.seated() <= max(run.capacity, self.let_in)

    def seated(self) -> int:
        """Return how many have a seat, or are offered one."""
        return self.run.enrolments.filter(
            state__in=[EnrolmentState.CONFIRMED, EnrolmentState.OFFERED]
        ).count()


def test_seats_are_sound_whatever_happens():
    run_state_machine_as_test(
        Doings, settings=settings(max_examples=25, stateful_step_count=25, deadline=None)
    )
