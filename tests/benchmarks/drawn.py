"""What a page costs when it is drawn, beside a bare Django view in the same process.

CPU time of this process, not the clock: other programs on the machine matter little then. Rounds alternate
between all pages, and the median of the rounds counts, so that a slow moment hits everyone alike.
"""

import gzip
import time
from dataclasses import dataclass, field
from statistics import median

ROUNDS = 7
REQUESTS = 30
LESSON = "课时"
PAGES = {
    "首页": "/",
    "场景": "/scenarios/scan-code/",
    "课程模块": "/courses/saoma/",
    LESSON: "/l/SCAN-2/",
    "手册目录": "/handbook/",
    "章": "/l/H-4/",
    "搜索": "/search/?q=%E6%89%AB%E7%A0%81",
}


@dataclass
class Page:
    """A page under measurement: where it is, what it costs, what it weighs."""

    name: str
    path: str
    handler: object
    bare: bool = False
    queries: int = 0
    kilobytes: float = 0.0
    rounds: list[float] = field(default_factory=list)

    @property
    def milliseconds(self) -> float:
        return median(self.rounds)


def measured() -> list[Page]:
    """Measure the bare view and the pages, round by round."""
    pages = [bare_page(), *site_pages()]
    for page in pages:
        weigh(page)
    for _ in range(ROUNDS):
        for page in pages:
            page.rounds.append(measure(page))
    return pages


def site_pages() -> list[Page]:
    from django.core.handlers.wsgi import WSGIHandler

    handler = WSGIHandler()
    return [Page(name, final(handler, path), handler) for name, path in PAGES.items()]


def bare_page() -> Page:
    from django.core.handlers.wsgi import WSGIHandler

    with bare_settings():
        return Page("空白视图", "/", WSGIHandler(), bare=True)


def bare_settings():
    from django.test import override_settings

    return override_settings(MIDDLEWARE=[], ROOT_URLCONF="tests.benchmarks.bare")


def final(handler, path: str) -> str:
    """Follow the short address of a page to the page itself."""
    response = get(handler, path)
    return response.headers["Location"] if response.status_code in {301, 302} else path


def get(handler, path: str):
    """Ask for ``path`` as the server does; return the answer, read to its end."""
    from django.core.signals import request_finished, request_started
    from django.test import RequestFactory

    request_started.send(None)
    response = handler.get_response(RequestFactory().get(path))
    response.close = lambda: None
    request_finished.send(None)
    return response


def weigh(page: Page) -> None:
    """Ask once to warm up, then once to count queries and bytes."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    if page.bare:
        return
    get(page.handler, page.path)
    with CaptureQueriesContext(connection) as queries:
        response = get(page.handler, page.path)
    assert response.status_code == 200, (page.path, response.status_code)
    page.queries = len(queries)
    page.kilobytes = len(gzip.compress(response.content)) / 1024


def measure(page: Page) -> float:
    """Return the CPU milliseconds of one request, over one round."""
    if page.bare:
        with bare_settings():
            return cpu(page)
    return cpu(page)


def cpu(page: Page) -> float:
    started = time.process_time()
    for _ in range(REQUESTS):
        get(page.handler, page.path)
    return (time.process_time() - started) * 1000 / REQUESTS


def table(pages: list[Page]) -> str:
    """Return the figures as a Markdown table; the ratio is to the bare view."""
    reference = pages[0].milliseconds
    rows = [
        f"| {page.name} | {page.milliseconds:.2f} | {page.milliseconds / reference:.1f} × | {page.queries} "
        f"| {page.kilobytes:.1f} |"
        for page in pages
    ]
    head = ["| 每次现画 | CPU 毫秒 | 与空白视图比 | 查询 | HTML gzip KB |", "|---|---:|---:|---:|---:|"]
    return "\n".join([*head, *rows])
