"""What axe finds on a page that stands: one that is still coming in has buttons without words."""

from axe_playwright_python.sync_playwright import Axe


def judged(page, options: dict):
    """Return axe's results for a page once all of it has come."""
    page.wait_for_load_state()
    return Axe().run(page, options=options)
