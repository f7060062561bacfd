"""What enrolling costs over HTTP, beside a bare view on the same database: `python -m tests.benchmarks.enrolment`.

All run in granian, one worker with four threads; all stand ready and are asked in turn, round by round. The bare view
does one conditional update and one insert (`bare_seats.py`). It stands there twice: as people mean it, in a project
that `startproject` has just made, and with all taken away that Django can do without. Everybody wants the same class,
as when enrolment opens.
Add `postgres` for PostgreSQL with Valkey; everything is as durable as in production.
"""

import argparse
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from statistics import median
from urllib.parse import urlencode

from tests.benchmarks import nodes
from tests.benchmarks.load import ask
from tests.benchmarks.nodes import Node
from tests.benchmarks.served import cpu_seconds
from tests.benchmarks.visitors import Visitor

ROUNDS, ASKERS, EACH = 5, 6, 40
BARE, BARE_PROJECT = (
    "tests.benchmarks.bare_seats_wsgi:application",
    "tests.benchmarks.bare_seats_project_wsgi:application",
)
LEAST_SHARE, MOST_MILLISECONDS = 0.6, 8.0


@dataclass
class Asked:
    """One thing asked for, and what came of it round by round."""

    name: str
    node: Node
    path: str
    status: int
    a_second: list[float] = field(default_factory=list)
    milliseconds: list[float] = field(default_factory=list)


def measured() -> list[Asked]:
    """Measure on the database of the environment; the bare views' figures come first."""
    from tests.factories.enrolments import a_coming_run, enrolled

    make_bare_tables()
    some, none = a_coming_run(), a_coming_run(seats=1, waiting_places=0)
    enrolled(none, 1)
    with ExitStack() as running:
        site, bare, project = Node(), Node(BARE, ready=""), Node(BARE_PROJECT, ready="")
        for node in (site, bare, project):
            running.callback(node.stop)
        asked = [
            Asked("空白视图，新项目（startproject 的中间件和设置）", project, "/", 201),
            Asked("空白视图，一个中间件也没有，连接留着", bare, "/", 201),
            Asked("报名，有座位", site, f"/classes/{some.code}/enrol/", 303),
            Asked("报名，满了，也不收候补", site, f"/classes/{none.code}/enrol/", 422),
        ]
        numbers = iter(range(1, 10**6))
        for number in range(ROUNDS + 1):
            for each in asked:
                # Everything is warm after the first.
                measure(each, numbers, is_kept=number > 0)
    return asked


def make_bare_tables() -> None:
    from django.db import connection

    from tests.benchmarks.bare_seats import TABLES

    with connection.cursor() as cursor:
        for line in TABLES:
            cursor.execute(line)
        cursor.execute("INSERT INTO bare_class (id, taken, seats) VALUES (1, 0, 1000000)")


def measure(each: Asked, numbers, *, is_kept: bool) -> None:
    """Let several people enrol one after the other, each asker on a line of its own; note a second and CPU time."""
    lines = [[request(each.path, Visitor(next(numbers))) for _ in range(EACH)] for _ in range(ASKERS)]
    before, started = cpu_seconds(each.node.server.pid), time.perf_counter()
    with ThreadPoolExecutor(ASKERS) as askers:
        # What one of them did not expect is raised here: a figure made of errors is no figure.
        list(askers.map(partial(keep_asking, each), lines))
    took = time.perf_counter() - started
    if is_kept:
        each.a_second.append(ASKERS * EACH / took)
        each.milliseconds.append((cpu_seconds(each.node.server.pid) - before) * 1000 / (ASKERS * EACH))


def keep_asking(each: Asked, requests: list[bytes]) -> None:
    with socket.create_connection(("127.0.0.1", each.node.port)) as line:
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for one in requests:
            status = int(ask(line, one)[9:12])
            assert status == each.status, (each.name, status)


def request(path: str, who: Visitor) -> bytes:
    """Return what a browser sends; everybody from an address of their own."""
    body = urlencode(who.form)
    head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Forwarded-For: {who.address}\r\n"
    head += f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n"
    return (head + "\r\n" + body).encode()


def table(asked: list[Asked], what: str) -> str:
    """Return the figures as a Markdown table."""
    head = [f"| 报名，{what} | 每秒 | 比新项目 | 比无中间件 | 服务器 CPU 毫秒 |", "|---|---:|---:|---:|---:|"]
    rows = [_row(each, asked[:2]) for each in asked]
    return "\n".join([*head, *rows, "", _against_the_aim(asked)])


def _row(each: Asked, references: list[Asked]) -> str:
    shares = [f"{median(each.a_second) / median(reference.a_second):.0%}" for reference in references]
    figures = [f"{median(each.a_second):,.0f}", *shares, f"{median(each.milliseconds):.2f}"]
    return f"| {' | '.join([each.name, *figures])} |"


def _against_the_aim(asked: list[Asked]) -> str:
    """Say whether what is aimed at is reached: a share of the bare view, CPU, and refusals no slower."""
    project, _, accepted, refused = asked
    share = median(accepted.a_second) / median(project.a_second)
    cost = median(accepted.milliseconds)
    said = [
        (share >= LEAST_SHARE, f"每秒至少是新项目里空白视图的 {LEAST_SHARE:.0%}"),
        (cost <= MOST_MILLISECONDS, f"CPU 最多 {MOST_MILLISECONDS:g} 毫秒"),
        (median(refused.a_second) >= median(accepted.a_second), "不收不比收慢"),
    ]
    return "；".join(f"{'做到了' if reached else '没有做到'}：{aim}" for reached, aim in said) + "。"


def compared(kind: str) -> str:
    """Measure on a fresh database of this kind; return the table."""
    with nodes.fresh_database(kind):
        return table(measured(), {"sqlite": "SQLite", "postgres": "PostgreSQL"}[kind])


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("database", nargs="?", choices=["sqlite", "postgres"], default="sqlite")
    print(compared(parser.parse_args().database))


if __name__ == "__main__":
    main()
