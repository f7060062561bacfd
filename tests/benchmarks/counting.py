"""What counting costs with a large history: `python -m tests.benchmarks.counting [sqlite|postgres] [lines]`.

The figures of the city's and of a district's board out of the kept totals, beside the live GROUP BY of the same year,
and whether both are the same, to the last cell; then a roll call of forty. 200,000 lines take a minute, a million
two to three, ten million half an hour and 4 GB of disk.
"""

import argparse
import time
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from statistics import median
from typing import Any

from tests.benchmarks import nodes

LINES, ROUNDS, FORTY = 200_000, 11, 40
MOST_QUERY_MS, MOST_ROLL_MS = 5, 60
# What each database does by itself in a quiet hour.
SETTLING = {
    "postgresql": ["VACUUM ANALYZE", "CHECKPOINT"],
    "sqlite": ["ANALYZE", "PRAGMA wal_checkpoint(TRUNCATE)"],
}
A_DISTRICT, CITY_LOGIN, DISTRICT_LOGIN = "徐汇区", "admin", "xuhui-manager"


@dataclass
class Measured:
    """Something asked many times: how many queries, and the medians of their time, of this process and of the clock."""

    name: str
    queries: int
    query_ms: float
    cpu_ms: float
    clock_ms: float
    live_ms: float | None = None
    is_same: bool | None = None

    @property
    def row(self) -> str:
        live = "" if self.live_ms is None else f"{self.live_ms:,.0f}"
        same = {None: "", True: "一样", False: "不一样"}[self.is_same]
        times = f"{self.query_ms:.2f} | {self.cpu_ms:.1f} | {self.clock_ms:.1f}"
        return f"| {self.name} | {self.queries} | {times} | {live} | {same} |"


@dataclass
class Spent:
    """The time that queries took."""

    milliseconds: list[float] = field(default_factory=list)

    def __call__(self, execute, sql, params, many, context):
        began = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.milliseconds.append((time.perf_counter() - began) * 1000)


