"""What becomes of somebody's seats when they are erased, or turn out to be somebody who is here already."""

from datetime import datetime

from cms.models import User
from courses.enums import EnrolmentEventKind, EnrolmentState
from courses.models import ClassSession, CourseRun, Enrolment, Learner
from courses.services.enrolment.states import change_state, note
from courses.services.seats import lock_seats_of
from courses.services.waiting_list import refill

# The better one of two is kept.
RANK = {EnrolmentState.CONFIRMED: 0, EnrolmentState.OFFERED: 1, EnrolmentState.WAITLISTED: 2}


def give_up_seats(learner: Learner, *, now: datetime, by: User | None) -> None:
    """End every enrolment of a learner in a class that is still to meet, and let the next ones have the seats.

    Classes that are over stay as they were: who sat there is what is counted.
    """
    for run, rows in _locked(learner, now=now):
        for row in rows:
            change_state(row, EnrolmentState.CANCELLED, EnrolmentEventKind.WITHDRAWN, at=now, by=by)
        refill(run, now=now)


def still_to_come(*learners: Learner, now: datetime):
    """Return the live enrolments of learners in classes that are still to meet."""
    coming = ClassSession.objects.coming(now=now)
    return Enrolment.objects.live().filter(learner__in=learners, run__in=coming.values("run"))


def unite(*, keep: Learner, drop: Learner, now: datetime, by: User | None) -> None:
    """Let ``keep`` have what ``drop`` is still to come to; where both have an enrolment in a class, the better stays.

    Classes that are over stay with the row that sat there, which counts as ``keep``.
    """
    # Either row may have been made by somebody who only knew a name and a number.
    Enrolment.objects.filter(learner__in=[keep, drop]).update(has_registered=False)
    for run, rows in _locked(keep, drop, now=now):
        best, *rest = sorted(rows, key=lambda row: (RANK[EnrolmentState(row.state)], row.pk))
        for row in rest:
            change_state(row, EnrolmentState.CANCELLED, EnrolmentEventKind.MERGED, at=now, by=by)
        if best.learner_id != keep.pk:
            best.learner = keep
            best.save(update_fields=["learner"])
            note(best, EnrolmentEventKind.MERGED, from_state=best.state, at=now, by=by)
        refill(run, now=now)


def _locked(*learners: Learner, now: datetime) -> list[tuple[CourseRun, list[Enrolment]]]:
    """Lock the classes that learners are still to come to; return each with their enrolments as they are now.

    Somebody may have cancelled the last of them while one waited for the lock: then that class is not among them.
    """
    rows = still_to_come(*learners, now=now)
    runs = lock_seats_of({row.run_id: row.run for row in rows.select_related("run")}.values())
    found = [(locked.run, list(rows.filter(run=locked.run))) for locked in runs.values()]
    return [(run, theirs) for run, theirs in found if theirs]
