"""Two planners at once, one wins: what a session is to hold is locked before anybody looks whether it is free."""

from collections.abc import Iterable

from cms.services.prepared import NUMBER, Prepared, Read, Rows, as_object, row_names, rows_together
from courses.models import ClassSession, CourseRun, Organisation, Room, TeachingPerson
from courses.rules.clashes import Held

# What another planner may have changed of a session while one waited.
SEEN_ANEW = (
    "starts_at",
    "ends_at",
    "mode",
    "venue_id",
    "room_id",
    "teacher_id",
    "state",
    "cancelled_because",
)


def lock_held(wanted: Iterable[Held]) -> None:
    """Lock every room and person of these, in the order of their ids; call it inside a transaction.

    PostgreSQL locks the rows. SQLite has locked the whole database when the transaction began (IMMEDIATE).
    """
    held = list(wanted)
    rooms = {each.room for each in held if each.room}
    people = {person for each in held for person in each.people}
    list(Room.objects.select_for_update().filter(pk__in=rooms).order_by("pk").values_list("pk"))
    list(TeachingPerson.objects.select_for_update().filter(pk__in=people).order_by("pk").values_list("pk"))


def lock_session(session: ClassSession) -> None:
    """Lock a session and see what others did to it until then. Sessions come before learners, those before classes."""
    lock_sessions([session])


def lock_sessions(sessions: Iterable[ClassSession]) -> None:
    """Lock sessions in the order of their ids, all at once, and see what others did to them until then."""
    wanted = {each.pk: each for each in sessions}
    rows = ClassSession.objects.select_for_update(no_key=True).filter(pk__in=list(wanted)).order_by("pk")
    for pk, *values in rows.values_list("pk", *SEEN_ANEW):
        for name, value in zip(SEEN_ANEW, values, strict=True):
            setattr(wanted[pk], name, value)


_RUN = Prepared(
    lambda pk: (
        CourseRun.objects.select_for_update().filter(pk=pk).order_by().values_list(*row_names(CourseRun))
    ),
    NUMBER,
)


def lock_run(run: CourseRun) -> CourseRun:
    """Lock a class and return it as it is now. Raises DoesNotExist."""
    locked, _ = lock_run_and_read(run)
    return locked


def lock_run_and_read(run: CourseRun, *reads: Read) -> tuple[CourseRun, list[Rows]]:
    """Lock a class and return it as it is now, with the rows of what is read as soon as it is locked.

    Raises DoesNotExist.
    """
    rows, *found = rows_together((_RUN, run.pk), *reads)
    if not rows:
        raise CourseRun.DoesNotExist
    return as_object(CourseRun, rows[0]), found


def lock_runs(runs: Iterable[CourseRun]) -> dict[int, CourseRun]:
    """Lock classes in the order of their ids; return them as they are now, by those."""
    wanted = {run.pk: run for run in runs}
    return {pk: lock_run(wanted[pk]) for pk in sorted(wanted)}


def lock_organisation(organisation: Organisation) -> None:
    """Lock an organisation, so that two classes of it do not get the same number."""
    Organisation.objects.select_for_update().filter(pk=organisation.pk).first()
