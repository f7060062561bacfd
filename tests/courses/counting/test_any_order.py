"""Whatever is put down, put right, merged and called off, in any order: the kept totals are what one counts by hand."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from courses.enums import AttendanceState, RecordKind, SessionState
from courses.errors import Refused
from courses.models import Attendance, ClassSession, Learner
from courses.services.counting.recount import check
from courses.services.counting.totals import THE_CITY, Total, total
from courses.services.learners import LearnerFacts, correct, merge, unmerge
from courses.services.roll_call.undoing import undo_last
from courses.services.scheduling.sessions import restore_session, say_not_held
from tests.factories.classes import a_member
from tests.factories.roll_call import a_held_session, put_down, seniors
from tests.factories.timetable import a_plan

pytestmark = pytest.mark.django_db

LENGTH = 90
LEARNERS, SESSIONS = range(3), range(2)

whose, where = st.sampled_from(LEARNERS), st.sampled_from(SESSIONS)
marks = st.tuples(
    st.just("mark"),
    where,
    whose,
    st.sampled_from(AttendanceState),
    st.integers(0, LENGTH),
    st.sampled_from(RecordKind),
)
deeds = st.one_of(
    marks,
    st.tuples(st.just("born"), whose, st.sampled_from([1950, 1966, 1967, 1990])),
    st.tuples(st.just("merge"), whose, whose),
    st.tuples(st.just("unmerge"), whose),
    st.tuples(st.just("not held"), where),
    st.tuples(st.just("restore"), where),
    st.tuples(st.just("undo"), where),
)


class World:
    """Two sessions, three people, and somebody who does things to them."""

    def __init__(self) -> None:
        first = a_held_session(a_plan("09:00"))
        second = a_held_session(a_plan("14:00"), organiser=first.run.organiser)
        self.sessions = [first, second]
        self.learners = seniors(first, len(LEARNERS))
        self.clerk = a_member("school-staff", first.run.organiser)
        self.now = second.ends_at

    def does(self, deed: str, *what) -> None:
        """Do it; what a service refuses has not happened."""
        self.now += timedelta(seconds=1)
        verbs: dict[str, Callable[..., object]] = {
            "mark": self.mark,
            "born": self.born,
            "merge": lambda keep, drop: merge(keep=self.learner(keep), drop=self.learner(drop), by=None),
            "unmerge": lambda who: unmerge(learner=self.learner(who), by=None),
            "not held": lambda one: say_not_held(
                session=self.session(one), because="停电", by=None, now=self.now
            ),
            "restore": lambda one: restore_session(session=self.session(one), because="上了", by=None),
            "undo": lambda one: undo_last(session=self.session(one), by=self.clerk, now=self.now),
        }
        try:
            with transaction.atomic():
                verbs[deed](*what)
        except Refused:
            pass

    def learner(self, which: int) -> Learner:
        return Learner.objects.get(pk=self.learners[which].pk)

    def session(self, which: int) -> ClassSession:
        return ClassSession.objects.select_related("run__organiser").get(pk=self.sessions[which].pk)

    def mark(self, one: int, who: int, state: str, minutes: int, kind: str) -> None:
        early = minutes if state == AttendanceState.LEFT_EARLY else None
        put_down(
            self.session(one),
            self.learner(who),
            state=state,
            minutes=early,
            kind=kind,
            now=self.now,
            by=self.clerk,
        )

    def born(self, who: int, year: int) -> None:
        row = self.learner(who)
        correct(
            learner=row, facts=LearnerFacts(name=row.name, birth_year=year, phone=row.whole_phone()), by=None
        )


def by_hand() -> Total:
    """Count as design.md §5 says it, from the rows alone: neither the kept totals nor the rules' code is asked."""
    pairs = set()
    for row in Attendance.objects.filter(corrected_by=None).select_related("session", "learner__merged_into"):
        person = row.learner.merged_into or row.learner
        was_there = row.state in {AttendanceState.PRESENT, AttendanceState.LATE} or (
            row.state == AttendanceState.LEFT_EARLY and row.minutes * 2 >= LENGTH
        )
        is_held = row.session.state == SessionState.PLANNED
        if (
            was_there
            and is_held
            and row.kind == RecordKind.TRAINING
            and row.session.on.year - person.birth_year >= 60
        ):
            pairs.add((person.pk, row.session_id))
    return Total(len(pairs), len({person for person, _ in pairs}))


# Shrinking takes minutes and says little more than the deeds themselves.
@settings(max_examples=25, phases=[Phase.explicit, Phase.generate])
@given(st.lists(deeds, min_size=1, max_size=12))
def test_kept_totals_are_what_one_counts_by_hand(done):
    with transaction.atomic():
        world = World()
        for deed in done:
            world.does(*deed)
        assert total(THE_CITY, "2026") == by_hand()
        assert not check()
        transaction.set_rollback(True)
