"""The storm: 2,000 people want 300 seats in the same second. `python -m tests.benchmarks.storm [postgres] [--nodes 2]`

From outside, over HTTP, against real nodes on a fresh and durable database:

1. 2,000 at once for 300 seats and 400 places in the queue: exactly so many, and no error.
2. Every voucher is looked at, and found again by its number.
3. 1,000 more while 150 cancel: no free seat while somebody waits, nobody jumps the queue.
4. In the middle of another wave one worker is killed (kill -9), then everything, the database too: who was told that
   they are enrolled is enrolled. Who was not told sends the same form again: one enrolment each.

That each of these was written to the disk before it was told: see docs/decisions/0027-seats.md.
"""

import argparse
import asyncio
import os
import resource
import signal
import subprocess
import time
from collections import Counter
from contextlib import suppress
from functools import partial
from itertools import cycle
from pathlib import Path
from typing import Any

import psycopg

from tests.benchmarks import nodes
from tests.benchmarks.nodes import Node
from tests.benchmarks.visitors import Visitor, all_at_once


def tell(*cells: str) -> None:
    """Print a line of the table."""
    print(f"| {' | '.join(cells)} |", flush=True)


class Storm:
    """What is asked of the nodes, one wave after the other."""

    def __init__(self, servers: list[Node], *, people: int, seats: int, places: int) -> None:
        self.servers, self.people, self.seats, self.places = servers, people, seats, places
        self.numbers = iter(range(1, 10**6))
        self.run = a_run(seats=seats, waiting_places=places)
        self.code = self.run.code
        self.inside: list[Visitor] = []

    def newcomers(self, many: int) -> list[Visitor]:
        return [Visitor(next(self.numbers)) for _ in range(many)]

    def does(self, verb: str, visitors: list[Visitor], code: str = "") -> list:
        """Return what visitors are about to do, each at the next node."""
        ports = cycle([node.port for node in self.servers])
        return [
            partial(getattr(each, verb), port, code or self.code)
            for each, port in zip(visitors, ports, strict=False)
        ]

    def wave(self, name: str, does: list, expected: dict[str, int], **how: Any) -> Counter[str]:
        """Let all of it happen at once, and hold what came of it against what must."""
        started = time.perf_counter()
        outcomes = asyncio.run(all_at_once(does, **how))
        took = time.perf_counter() - started
        tell(name, said(expected), said(outcomes), f"{took:.1f}")
        return outcomes

    def first(self) -> None:
        people = self.newcomers(self.people)
        inside = self.seats + self.places
        expected = {"enrolled": inside, "refused": self.people - inside}
        assert self.wave("全部一起报名", self.does("enrol", people), expected) == expected
        assert standing(self.run) == (self.seats, self.places)
        self.inside = [each for each in people if each.cookie]

    def look_up(self) -> None:
        expected = {"found": len(self.inside)}
        assert self.wave("每张凭证再查一次", self.does("see", self.inside), expected) == expected

    def cancelling(self) -> None:
        seated = seated_phones(self.run)
        leave = [each for each in self.inside if each.phone in seated][: self.seats // 2]
        more = self.newcomers(self.people // 2)
        outcomes = self.wave("有人取消，有人还来报", mixed(self, more, leave), {"cancelled": len(leave)})
        assert set(outcomes) <= {"enrolled", "refused", "cancelled"}
        assert outcomes["cancelled"] == len(leave)
        assert standing(self.run)[0] == self.seats
        sound(self.run)

    def killing(self, *, all_of_it: bool) -> None:
        """Kill in the middle of a wave; what was told is true, and who was told nothing asks again."""
        from django.db import connections

        run = a_run(seats=self.seats)
        people = self.newcomers(self.people // 2)
        told = Counter[str]()

        def seen(outcome: str) -> None:
            told[outcome] += 1
            if outcome == "enrolled" and told["enrolled"] == max(3, self.seats // 4):
                kill_everything(self.servers) if all_of_it else self.servers[0].kill_worker()

        name = "杀掉全部，连数据库" if all_of_it else "杀掉一个工作进程"
        outcomes = self.wave(name, self.does("enrol", people, run.code), {}, seen=seen)
        assert not any(outcome.startswith("status 5") for outcome in outcomes), outcomes
        # What this process asked before the database was killed it asked on a line that is gone.
        connections.close_all()
        for node in self.servers:
            node.start() if all_of_it else node.wait_until_ready()
        acknowledged = {each.phone for each in people if each.cookie}
        lost = acknowledged - live_phones(run)
        tell("答应过的，丢了几个", "0", str(len(lost)), "–")
        assert not lost
        again = self.wave(
            "没有回音的再送一次", self.does("enrol", people, run.code), {"enrolled": len(people)}
        )
        assert again == {"enrolled": len(people)}
        assert len(live_phones(run)) == len(people)
        sound(run)


def mixed(storm: Storm, more: list[Visitor], leave: list[Visitor]) -> list:
    """Return newcomers with those who cancel spread among them."""
    newcomers, leavers = storm.does("enrol", more), storm.does("cancel", leave)
    every = max(1, len(newcomers) // max(1, len(leavers)))
    return [
        each
        for number, newcomer in enumerate(newcomers)
        for each in (
            [leavers[number // every]] if not number % every and number // every < len(leavers) else []
        )
        + [newcomer]
    ]


def a_run(**details):
    from tests.factories.enrolments import a_coming_run

    return a_coming_run(**details)


def standing(run) -> tuple[int, int]:
    """Return how many have a seat and how many wait."""
    from courses.services.seats import seats_of

    seats = seats_of([run])[run.pk]
    return seats.taken, seats.waiting


def sound(run) -> None:
    from tests.factories.queues import assert_sound

    assert_sound(run)


def live_phones(run) -> set[str]:
    from courses.models import Enrolment

    return _phones(Enrolment.objects.live().filter(run=run))


def seated_phones(run) -> set[str]:
    from courses.models import Enrolment

    return _phones(Enrolment.objects.seated().filter(run=run))


def _phones(rows) -> set[str]:
    return {row.learner.whole_phone() for row in rows.select_related("learner")}


def kill_everything(servers: list[Node]) -> None:
    """Kill -9 the nodes and, where it is a process of its own, the database; start the database again."""
    from django.db import connection

    for node in servers:
        node.kill()
    if connection.vendor == "postgresql":
        restart_postgres()


def restart_postgres() -> None:
    """Kill -9 every process of the database and start it anew, as after a power cut."""
    with psycopg.connect("user=postgres dbname=postgres") as connection:
        (folder,) = connection.execute("SHOW data_directory").fetchone()
    process = int(Path(folder, "postmaster.pid").read_text().split()[0])
    command = Path(f"/proc/{process}/cmdline").read_bytes().decode().rstrip("\0").split("\0")
    owner, children = Path(f"/proc/{process}").stat(), nodes.children(process)
    # The one that would start the others again first; some have gone with those who asked them.
    for each in (process, *children):
        with suppress(ProcessLookupError):
            os.kill(each, signal.SIGKILL)
    while Path(f"/proc/{process}/cmdline").exists() and Path(f"/proc/{process}/cmdline").read_bytes():
        time.sleep(0.1)
    owned = {"user": owner.st_uid, "group": owner.st_gid, "start_new_session": True}
    server = None
    for _ in range(600):
        # The first may come too soon: what the dead held is given back one after the other.
        if server is None or server.poll() is not None:
            # Where nobody waits for the dead, their number still looks alive to PostgreSQL.
            Path(folder, "postmaster.pid").unlink(missing_ok=True)
            server = subprocess.Popen(command, stderr=subprocess.DEVNULL, **owned)
        try:
            psycopg.connect("user=postgres dbname=postgres").close()
        except psycopg.OperationalError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError("PostgreSQL does not start again")


def said(outcomes: dict[str, int]) -> str:
    return "，".join(f"{name} {many}" for name, many in sorted(outcomes.items())) or "–"


def storm(servers: list[Node], **size: int) -> None:
    """Let all four waves come. Fails where something is not as it must be."""
    coming = Storm(servers, **size)
    print("| 风暴 | 应该 | 实际 | 秒 |\n|---|---|---|---:|")
    coming.first()
    coming.look_up()
    coming.cancelling()
    coming.killing(all_of_it=False)
    coming.killing(all_of_it=True)


def main() -> None:
    """Read how large the storm is to be, and let it come."""
    parser = argparse.ArgumentParser(description="2,000 people at once")
    parser.add_argument("database", nargs="?", choices=["sqlite", "postgres"], default="sqlite")
    parser.add_argument("--nodes", type=int, default=2)
    parser.add_argument("--people", type=int, default=2000)
    parser.add_argument("--seats", type=int, default=300)
    parser.add_argument("--places", type=int, default=400)
    asked = parser.parse_args()
    # Each of them has a line of their own.
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    with nodes.fresh_database(asked.database), nodes.running(asked.nodes) as servers:
        storm(servers, people=asked.people, seats=asked.seats, places=asked.places)


if __name__ == "__main__":
    main()
