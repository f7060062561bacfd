"""How long the editor takes to open a large lesson: `python -m tests.benchmarks.editor`.

A lesson of 12 steps in three variants each is opened again and again in one window of Chromium, as a designer
does: scripts and styles are at hand, the page is not. The clock begins with the address. A second row slows
the window down as if the machine were half as fast. The median counts.
"""

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from tests.benchmarks.served import SITE, Served, cpu_seconds, serving

STEPS = 12
PHONES = ("android", "apple", "harmony")
SCREEN = "标题栏 微信 | + *\n列表 大女儿\n列表 老张\n撕口"
WHO = "designer"
OPENINGS = 7
WARM_UP = 2
# Until nothing of the opening can be under way any more, on the slower machine too.
SETTLED = 3500
# Looks every few milliseconds whether the first step can be written in, and notes the end of every piece of work
# that a key would have had to wait for: until Wagtail begins to look at the form for changes, after two seconds.
WATCH = """
(() => {
  const seen = window.__opening = {first: 0, all: 0, longest: 0};
  new PerformanceObserver((list) => {
    for (const {duration} of list.getEntries()) if (seen.first) seen.longest = Math.max(seen.longest, duration);
  }).observe({type: "longtask"});
  const look = setInterval(() => {
    const forms = document.querySelectorAll(".step-form");
    if (!seen.first && forms[0]?.querySelector("input").offsetParent) seen.first = performance.now();
    if (forms.length < COUNT) return;
    seen.all = performance.now();
    clearInterval(look);
  }, 5);
})();
""".replace("COUNT", str(STEPS))
POSTED = "[...new FormData(document.querySelector('[data-edit-form]'))].length"


@dataclass
class Opened:
    """One kind of machine, and what opening the lesson took on it, in milliseconds, opening by opening."""

    name: str
    slower: int
    first: list[float] = field(default_factory=list)
    all: list[float] = field(default_factory=list)
    longest: list[float] = field(default_factory=list)
    window: list[float] = field(default_factory=list)
    server: list[float] = field(default_factory=list)
    posted: int = 0


def a_large_lesson() -> int:
    """Make the lesson; return its number."""
    from courses.models import LessonPage, ModulePage

    words = {"do": "点右上角的小加号。", "look": "会出来一张单子。", "picture": {"screen": SCREEN}}
    step = words | {"variants": [words | {"phone": phone} for phone in PHONES]}
    steps = json.dumps([{"type": "step", "value": step}] * STEPS)
    lesson = LessonPage(
        title="很长的一课", goal="自己会扫。", main_scenario="scan-code", steps=steps, live=False
    )
    ModulePage.objects.first().add_child(instance=lesson)
    lesson.save_revision()
    return lesson.pk


@contextmanager
def a_window(port: int) -> Iterator:
    """Open a window in which a designer is logged in."""
    from playwright.sync_api import sync_playwright

    from tests.journeys.conftest import ARGUMENTS, chromium

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        page = browser.new_page(base_url=f"http://127.0.0.1:{port}", viewport={"width": 1280, "height": 740})
        page.goto("/admin/login/")
        page.locator("#id_username").fill(WHO)
        page.locator("#id_password").fill(f"suishen-demo-{WHO}")
        page.locator("#id_password").press("Enter")
        page.wait_for_url("**/admin/")
        page.add_init_script(WATCH)
        yield page
        browser.close()


def compare() -> list[Opened]:
    """Open the lesson on this machine and on one half as fast, in turn."""
    compared = [Opened("这台电脑", 1), Opened("慢一倍的电脑", 2)]
    address = f"/admin/pages/{a_large_lesson()}/edit/"
    site = Served("", SITE, "", {})
    with serving(site), a_window(site.port) as page:
        client = page.context.new_cdp_session(page)
        client.send("Performance.enable", {"timeDomain": "threadTicks"})
        for _ in range(WARM_UP):
            page.goto(address, wait_until="load")
        for _ in range(OPENINGS):
            for each in compared:
                measure(each, page, client, address, site.process)
    return compared


def measure(each: Opened, page, client, address: str, server: int) -> None:
    """Open the lesson once, and note what it took."""
    page.goto("about:blank")
    client.send("Emulation.setCPUThrottlingRate", {"rate": each.slower})
    before = cpu_seconds(server)
    page.goto(address, wait_until="load")
    page.wait_for_timeout(SETTLED)
    for name, value in page.evaluate("window.__opening").items():
        getattr(each, name).append(value)
    each.window.append(busy(client))
    each.server.append((cpu_seconds(server) - before) * 1000)
    each.posted = page.evaluate(POSTED)


def busy(client) -> float:
    """Return how many milliseconds the page's thread has been at work since it was opened."""
    spent = {each["name"]: each["value"] for each in client.send("Performance.getMetrics")["metrics"]}
    return spent["TaskDuration"] * 1000


def table(compared: list[Opened]) -> str:
    """Return the figures as a Markdown table."""
    what = f"打开 {STEPS} 步 × {len(PHONES)} 种手机的课（毫秒）"
    columns = (what, "第一步可以写", "各步齐了", "其间最长一停", "页面 CPU", "服务器 CPU", "表单项")
    head = [f"| {' | '.join(columns)} |", f"|---|{'---:|' * (len(columns) - 1)}"]
    return "\n".join([*head, *map(_row, compared)])


def _row(each: Opened) -> str:
    figures = (median(getattr(each, name)) for name in ("first", "all", "longest", "window", "server"))
    return f"| {each.name} | {' | '.join(f'{figure:,.0f}' for figure in figures)} | {each.posted} |"


def main() -> None:
    """Measure on a copy of the demo content and print the table."""
    from tests.benchmarks.bench import prepare

    with tempfile.TemporaryDirectory() as folder:
        prepare(Path(folder))
        print(table(compare()))


if __name__ == "__main__":
    main()
