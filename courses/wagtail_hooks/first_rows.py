"""What `seed` adds for classes."""

from wagtail import hooks

from cms.hooks import FIRST_ROWS
from courses.services.first_rows import ensure_first_rows


@hooks.register(FIRST_ROWS)
def rows_of_classes():
    ensure_first_rows()