def main() -> None:
    """Make the history and print what things cost with it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("database", nargs="?", choices=["sqlite", "postgres"], default="sqlite")
    parser.add_argument("lines", nargs="?", type=int, default=LINES)
    asked = parser.parse_args()
    with nodes.fresh_database(asked.database, stage="demo"):
        print(report({"sqlite": "SQLite", "postgres": "PostgreSQL"}[asked.database], asked.lines))


def report(database: str, lines: int) -> str:
    """Return the figures as Markdown."""
    seconds = seconds_of(lambda: make_history(lines))
    settle_down()
    live: dict[Any, tuple[int, int]] = {}
    counting = seconds_of(lambda: live.update(live_totals()))
    kept = kept_totals()
    # The last one adds lines.
    rows = [*boards(), *pages(), roll_call()]
    head = [
        f"| 计数，{database}，{lines:,} 行 | 查询 | 查询毫秒 | CPU 毫秒 | 钟上毫秒 | 现数毫秒 | 和现数 |",
        "|---|---:|---:|---:|---:|---:|---|",
    ]
    same = "一样" if kept == live else "不一样"
    return "\n".join(
        [
            *head,
            *(each.row for each in rows),
            "",
            f"造历史 {seconds:.0f} 秒（连重算）；全部 {len(kept):,} 个合计现数一遍 {counting:.1f} 秒，{same}。",
            against_the_aim(rows),
        ]
    )


def against_the_aim(rows: list[Measured]) -> str:
    figures = [each.query_ms for each in rows if each.is_same is not None]
    said = [
        (max(figures) <= MOST_QUERY_MS, f"看板的数最多 {MOST_QUERY_MS} 毫秒查询"),
        (all(each.is_same for each in rows if each.is_same is not None), "和现数一样"),
        (rows[-1].clock_ms <= MOST_ROLL_MS, f"{FORTY} 人点名最多 {MOST_ROLL_MS} 毫秒"),
    ]
    return "；".join(f"{'做到了' if reached else '没有做到'}：{aim}" for reached, aim in said) + "。"


def make_history(lines: int) -> None:
    from courses.services.demo.history import add_history

    add_history(lines)


def settle_down() -> None:
    """Let the database finish what such a load leaves behind; by itself it would do so while it is measured."""
    from django.db import connection

    with connection.cursor() as cursor:
        for line in SETTLING[connection.vendor]:
            cursor.execute(line)


def live_totals() -> dict[Any, tuple[int, int]]:
    from django.db import transaction

    from courses.services.counting.recount import live_totals

    with transaction.atomic():
        return live_totals()


def kept_totals() -> dict[Any, tuple[int, int]]:
    from courses.models import Tally
    from courses.services.counting.ledger import Cell

    rows = Tally.objects.values_list("level", "place", "period", "subject", "attendances", "people")
    return {Cell(*cell): (many, people) for *cell, many, people in rows.iterator()}


def boards() -> list[Measured]:
    """Measure the figures of the city's board and of a district's: of the year, its months and weeks, and parts."""
    from courses.models import Area
    from courses.services.counting.totals import THE_CITY
    from courses.services.progress.places import Seen, of_district

    seen = {"全市": Seen(THE_CITY, "全市"), A_DISTRICT: of_district(Area.objects.get(name=A_DISTRICT))}
    return [a_board(name, each) for name, each in seen.items()]


def a_board(name: str, seen) -> Measured:
    from django.utils import timezone

    from courses.services.progress.collecting import districts, programme_of, progress_of, scenarios
    from courses.services.progress.places import figures_of

    today = timezone.localdate()

    def figures():
        programme = programme_of(None, today=today)
        now = progress_of(programme, today=today, place=seen.place)
        return now, figures_of(seen, now), districts(now), scenarios(now, place=seen.place)

    now, _, by_district, by_scenario = figures()
    measured = timed(f"看板的数，{name}", figures)
    found: dict[str, Any] = {}
    measured.live_ms = 1000 * seconds_of(lambda: found.update(live_figures(seen.place, today.year)))
    heads = now.heads
    measured.is_same = (
        found["whole"] == (now.total.attendances, now.total.people)
        and found["districts"]
        == {
            part.area: (part.reported - heads.by_district.get(part.area, 0), part.people)
            for part in by_district
            if part.people
        }
        and found["scenarios"]
        == {
            part.key: (part.reported - heads.by_scenario.get(part.key, 0), part.people)
            for part in by_scenario
            if part.people
        }
    )
    return measured


def live_figures(place, year: int) -> dict[str, Any]:
    """Return the same figures of a year from the roll itself, by GROUP BY."""
    from django.db.models import Count, F, Value
    from django.db.models.functions import Coalesce

    from courses.enums import AreaKind
    from courses.models import Attendance
    from courses.services.counting.where import lies_in

    organiser = "session__run__organiser"
    rows = Attendance.objects.counted().by_person().dated().filter(held_at__year=year).order_by()
    there = rows.filter(lies_in(place, organiser=organiser))
    both = {"many": Count(F("session") * Value(10**9) + F("person"), distinct=True)}
    both["people"] = Count("person", distinct=True)
    whole = there.aggregate(**both)
    below = rows.exclude(**{f"{organiser}__area__kind": AreaKind.CITY})
    district = Coalesce(F(f"{organiser}__area__parent"), f"{organiser}__area")
    return {
        "whole": (whole["many"], whole["people"]),
        "districts": grouped(below.annotate(part=district), both),
        "scenarios": grouped(there.annotate(part=F("session__main_scenario")), both),
    }


def grouped(rows, both) -> dict[Any, tuple[int, int]]:
    found = rows.values("part").annotate(**both)
    return {each["part"]: (each["many"], each["people"]) for each in found}


def pages() -> list[Measured]:
    """Measure whole boards, as managers open them; how full classes were is kept for a minute and counted before."""
    from django.test import Client

    from cms.models import User

    measured = []
    for name, login in (("全市", CITY_LOGIN), (A_DISTRICT, DISTRICT_LOGIN)):
        client = Client()
        client.force_login(User.objects.get(username=login))
        measured.append(timed(f"看板整页，{name}", lambda client=client: opened(client)))
    return measured


def opened(client) -> None:
    answer = client.get("/admin/desk/progress/")
    assert answer.status_code == 200, answer.status_code


def roll_call() -> Measured:
    """Measure putting down forty people of the history, each time in another session."""
    from django.utils import timezone

    from courses.models import ClassSession, Learner
    from courses.services.demo.past_classes import KEY
    from courses.services.roll_call.marking import Mark, mark

    last = ClassSession.objects.filter(run__import_key__startswith=KEY).order_by("-starts_at").first()
    starts = timezone.now() - timedelta(minutes=30)
    sessions = ClassSession.objects.bulk_create(
        ClassSession(
            run_id=last.run_id,
            number=100 + number,
            starts_at=starts,
            ends_at=starts + timedelta(minutes=75),
            main_scenario=last.main_scenario,
        )
        for number in range(ROUNDS + 2)
    )
    at_the_school = Learner.objects.filter(places__organisation=last.run.organiser, merged_into=None)
    marks = [Mark(learner=each) for each in at_the_school.order_by("-pk")[:FORTY]]
    assert len(marks) == FORTY
    ready = ClassSession.objects.select_related("run__organiser__area", "teacher")
    waiting = iter([ready.get(pk=each.pk) for each in sessions])
    return timed(
        f"{FORTY} 人点名", lambda: mark(session=next(waiting), marks=marks, by=None, now=timezone.now())
    )


def timed(name: str, ask: Callable[[], Any]) -> Measured:
    """Return what something costs once it is warm."""
    ask()
    queries, cpu, clock = [], [], []
    for _ in range(ROUNDS):
        spent, began, started = Spent(), time.perf_counter(), time.process_time()
        with watching(spent):
            ask()
        cpu.append((time.process_time() - started) * 1000)
        clock.append((time.perf_counter() - began) * 1000)
        queries.append(spent.milliseconds)
    return Measured(name, len(queries[-1]), median(map(sum, queries)), median(cpu), median(clock))


@contextmanager
def watching(spent: Spent):
    from django.db import connection

    with connection.execute_wrapper(spent):
        yield


def seconds_of(ask: Callable[[], Any]) -> float:
    began = time.perf_counter()
    ask()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
