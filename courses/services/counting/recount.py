"""Making every total anew from the roll, and finding out whether the kept ones agree with it."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.db import connection, transaction
from django.db.models import Case, CharField, F, Min, Value, When
from django.db.models.functions import Cast, TruncDate
from django.utils import timezone

from cms.services.insert_only import missing_triggers
from courses.enums import RunMode
from courses.models import Attendance, ClassSession, Tally
from courses.models.attendance import PROVEN, proof_of
from courses.services.counting.keeping import hold_line
from courses.services.counting.ledger import Cell, Counted, cells_of
from courses.services.counting.paging import by_pk
from courses.services.counting.seals import broken_seals

AT_ONCE = 500
# So many differences are named; the rest is counted.
NAMED = 50
# One row for each session that counts, and of a recorded one for each day it was done on: where and when it is
# counted. Made once, gone with the connection.
PLACES = "counted_session"
# One row for each person in each session: what a live GROUP BY groups.
PAIRS = "counted_pair"


@dataclass
class Findings:
    """What does not agree, in sentences for an operator; empty when all is well."""

    differences: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.differences)


def recount() -> int:
    """Make the kept totals anew; return how many there are. Others who count wait meanwhile."""
    with transaction.atomic():
        # Alone, so that it can neither miss what is being put down nor wait for that in a ring.
        hold_line(alone=True)
        wanted = live_totals()
        Tally.objects.all().delete()
        Tally.objects.bulk_create(
            (
                Tally(**cell._asdict(), attendances=attendances, people=people)
                for cell, (attendances, people) in sorted(wanted.items())
            ),
            batch_size=AT_ONCE,
        )
    return len(wanted)


def check() -> Findings:
    """Return what differs: totals, altered rows, broken seals, missing triggers. Nobody who counts waits for it."""
    findings = Findings()
    with _as_of_one_moment():
        findings.differences += list(_wrong_totals())
    findings.differences += list(_altered_rows())
    findings.differences += list(broken_seals())
    findings.differences += [f"少了触发器：{name}" for name in missing_triggers()]
    return findings


def live_totals() -> dict[Cell, tuple[int, int]]:
    """Return every total as the roll itself gives it, by GROUP BY; inside a transaction."""
    _gather()
    found: dict[Cell, tuple[int, int]] = {}
    for level, place in (("city", "0"), ("district", "s.district"), ("branch", "b.organisation")):
        for period in ("s.year", "s.month", "s.week"):
            for subject in ("''", "s.scenario"):
                found |= _grouped(level, place, period, subject)
    return found


def _grouped(level: str, place: str, period: str, subject: str) -> dict[Cell, tuple[int, int]]:
    branches = "JOIN counted_branch b ON b.lineage = s.lineage" if level == "branch" else ""
    only = "WHERE s.district IS NOT NULL" if level == "district" else ""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {place}, {period}, {subject}, COUNT(*), COUNT(DISTINCT p.person) "  # noqa: S608
            f"FROM {PAIRS} p JOIN {PLACES} s ON s.session = p.session AND s.done = p.done "
            f"{branches} {only} GROUP BY 1, 2, 3"
        )
        return {Cell(level, *row[:3]): (row[3], row[4]) for row in cursor.fetchall()}


def _gather() -> None:
    """Put what counts into two tables of this connection: people in sessions, and where those are counted."""
    query, values = _pairs().query.sql_with_params()
    with connection.cursor() as cursor:
        for table in (PAIRS, PLACES, "counted_branch"):
            cursor.execute(f"DROP TABLE IF EXISTS {table}")
        cursor.execute(f"CREATE TEMPORARY TABLE {PAIRS} (session bigint, person bigint, done text)")
        cursor.execute(f"INSERT INTO {PAIRS} {query}", values)
        cursor.execute(
            f"CREATE TEMPORARY TABLE {PLACES} (session bigint, done text, year text, month text, week text, "
            "scenario text, district bigint, lineage text, PRIMARY KEY (session, done))"
        )
        cursor.execute("CREATE TEMPORARY TABLE counted_branch (lineage text, organisation bigint)")
        rows, lineages = _places()
        cursor.executemany(f"INSERT INTO {PLACES} VALUES (%s, %s, %s, %s, %s, %s, %s, %s)", rows)  # noqa: S608
        cursor.executemany("INSERT INTO counted_branch VALUES (%s, %s)", lineages)
        for table in (PAIRS, PLACES, "counted_branch"):
            # Nobody else looks how large a temporary table is.
            cursor.execute(f"ANALYZE {table}")


def _pairs():
    """Return each person in each session once, and the day of a recorded one; "" is the session's own day."""
    own = When(session__mode=RunMode.RECORDED, then=Cast(TruncDate(F("happened_at")), CharField()))
    done = Min(Case(own, default=Value(""), output_field=CharField()))
    rows = Attendance.objects.counted().by_person().order_by()
    return rows.values("session_id", "person").annotate(done=done).values_list("session_id", "person", "done")


