"""Importing an 开班计划表: looked at first, every row with what will happen to it; saved only when agreed to.

The file is read anew when it is agreed to: what has changed since somebody looked is told, and asked about again.
Each row is a transaction of its own. The same file twice changes nothing, whatever happened to its classes since.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.db import IntegrityError, transaction
from django.db.models import Prefetch, Q
from django.utils import timezone

from cms.enums import AuditVerb
from cms.models import User
from cms.services.audit import record
from courses.enums import Right
from courses.errors import Refused
from courses.models import ClassSession, CourseRun, Term, acting_membership
from courses.rules.sheets.grid import Grid
from courses.rules.sheets.plan import COLUMNS
from courses.rules.sheets.tables import Row, Table, find_table
from courses.rules.sheets.unclear import Unclear
from courses.services.branches import acting_with
from courses.services.scheduling.plan_clashes import note_clashes, note_closed, note_limits
from courses.services.scheduling.plan_names import AtHand
from courses.services.scheduling.plan_rows import Outcome, PlannedRow, identity, planned_row
from courses.services.scheduling.runs import plan_run
from courses.services.sheets.archive import MAX_ROWS
from courses.services.sheets.opening import open_sheets

# So many classes are made by one press of the button; for the rest it is pressed again.
MOST_AT_ONCE = 100
ASKED_AT_ONCE = 500


@dataclass
class Preview:
    """What an import would do, row by row, and which rows and sheets were taken for something else."""

    rows: list[PlannedRow]
    skipped: list[str] = field(default_factory=list)
    # Columns of the file that are read by people only.
    not_kept: list[str] = field(default_factory=list)

    def of(self, outcome: Outcome) -> list[PlannedRow]:
        """Return the rows with this outcome, in the order of the file."""
        return [row for row in self.rows if row.outcome is outcome]

    @property
    def seen(self) -> str:
        """What somebody agrees to, in short: each row's outcome and, for a new class, which one."""
        return " ".join(f"{place}{_sign(row)}" for place, row in enumerate(self.rows))

    def changed_since(self, seen: str) -> list[PlannedRow]:
        """Return the rows to which something else would happen than when ``seen`` was shown.

        A class that has been made meanwhile is no surprise: the button was pressed twice.
        """
        before = dict(enumerate(seen.split()))
        return [row for place, row in enumerate(self.rows) if _differs(before.get(place, ""), place, row)]


@dataclass
class Applied:
    """What came of an import: how many classes were made, why others were not, how many are left for another press."""

    made: list[CourseRun]
    refused: list[tuple[PlannedRow, Refused]]
    left: int


class PlanMoved(Refused):
    """What the import would do is not what was agreed to; ``preview`` is what it would do by now."""

    def __init__(self, preview: Preview, changed: Sequence[PlannedRow]):
        self.preview = preview
        self.changed = list(changed)
        places = "、".join(row.where for row in self.changed[:10])
        super().__init__("moved", f"您看过以后，有的行变了：{places}。请再看一遍，再按一次。")


def read_plan(data: bytes, *, name: str, term: Term, by: User) -> Preview:
    """Return what the file would do in this term. Nothing is saved. Raises NotAllowed, and Refused for the file."""
    acting_with(by, Right.PLAN_CLASSES)
    grids = open_sheets(data, name=name)
    tables, skipped = _tables(grids)
    at_hand = AtHand(by=by, on=timezone.localdate())
    rows: list[PlannedRow] = []
    for grid, table in tables:
        where = f"“{grid.name}”" if len(grids) > 1 else ""
        skipped.extend(f"{where}第 {number} 行：{words}" for number, words in table.skipped)
        rows.extend(_planned(row, where, term, at_hand) for row in table.rows)
    _note_there(rows)
    _note_twice(rows)
    note_closed(rows)
    note_limits(rows)
    note_clashes(rows)
    found = set().union(*(table.found for _, table in tables))
    return Preview(
        rows, skipped, [column.label for column in COLUMNS if column.key in found & {"hours", "remark"}]
    )


