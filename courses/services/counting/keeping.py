"""Keeping totals true: whatever changes what counts does it inside `recounting`, in one transaction with the totals."""

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from django.db.models.functions import Coalesce

from courses.models import Learner, Tally
from courses.services.advisory import hold_named
from courses.services.counting.ledger import MANY, Cell, Counted, batched, cells_of, counted_of

Change = dict[Cell, tuple[int, int]]
AT_ONCE = 200
# The learner a row counts as.
PERSON = Coalesce("merged_into_id", "pk")
# What keeps counting and the moving of organisations apart.
_LINE = 0x11E0


@contextmanager
def recounting(learners: Iterable[int]) -> Iterator[dict[int, Learner]]:
    """Hold these people; after what is done inside, put the difference into the totals.

    Gives, by the ids of all their rows, the learner each counts as, as they are now that they are held. Inside a
    transaction, before classes are locked and after sessions. Two who count the same person wait for each other, so
    人数 is exact: it grows when somebody had nothing in a cell before.
    """
    wanted = set(learners)
    if not wanted:
        yield {}
        return
    hold_line(alone=False)
    people = hold(wanted)
    group = set(people)
    before = counted_of(group)
    yield people
    # Who is merged with whom may be another matter by now.
    add(difference(before, counted_of(group)))


@contextmanager
def recounting_alone(learners: Iterable[int]) -> Iterator[None]:
    """Put the difference for these rows into the totals while nobody else counts anything.

    For what shifts whole organisations: nobody needs to be held, for nobody is put down meanwhile. Call `hold_line`
    first of all, and only then look who is concerned.
    """
    rows = rows_of(set(learners))
    before = counted_of(rows)
    yield
    add(difference(before, counted_of(rows)))


def hold_line(*, alone: bool) -> None:
    """Let the line of organisations stand as it does until the end of the transaction: with others, or alone.

    Whoever counts looks where an organisation stands; whoever moves one waits until nobody counts, and nobody begins.
    """
    hold_named(_LINE, 0, alone=alone)


def hold(learners: set[int]) -> dict[int, Learner]:
    """Hold the people that these rows count as, in the order of their ids; return them by all their rows.

    Who was merged or parted while one waited is looked for anew, in order again: what was held is let go first.
    """
    while True:
        with transaction.atomic():
            people = _held(learners)
            if learners <= people.keys():
                return people
            transaction.set_rollback(True)


def _held(learners: set[int]) -> dict[int, Learner]:
    """Hold whom these rows count as when it is asked; return those by the rows that count as them once they are held.

    Only who holds the one can merge another into them, or part them: what is found then stays so.
    """
    ids = set(Learner.objects.filter(pk__in=learners).order_by().values_list(PERSON, flat=True))
    rows = Learner.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk")
    people = {each.pk: each for each in rows}
    theirs = Learner.objects.rows_of(ids).values_list("pk", PERSON)
    return {row: people[who] for row, who in theirs if who in people}


def rows_of(learners: set[int]) -> set[int]:
    """Return the ids of all rows that count as the same people as these: what finds their lines by an index."""
    found: set[int] = set()
    for some in batched(sorted(learners), MANY):
        people = Learner.objects.filter(pk__in=some).values_list(PERSON)
        found.update(Learner.objects.rows_of(people).values_list("pk", flat=True))
    return found


def difference(before: dict[int, dict[int, Counted]], after: dict[int, dict[int, Counted]]) -> Change:
    """Return by how much 人次 and 人数 of each cell change."""
    attendances: Counter[Cell] = Counter()
    people: Counter[Cell] = Counter()
    for person in before.keys() | after.keys():
        was, now = before.get(person, {}), after.get(person, {})
        gone = [one for session, one in was.items() if now.get(session) != one]
        come = [one for session, one in now.items() if was.get(session) != one]
        if gone or come:
            stayed = [one for session, one in now.items() if was.get(session) == one]
            _put_in(attendances, people, gone, come, _near(stayed, gone + come))
    return {cell: (many, people[cell]) for cell, many in attendances.items() if many or people[cell]}


def _put_in(
    attendances: Counter[Cell],
    people: Counter[Cell],
    gone: list[Counted],
    come: list[Counted],
    stayed: set[Cell],
) -> None:
    """Add one person's difference. In a cell where they have something else, 人数 stays as it was."""
    less, more = _cells(gone), _cells(come)
    for cell in less.keys() | more.keys():
        attendances[cell] += more[cell] - less[cell]
        if cell not in stayed:
            people[cell] += bool(more[cell]) - bool(less[cell])


def _cells(some: list[Counted]) -> Counter[Cell]:
    return Counter(cell for one in some for cell in cells_of(one))


def _near(stayed: list[Counted], changed: list[Counted]) -> set[Cell]:
    """Return the cells of what stays, as far as they can be those of what changes: in the same years."""
    years = set[int]().union(*(one.years for one in changed))
    return set(_cells([one for one in stayed if one.years & years]))


def add(change: Change) -> None:
    """Add to the totals, always in the order of the cells: two who do so never wait for each other in a ring."""
    ordered = sorted(change.items())
    for start in range(0, len(ordered), AT_ONCE):
        _add_some(ordered[start : start + AT_ONCE])


def _add_some(changes: list[tuple[Cell, tuple[int, int]]]) -> None:
    """One statement: both databases add to a row that is there and make one that is not."""
    table = Tally._meta.db_table
    rows = ", ".join(["(%s, %s, %s, %s, %s, %s)"] * len(changes))
    values = [value for cell, (attendances, people) in changes for value in (*cell, attendances, people)]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (level, place, period, subject, attendances, people) VALUES {rows} "  # noqa: S608
            "ON CONFLICT (level, place, period, subject) DO UPDATE SET "
            f"attendances = {table}.attendances + excluded.attendances, "
            f"people = {table}.people + excluded.people",
            values,
        )
