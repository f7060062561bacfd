"""What planning costs: a clash looked for among 100,000 sessions, and a week of a district with 200 classes.

`python -m tests.benchmarks.timetable` measures SQLite; `… postgres` a PostgreSQL of its own. CPU time of this process,
and the time on the clock beside it: with PostgreSQL part of the work is another process's. Budgets of issue D:
20 ms, and 80 ms with 15 queries.
"""

import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from statistics import median

ROUNDS = 15
SESSIONS, ROOMS, TEACHERS = 100_000, 250, 250
RUNS = 200
# From the board's week to the first day that is crowded.
AFTER = 14
BOARD = "/admin/desk/board/"


def measured() -> list[tuple[str, int, float, float]]:
    """Fill the database; return name, queries, CPU and clock milliseconds of each thing."""
    from courses.services.scheduling.holding import clashes_of
    from tests.factories.timetable import DAY, a_plan

    manager, school, rooms, teachers = people_and_places()
    a_week(school, rooms, teachers, DAY)
    years_of_sessions(school, rooms, teachers)
    wanted = [a_plan("12:30", on=DAY + timedelta(days=AFTER + 70), room=rooms[7], teacher=teachers[9]).held]
    term = [a_plan("12:30", on=DAY + timedelta(days=AFTER, weeks=n), room=rooms[7]).held for n in range(16)]
    client = browser_of(manager)
    asked = {
        f"冲突，{SESSIONS:,} 次课里找一次": lambda: clashes_of(wanted),
        "冲突，一学期 16 次": lambda: clashes_of(term),
        f"周课表，{RUNS} 个班": lambda: client.get(f"{BOARD}?on={DAY}"),
        "周课表，按志愿者": lambda: client.get(f"{BOARD}?on={DAY}&by=volunteer"),
        "空白视图": bare(),
    }
    return [(name, queries(ask), *milliseconds(ask)) for name, ask in asked.items()]


def bare():
    """Return the reference: a view that does nothing, asked in the same way."""
    from django.test import RequestFactory

    from tests.benchmarks.bare import urlpatterns

    view, request = urlpatterns[0].callback, RequestFactory().get("/")
    return lambda: view(request)


def browser_of(user):
    from django.test import Client

    client = Client()
    client.force_login(user)
    return client


def people_and_places():
    """Make a district's manager, a school, its rooms and teachers."""
    from courses.enums import Duty
    from tests.factories import classes

    school = classes.a_school(classes.a_college(district="测速区"))
    rooms = [classes.a_room(classes.a_venue(school)) for _ in range(ROOMS)]
    teachers = [classes.a_person(school, f"第{number}位", role="teacher") for number in range(TEACHERS)]
    return classes.a_member(Duty.DISTRICT_MANAGER, school.guided_by), school, rooms, teachers


def a_run_of(school, number: int):
    from courses.models import CourseRun

    return CourseRun.objects.create(
        code=f"CS-{number:05}", title=f"手机班 {number}", organiser=school, capacity=20
    )


def a_week(school, rooms, teachers, day) -> None:
    """Let each of the week's classes meet once, in a room of its own."""
    from tests.factories.timetable import a_plan

    sessions = []
    for number in range(RUNS):
        plan = a_plan("09:00", on=day - timedelta(days=day.isoweekday() - 1 - number % 5), room=rooms[number])
        sessions.append(_session(a_run_of(school, number), 1, plan, teachers[number]))
    _save(sessions)


def years_of_sessions(school, rooms, teachers) -> None:
    """Fill the two years after that week with sessions, every room four times on each of their days."""
    from tests.factories.timetable import DAY, a_plan

    after = DAY + timedelta(days=AFTER)
    run, sessions = a_run_of(school, RUNS), []
    for number in range(SESSIONS):
        clock = ("09:00", "10:30", "14:00", "15:30")[number // ROOMS % 4]
        on = after + timedelta(weeks=number // (ROOMS * 4))
        plan = a_plan(clock, on=on, room=rooms[number % ROOMS])
        sessions.append(_session(run, number + 1, plan, teachers[number % TEACHERS]))
    _save(sessions)


def _session(run, number: int, plan, teacher):
    from courses.models import ClassSession

    names = ("starts_at", "ends_at", "mode", "venue", "room", "main_scenario")
    return ClassSession(
        run=run, number=number % 30_000, teacher=teacher, **{name: getattr(plan, name) for name in names}
    )


def _save(sessions) -> None:
    from courses.models import ClassSession

    # Numbers are small: a run of the benchmark has more sessions than any class.
    for place, session in enumerate(sessions):
        if place and place % 30_000 == 0:
            run = a_run_of(session.run.organiser, 90_000 + place)
        if place >= 30_000:
            session.run = run
    ClassSession.objects.bulk_create(sessions, batch_size=2_000)


def queries(ask) -> int:
    """Return how many queries it takes, once everything is warm."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    ask()
    with CaptureQueriesContext(connection) as captured:
        ask()
    return len(captured)


def milliseconds(ask) -> tuple[float, float]:
    """Return the medians of CPU and clock time."""
    cpu, clock = [], []
    for _ in range(ROUNDS):
        began, started = time.perf_counter(), time.process_time()
        ask()
        cpu.append((time.process_time() - started) * 1000)
        clock.append((time.perf_counter() - began) * 1000)
    return median(cpu), median(clock)


def table(rows: list[tuple[str, int, float, float]], database: str = "SQLite") -> str:
    """Return the figures as a Markdown table."""
    head = [f"| 排课，{database} | 查询 | CPU 毫秒 | 钟上毫秒 |", "|---|---:|---:|---:|"]
    return "\n".join(
        [*head, *(f"| {name} | {n} | {cpu:.2f} | {clock:.2f} |" for name, n, cpu, clock in rows)]
    )


def main() -> None:
    """Measure on a database of its own and print the table."""
    from tests.benchmarks.bench import prepare

    with tempfile.TemporaryDirectory() as folder:
        if "postgres" in sys.argv:
            on_postgres(Path(folder))
        else:
            prepare(Path(folder))
            print(table(measured()))


def on_postgres(folder: Path) -> None:
    """The same on PostgreSQL, seeded."""
    import os

    from tests.real_parts import postgres

    with postgres.running():
        name = postgres.PostgresDatabases().clone("bench", "seeded")
        os.environ |= {"DATABASE_URL": f"postgres://postgres@/{name}", "VAR_DIR": str(folder)}
        os.environ["DJANGO_SETTINGS_MODULE"] = "cms.settings.test"
        import django

        django.setup()
        from django.db import connection

        rows = measured()
        print(table(rows, "PostgreSQL"))
        connection.close()


if __name__ == "__main__":
    main()
