"""A real browser (Debian's Chromium) before the real site.

Without Chromium these tests are skipped; with REQUIRE_BROWSER=1 they fail instead. CHROMIUM names another.
"""

import os
import shutil
from pathlib import Path

import pytest

PHONE = 360
HEIGHT = 740
# In milliseconds: how long something may take to appear on a machine that is busy with other tests.
PATIENCE = 20_000
PLACES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-extensions",
    "--no-first-run",
]


def chromium() -> str | None:
    """Return where Chromium is, or None."""
    return next(filter(None, map(shutil.which, [os.environ.get("CHROMIUM", ""), *PLACES])), None)


@pytest.fixture(scope="session")
def chromium_path():
    path = chromium()
    if path is None:
        reason = "浏览器测试没有跑：这台机器上没有 Chromium（apt-get install chromium，或用 CHROMIUM 指明）"
        if os.environ.get("REQUIRE_BROWSER") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    return path


@pytest.fixture(scope="session")
def browser(chromium_path):
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE)

    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright's loop makes Django believe that every query here is asynchronous.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = playwright.chromium.launch(executable_path=chromium_path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def site(browser, demo_site, live_server):
    """The address of the running site with the demo content."""
    return live_server.url


@pytest.fixture
def browser_page(browser, site):
    """A function that opens a window on the site: ``browser_page(width=1280, javascript=False)``."""
    contexts = []

    def open_window(*, width: int = PHONE, javascript: bool = True):
        context = browser.new_context(
            base_url=site,
            viewport={"width": width, "height": HEIGHT},
            java_script_enabled=javascript,
            has_touch=width == PHONE,
            locale="zh-CN",
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        return context.new_page()

    yield open_window
    for context in contexts:
        context.close()


@pytest.fixture
def page(browser_page):
    """A window the size of a phone that also fails the test on any error the page reports."""
    page = browser_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda line: problems.append(line.text) if line.type == "error" else None)
    yield page
    assert problems == []


@pytest.fixture(scope="session")
def pictures(tmp_path_factory):
    """Where a test may put a screenshot to be looked at."""
    return Path(os.environ.get("SCREENSHOTS") or tmp_path_factory.mktemp("screenshots"))
