"""What becomes of somebody's seats when they are erased, or turn out to be somebody who is here already."""

from datetime import datetime

from cms.models import User
from courses.enums import LIVE_STATES, EnrolmentEventKind, EnrolmentState
from courses.models import ClassSession, Enrolment, Learner
from courses.services.enrolment.states import change_state, note
from courses.services.seats import lock_seats_of
from courses.services.waiting_list import refill

# The better one of two is kept.
RANK = {EnrolmentState.CONFIRMED: 0, EnrolmentState.OFFERED: 1, EnrolmentState.WAITLISTED: 2}


def give_up_seats(learner: Learner, *, now: datetime, by: User | None) -> None:
    """End every enrolment of a learner in a class that is still to meet, and let the next ones have the seats.

    Classes that are over stay as they were: who sat there is what is counted.
    """
    rows = still_to_come(learner, now=now)
    runs = lock_seats_of({row.run_id: row.run for row in rows.select_related("run")}.values())
    for row in rows.filter(run__in=list(runs)):
        change_state(row, EnrolmentState.CANCELLED, EnrolmentEventKind.WITHDRAWN, at=now, by=by)
    for each in runs.values():
        refill(each.run, now=now)


def still_to_come(learner: Learner, *, now: datetime):
    """Return a learner's enrolments in classes that are still to meet."""
    coming = ClassSession.objects.coming(now)
    return Enrolment.objects.live().filter(learner=learner, run__in=coming.values("run"))


def unite(*, keep: Learner, drop: Learner, now: datetime, by: User | None) -> None:
    """Let ``keep`` have the live enrolments of ``drop``; where both have one in a class, the better one stays."""
    rows = Enrolment.objects.filter(learner__in=[keep, drop], state__in=LIVE_STATES)
    runs = lock_seats_of({row.run_id: row.run for row in rows.select_related("run")}.values())
    # Either row may have been made by somebody who only knew a name and a number.
    Enrolment.objects.filter(learner__in=[keep, drop]).update(has_registered=False)
    for run in runs.values():
        # As it is now that the class is locked.
        best, *rest = sorted(
            rows.filter(run=run.run), key=lambda row: (RANK[EnrolmentState(row.state)], row.pk)
        )
        for row in rest:
            change_state(row, EnrolmentState.CANCELLED, EnrolmentEventKind.MERGED, at=now, by=by)
        if best.learner_id != keep.pk:
            best.learner = keep
            best.save(update_fields=["learner"])
            note(best, EnrolmentEventKind.MERGED, from_state=best.state, at=now, by=by)
        refill(run.run, now=now)