def apply_plan(data: bytes, *, name: str, term: Term, by: User, seen: str) -> Applied:
    """Make the new classes of a file that was looked at: ``seen`` is the preview's, as it was shown.

    Raises PlanMoved when something else would happen by now (nothing is saved then), NotAllowed and Refused.
    """
    preview = read_plan(data, name=name, term=term, by=by)
    if changed := preview.changed_since(seen):
        raise PlanMoved(preview, changed)
    new = preview.of(Outcome.NEW)
    made: list[CourseRun] = []
    refused: list[tuple[PlannedRow, Refused]] = []
    for row in new[:MOST_AT_ONCE]:
        try:
            made.append(_make(row, by))
        except IntegrityError:
            # Somebody agreed to the same file at the same moment.
            if not CourseRun.objects.filter(import_key=row.key).exists():
                raise
        except Refused as refusal:
            refused.append((row, refusal))
    acting = acting_membership(by)
    where = acting.organisation_id if acting else 0
    record(
        AuditVerb.IMPORTED, by=by, organisation_id=where, detail=f"plan {len(made)} of {len(preview.rows)}"
    )
    return Applied(made, refused, max(len(new) - MOST_AT_ONCE, 0))


@transaction.atomic
def _make(row: PlannedRow, by: User) -> CourseRun:
    run = plan_run(details=row.details, sessions=row.sessions, by=by)
    run.import_key = row.key
    run.save(update_fields=["import_key"])
    return run


def _sign(row: PlannedRow) -> str:
    return {Outcome.NEW: f"n{row.key[:8]}", Outcome.THERE: "t", Outcome.CANNOT: "c"}[row.outcome]


def _differs(before: str, place: int, row: PlannedRow) -> bool:
    made_meanwhile = row.outcome is Outcome.THERE and before == f"{place}n{row.key[:8]}"
    return not made_meanwhile and before != f"{place}{_sign(row)}"


def _tables(grids: Sequence[Grid]) -> tuple[list[tuple[Grid, Table]], list[str]]:
    """Return the sheets that have a table, and why others have none. Raises Refused when there is nothing to do."""
    found = [(grid, find_table(grid, COLUMNS)) for grid in grids]
    tables = [(grid, table) for grid, table in found if isinstance(table, Table)]
    others = [(grid, table) for grid, table in found if isinstance(table, Unclear) and grid.rows]
    count = sum(len(table.rows) for _, table in tables)
    if not tables:
        raise Refused("no-table", str(others[0][1]) if others else "这个文件里什么也没写。请看看选对了没有。")
    if not count:
        raise Refused("no-rows", "表头下面一个班也没有。请看看选对了没有。")
    if count > MAX_ROWS:
        raise Refused("too-many-rows", f"行数太多了，一次最多 {MAX_ROWS} 行。请分成几个文件。")
    return tables, [f"“{grid.name}”这张表没有读：{unclear}" for grid, unclear in others]


def _planned(row: Row, where: str, term: Term, at_hand: AtHand) -> PlannedRow:
    return planned_row(row, where=f"{where}第 {row.number} 行", term=term, at_hand=at_hand)


def _note_there(rows: Sequence[PlannedRow]) -> None:
    """Find the classes that rows have become, or that somebody planned by hand just so."""
    wanted = [row for row in rows if row.key]
    there: dict[str, CourseRun] = {}
    for start in range(0, len(wanted), ASKED_AT_ONCE):
        there |= _there(wanted[start : start + ASKED_AT_ONCE])
    for row in wanted:
        row.existing = there.get(row.key)


def _there(rows: Sequence[PlannedRow]) -> dict[str, CourseRun]:
    keys = {row.key for row in rows}
    by_hand = Q(
        organiser__in={row.details.organiser.pk for row in rows},
        title__in={row.details.title for row in rows},
    )
    firsts = ClassSession.objects.filter(number=1).select_related("venue", "room")
    runs = CourseRun.objects.filter(Q(import_key__in=keys) | by_hand).select_related("organiser")
    found: dict[str, CourseRun] = {}
    for run in runs.prefetch_related(Prefetch("sessions", queryset=firsts, to_attr="firsts")):
        found.update(dict.fromkeys(_keys_of(run), run))
    return found


def _keys_of(run: CourseRun) -> Iterator[str]:
    if run.import_key:
        yield run.import_key
    for first in run.firsts:  # type: ignore[attr-defined]
        starts = timezone.localtime(first.starts_at).isoformat()
        yield identity(run, starts, first.venue, first.room)


def _note_twice(rows: Sequence[PlannedRow]) -> None:
    first: dict[str, PlannedRow] = {}
    for row in rows:
        if row.key and row.outcome is Outcome.NEW and first.setdefault(row.key, row) is not row:
            row.add("title", Unclear(f"和{first[row.key].where}是同一个班", "只会建一个；请删掉一行"))
