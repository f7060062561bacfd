"""Pages that have no steps of their own have checks too."""

import pytest
from django.urls import reverse

from tests.factories.pages import a_book, a_chapter, a_lesson, a_module


@pytest.mark.parametrize(
    "make",
    [
        a_module,
        a_book,
        lambda: a_lesson(live=False, steps="[]"),
        lambda: a_chapter(live=False, body="[]"),
    ],
    ids=["module", "book", "empty lesson", "empty chapter"],
)
def test_checks_are_shown(reviewer, make):
    # The window of checks in the editor asks for them under this address.
    assert reviewer.get(reverse("checks_of", args=["page", make().pk])).status_code == 200
