"""axe finds nothing wrong on the pages a reader sees."""

import pytest
from axe_playwright_python.sync_playwright import Axe

PAGES = {
    "home": "/",
    "scenario": "/scenarios/scan-code/",
    "lesson": "/l/SCAN-2/",
    "contents": "/handbook/",
    "chapter": "/l/H-4/",
    "search": "/search/?q=扫码",
    "display": "/display/",
    "not found": "/nothing-here/",
}


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(browser_page, name):
    page = browser_page()
    page.goto(PAGES[name])
    found = Axe().run(page, options={"resultTypes": ["violations"]})
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("name", ["home", "lesson"])
def test_axe_finds_nothing_in_high_contrast(browser_page, site, name):
    page = browser_page()
    page.context.add_cookies([{"name": "display", "value": "extra.high.apple", "url": site}])
    page.goto(PAGES[name])
    assert page.locator("html").get_attribute("data-contrast") == "high"
    found = Axe().run(page, options={"resultTypes": ["violations"]})
    assert found.violations_count == 0, found.generate_report()
