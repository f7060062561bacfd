"""Importing what another of the city's lines says it held: looked at first, kept only when agreed to.

Only sums are kept: the day, the place, the name, how many. The same file twice adds nothing; another figure of the
same activity takes the place of the one before.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from hashlib import sha256

from django.db import transaction
from django.utils import timezone

from cms.enums import AuditVerb
from cms.models import User
from cms.services.audit import record
from courses.enums import AreaKind, Right
from courses.errors import Refused
from courses.models import Area, LineActivity, Programme, ReportedLine
from courses.rules.sheets.cells import key_of
from courses.rules.sheets.dates import Span, read_date
from courses.rules.sheets.line_list import COLUMNS, read_attendances
from courses.rules.sheets.tables import Row, Table, find_table
from courses.rules.sheets.unclear import Unclear, quoted
from courses.services.areas import AreaIndex
from courses.services.branches import acting_with
from courses.services.sheets.archive import MAX_ROWS
from courses.services.sheets.opening import open_sheets

LONGEST = 100
UPPER = {AreaKind.CITY, AreaKind.DISTRICT}
_PHONE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
Key = tuple[date, str, str]


class Outcome(Enum):
    """What will happen to a row."""

    NEW = "会加上"
    CHANGED = "人次会改"
    THERE = "已经有了"
    CANNOT = "加不了，要改表"


@dataclass
class ListRow:
    """A row as it was read. ``problems`` say why it cannot be kept, ``notes`` what is worth knowing."""

    number: str
    on: date | None = None
    place: str = ""
    place_key: str = ""
    area: Area | None = None
    title: str = ""
    attendances: int | None = None
    before: int | None = None
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def key(self) -> Key | None:
        """What it is known by; None where it cannot be kept."""
        return None if self.problems or self.on is None else (self.on, self.place, self.title)

    @property
    def outcome(self) -> Outcome:
        if self.key is None:
            return Outcome.CANNOT
        if self.before is None:
            return Outcome.NEW
        return Outcome.THERE if self.before == self.attendances else Outcome.CHANGED


@dataclass
class ListPreview:
    """What an import would do, row by row, and which rows and sheets were taken for something else."""

    rows: list[ListRow]
    skipped: list[str] = field(default_factory=list)

    def of(self, outcome: Outcome) -> list[ListRow]:
        """Return the rows with this outcome, in the order of the file."""
        return [row for row in self.rows if row.outcome is outcome]

    @property
    def seen(self) -> str:
        """What somebody agrees to, in short."""
        said = "|".join(f"{row.outcome.name} {row.key} {row.attendances} {row.before}" for row in self.rows)
        return sha256(said.encode()).hexdigest()[:16]


class ListMoved(Refused):
    """What the import would do is not what was agreed to; ``preview`` is what it would do by now."""

    def __init__(self, preview: ListPreview):
        self.preview = preview
        super().__init__("moved", "您看过以后，名单变了。请再看一遍，再按一次。")


def read_list(data: bytes, *, name: str, line: ReportedLine, by: User) -> ListPreview:
    """Return what the file would do for this line. Nothing is saved. Raises NotAllowed, and Refused for the file."""
    acting_with(by, Right.CHANGE_PROGRAMME)
    if line.is_ours:
        raise Refused("ours", "这是我们自己的线，由系统来数，不用导入。")
    tables, skipped = _tables(data, name)
    areas, year = AreaIndex.load(), line.programme.year
    rows = []
    for where, table in tables:
        skipped += [f"{where}第 {number} 行：{words}" for number, words in table.skipped]
        rows += [_Reader(row, f"{where}第 {row.number} 行", areas, year).read() for row in table.rows]
    _note_there(rows, line)
    return ListPreview(list(_once(rows)), skipped)


@transaction.atomic
def apply_list(data: bytes, *, name: str, line: ReportedLine, by: User, seen: str) -> tuple[int, int]:
    """Keep what was looked at; return how many were added and how many figures changed.

    ``seen`` is the preview's, as it was shown. Raises ListMoved when something else would happen by now, NotAllowed,
    Refused; nothing is kept then.
    """
    # Two who import into one programme come one after the other.
    programme = Programme.objects.select_for_update().get(pk=line.programme_id)
    preview = read_list(data, name=name, line=line, by=by)
    fresh, changed = preview.of(Outcome.NEW), preview.of(Outcome.CHANGED)
    if (fresh or changed) and preview.seen != seen:
        raise ListMoved(preview)
    now = timezone.now()
    LineActivity.objects.bulk_create(_activity(row, line, by, now) for row in fresh)
    for row in changed:
        which = line.activities.filter(on=row.on, place=row.place, title=row.title)
        which.update(attendances=row.attendances, imported_at=now, by=by)
    organisation = acting_with(by, Right.CHANGE_PROGRAMME).organisation_id
    detail = f"line-list {len(fresh)} {len(changed)} of {len(preview.rows)}"
    record(AuditVerb.IMPORTED, by=by, subject=programme, organisation_id=organisation, detail=detail)
    return len(fresh), len(changed)


def _activity(row: ListRow, line: ReportedLine, by: User, now) -> LineActivity:
    names = ("on", "place", "place_key", "area", "title", "attendances")
    return LineActivity(line=line, imported_at=now, by=by, **{name: getattr(row, name) for name in names})


def _tables(data: bytes, name: str) -> tuple[list[tuple[str, Table]], list[str]]:
    """Return the sheets that have a table, and why others have none. Raises Refused when there is nothing to do."""
    grids = open_sheets(data, name=name)
    found = [(f"“{grid.name}”" if len(grids) > 1 else "", find_table(grid, COLUMNS)) for grid in grids]
    tables = [(where, table) for where, table in found if isinstance(table, Table)]
    others = [
        (where, table)
        for (where, table), grid in zip(found, grids, strict=True)
        if isinstance(table, Unclear) and grid.rows
    ]
    if not tables:
        raise Refused("no-table", str(others[0][1]) if others else "这个文件里什么也没写。请看看选对了没有。")
    if not any({"town", "place"} & table.found for _, table in tables):
        raise Refused("no-place", "表头里没有“街镇”，也没有“地点”。请补上一列，再传一次。")
    count = sum(len(table.rows) for _, table in tables)
    if not count:
        raise Refused("no-rows", "表头下面一个活动也没有。请看看选对了没有。")
    if count > MAX_ROWS:
        raise Refused("too-many-rows", f"行数太多了，一次最多 {MAX_ROWS} 行。请分成几个文件。")
    return tables, [f"{where}这张表没有读：{unclear}" for where, unclear in others]


class _Reader:
    """Reads one row."""

    def __init__(self, row: Row, number: str, areas: AreaIndex, year: int):
        self.row, self.areas, self.year = row, areas, year
        self.made = ListRow(number)

    def read(self) -> ListRow:
        made = self.made
        made.on = self.day()
        made.title = self.words("title", "活动名称")
        self.place()
        many = read_attendances(self.row.cells.get("attendances"))
        if isinstance(many, Unclear):
            made.problems.append(str(many))
        else:
            made.attendances = many
        if _PHONE.search(f"{made.title} {made.place}"):
            made.problems.append("名称或者地点里有电话号码。名单里不留个人的信息，请删掉。")
        return made

    def day(self) -> date | None:
        around = Span(date(self.year, 1, 1), date(self.year, 12, 31))
        found = read_date(self.row.cells.get("on"), around=around)
        if isinstance(found, Unclear):
            self.made.problems.append(str(found))
            return None
        if found.year != self.year:
            self.made.problems.append(f"{found:%Y-%m-%d} 不在 {self.year} 年。请看看日期对不对。")
        return found

    def words(self, column: str, label: str) -> str:
        written = " ".join(self.row.text(column).split())
        if not written:
            self.made.problems.append(f"没写{label}。请补上。")
        if len(written) > LONGEST:
            self.made.problems.append(f"{label}太长了。请缩短到 {LONGEST} 个字以内。")
        return written[:LONGEST]

    def place(self) -> None:
        """Take the street and the place, as far as they are there; one of them is needed."""
        made = self.made
        town, place = (" ".join(self.row.text(column).split()) for column in ("town", "place"))
        made.place = " ".join(filter(None, [town, place]))
        made.area = self.street(town or place, is_town=bool(town))
        made.place_key = key_of(place or ("" if made.area else town))[:LONGEST]
        if not made.place:
            made.problems.append("没写街镇，也没写地点。请补上一个。")
        if len(made.place) > LONGEST:
            made.problems.append(f"街镇和地点太长了。请缩短到 {LONGEST} 个字以内。")
            made.place = made.place[:LONGEST]

    def street(self, written: str, *, is_town: bool) -> Area | None:
        """Return the street or town that is meant; a whole district is no place to compare by."""
        district = self.areas.resolve(self.row.text("district")).area
        within = district if district and district.kind == AreaKind.DISTRICT else None
        found = self.areas.resolve(written, district=within)
        if found.area is not None and found.area.kind not in UPPER:
            return found.area
        if is_town and written:
            why = "不是街镇" if found.area is not None else "认不出是哪个街镇"
            self.made.notes.append(f"{quoted(written)}{why}，只按地点的名字比。")
        return None


def _note_there(rows: Sequence[ListRow], line: ReportedLine) -> None:
    kept = line.activities.values_list("on", "place", "title", "attendances")
    there: dict[Key, int] = {(on, place, title): many for on, place, title, many in kept}
    for row in rows:
        if row.key is not None:
            row.before = there.get(row.key)


def _once(rows: Sequence[ListRow]) -> Iterator[ListRow]:
    """Yield the rows; one that stands there twice says so and is not kept twice."""
    first: dict[Key, ListRow] = {}
    for row in rows:
        if row.key is not None and first.setdefault(row.key, row) is not row:
            other = first[row.key]
            row.problems.append(f"和{other.number}是同一个活动，只留前面那一行。")
        yield row
