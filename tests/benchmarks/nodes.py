"""Real web nodes on a fresh database, for what is measured from outside: granian, PostgreSQL with Valkey, or SQLite.

Everything is as durable as in production: what tests switch off to be quick is switched on again.
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import psycopg

from tests.benchmarks.served import PATIENCE, SITE, a_free_port, children
from tests.real_parts import postgres, valkey
from tests.real_parts.sqlite import SqliteDatabases
from tests.real_parts.templates import STAGES

STAGE = "seeded"
DURABLE = ("fsync", "synchronous_commit", "full_page_writes")
# One sender may not enrol without end; a storm comes from many, and says so as a proxy would.
SETTINGS = {"DJANGO_SETTINGS_MODULE": "cms.settings.test", "TRUSTED_PROXIES": "1", "LOG_LEVEL": "ERROR"}


@contextmanager
def fresh_database(kind: str, *, stage: str = STAGE) -> Iterator[Path]:
    """Put a migrated and seeded database where the environment says, with Django started on it; "sqlite" or "postgres".

    ``stage`` "demo": with the demo content too. Gives the folder everything lies in.
    """
    with ExitStack() as parts:
        folder = Path(parts.enter_context(tempfile.TemporaryDirectory(prefix="suishen-storm-")))
        if kind == "postgres":
            parts.enter_context(postgres.running(stages=(*_before(stage), stage)))
            parts.enter_context(valkey.running())
            name = postgres.PostgresDatabases().clone(f"storm_{os.getpid()}", stage)
            os.environ["DATABASE_URL"] = f"postgres://postgres@/{name}"
            _make_durable()
        else:
            name = SqliteDatabases(folder).clone("storm", stage)
            os.environ["DATABASE_URL"] = f"sqlite:///{name}"
        os.environ |= SETTINGS | {"VAR_DIR": str(folder)}
        import django

        django.setup()
        yield folder


def _before(stage: str) -> list[str]:
    names = list(STAGES)
    return names[: names.index(stage)]


def _make_durable() -> None:
    with psycopg.connect("user=postgres dbname=postgres", autocommit=True) as connection:
        for name in DURABLE:
            connection.execute(f"ALTER SYSTEM SET {name} = on")
        connection.execute("SELECT pg_reload_conf()")


class Node:
    """A web server with one worker process, as each machine has one."""

    def __init__(self, application: str = SITE, ready: str = "/readyz") -> None:
        self.port = a_free_port()
        self.application, self.ready = application, ready
        self.start()

    def start(self) -> None:
        """Start, again at the same port after it was killed."""
        options = [
            "--interface",
            "wsgi",
            "--port",
            str(self.port),
            "--log-level",
            "error",
            "--backlog",
            "4096",
        ]
        options += ["--blocking-threads", "4", "--respawn-failed-workers"]
        command = [sys.executable, "-m", "granian", *options, self.application]
        # A group of its own, so that all of it can be killed at once.
        self.server = subprocess.Popen(command, process_group=0)
        self.wait_until_ready()

    def wait_until_ready(self) -> None:
        """Wait until the worker behind the port has loaded the site, and answers."""
        for _ in range(PATIENCE * 10):
            try:
                urlopen(f"http://127.0.0.1:{self.port}{self.ready}", timeout=60).close()
            except HTTPError as answer:
                if answer.code < 500 or not self.ready:
                    return
            except OSError:
                pass
            else:
                return
            time.sleep(0.1)
        raise TimeoutError(self.port)

    def kill_worker(self) -> None:
        """Kill -9 the process that answers; the server starts another one."""
        for worker in children(self.server.pid):
            os.kill(worker, signal.SIGKILL)

    def kill(self) -> None:
        """Kill -9 all of it."""
        os.killpg(self.server.pid, signal.SIGKILL)
        self.server.wait()

    def stop(self) -> None:
        self.server.terminate()
        try:
            self.server.wait(10)
        except subprocess.TimeoutExpired:
            self.kill()


@contextmanager
def running(many: int) -> Iterator[list[Node]]:
    """Run so many nodes beside each other."""
    nodes = [Node() for _ in range(many)]
    try:
        yield nodes
    finally:
        for node in nodes:
            node.stop()
