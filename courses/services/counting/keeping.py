"""Keeping totals true: whatever changes what counts does it inside `recounting`, in one transaction with the totals."""

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import connection

from courses.models import Learner, Tally
from courses.services.counting.ledger import Cell, Counted, cells_of, counted_of, group_of

Change = dict[Cell, tuple[int, int]]
AT_ONCE = 200


@contextmanager
def recounting(learners: Iterable[int]) -> Iterator[None]:
    """Hold these learners and their merged rows; after what is done inside, put the difference into the totals.

    Inside a transaction, before anything else is locked: learners in the order of their ids, then classes. Two who
    count the same person wait for each other, so 人数 is exact: it grows when somebody had nothing in a cell before.
    """
    group = group_of(learners)
    if not group:
        yield
        return
    hold(group)
    before = counted_of(group)
    yield
    # Who is merged with whom may be another matter by now.
    add(difference(before, counted_of(group)))


def hold(group: set[int]) -> None:
    """Let others who count these people wait. SQLite's transaction has the database to itself anyway."""
    rows = Learner.objects.select_for_update(no_key=True).filter(pk__in=group).order_by("pk")
    list(rows.values_list("pk"))


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
    years = {year for one in changed for year in (one.on.year, one.on.isocalendar().year)}
    return set(_cells([one for one in stayed if {one.on.year, one.on.isocalendar().year} & years]))


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