def _places() -> tuple[list[tuple], list[tuple[str, int]]]:
    """Return where each session that counts is counted, by the same rule that keeps the totals."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT DISTINCT session, done FROM {PAIRS}")  # noqa: S608
        held: dict[int, list[str]] = defaultdict(list)
        for session, done in cursor.fetchall():
            held[session].append(done)
    rows, lineages = [], set()
    for session in _sessions():
        for done in held.get(session.session, ()):
            one = session._replace(held_at=_noon(done)) if done else session
            cells = [cell for cell in cells_of(one) if not cell.subject]
            district = next((cell.place for cell in cells if cell.level == "district"), None)
            periods = [cell.period for cell in cells if cell.level == "city"]
            rows.append((one.session, done, *periods, one.scenario, district, one.lineage))
            lineages |= {(one.lineage, cell.place) for cell in cells if cell.level == "branch"}
    return rows, sorted(lineages)


def _noon(day: str) -> datetime:
    return timezone.make_aware(datetime.combine(date.fromisoformat(day), time(12)))


def _sessions() -> Iterator[Counted]:
    rows = ClassSession.objects.planned()
    organiser = ("lineage", "area_id", "area__kind", "area__parent_id")
    fields = ("starts_at", "main_scenario", *(f"run__organiser__{name}" for name in organiser))
    return (Counted(0, *row) for row in by_pk(rows, *fields))


@contextmanager
def _as_of_one_moment() -> Iterator[None]:
    """See the roll and the totals as they were at one moment, whatever is put down meanwhile."""
    is_outermost = not connection.in_atomic_block
    with transaction.atomic():
        if is_outermost and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def _wrong_totals() -> Iterator[str]:
    live = live_totals()
    kept = {
        Cell(*row[:4]): (row[4], row[5])
        for row in Tally.objects.values_list("level", "place", "period", "subject", "attendances", "people")
    }
    wrong = sorted(
        cell for cell in live.keys() | kept.keys() if live.get(cell, (0, 0)) != kept.get(cell, (0, 0))
    )
    for cell in wrong[:NAMED]:
        was, should = kept.get(cell, (0, 0)), live.get(cell, (0, 0))
        yield (
            f"合计不对：{cell.level} {cell.place} {cell.period} {cell.subject or '全部'}，"
            f"记的是 {was[0]} 人次 {was[1]} 人，该是 {should[0]} 人次 {should[1]} 人"
        )
    if len(wrong) > NAMED:
        yield f"合计不对的还有 {len(wrong) - NAMED} 处"


def _altered_rows() -> Iterator[str]:
    rows = by_pk(Attendance.objects.all(), "proof", *PROVEN)
    altered = [pk for pk, proof, *values in rows if proof != proof_of(tuple(values))]
    for pk in altered[:NAMED]:
        yield f"签到 {pk} 被人改过：和它的章对不上"
    if len(altered) > NAMED:
        yield f"被人改过的签到还有 {len(altered) - NAMED} 行"
