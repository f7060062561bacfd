"""What must hold of a class's seats and its waiting list, whatever happened and in whichever order."""

from collections import Counter
from datetime import datetime

from courses.enums import EnrolmentEventKind, EnrolmentState
from courses.models import CourseRun, Enrolment, EnrolmentEvent
from courses.services.seats import seats_of
from courses.services.waiting_list import place_of


def assert_sound(run: CourseRun, *, let_in: int = 0, is_to_start: bool = True) -> None:
    """Fail when seats are oversold, one is empty while somebody waits, somebody jumped or has two enrolments.

    ``let_in``: how many had a seat when staff went above the class's own number on purpose.
    """
    seats = seats_of([CourseRun.objects.get(pk=run.pk)])[run.pk]
    assert seats.limit is None or seats.taken <= max(seats.limit.most, let_in), seats
    assert not (is_to_start and seats.waiting and seats.left != 0), seats
    assert seats.waiting_places is None or seats.waiting <= seats.waiting_places, seats
    live = Counter(Enrolment.objects.live().filter(run=run).values_list("learner_id", flat=True))
    assert all(many == 1 for many in live.values()), live
    places = [place_of(row) for row in run.enrolments.waiting()]
    assert places == list(range(1, len(places) + 1))
    replay(run)


def replay(run: CourseRun) -> None:
    """Go through what happened to a class: each event begins where the last one ended, each offer is the next one's.

    The class is locked while events are written: their ids are the order in which they happened.
    """
    rows = {row.pk: row for row in run.enrolments.all()}
    state: dict[int, str] = dict.fromkeys(rows, "")
    for event in EnrolmentEvent.objects.filter(enrolment__run=run).order_by("pk"):
        assert event.from_state == state[event.enrolment_id], (event.kind, event.from_state, state)
        if event.kind == EnrolmentEventKind.OFFERED:
            waiting = [rows[pk] for pk, now in state.items() if now == EnrolmentState.WAITLISTED]
            assert event.enrolment_id == min(waiting, key=turn).pk, "somebody jumped the queue"
        state[event.enrolment_id] = event.to_state
    assert state == {pk: row.state for pk, row in rows.items()}


def turn(row: Enrolment) -> tuple[int, datetime, int]:
    """What decides whose turn it is."""
    return -row.priority, row.created_at, row.pk
