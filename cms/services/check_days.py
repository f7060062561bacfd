"""Many pages checked on real phones in one afternoon: noted on all of them at once."""

from collections.abc import Iterable
from typing import Any

from wagtail.models import Page

from cms.models import CheckedContent
from cms.services.both_versions import Changed, change_both, refusal_to_change


def set_checked(*, pages: Iterable[Page], values: dict[str, Any], by) -> list[Changed]:
    """Put ``values`` of the fields of CheckedContent on every page, on line and in its draft alike."""

    def put(page) -> bool:
        before = {name: getattr(page, name) for name in values}
        for name, value in values.items():
            setattr(page, name, value)
        return before != values

    return [change_both(page, change=put, by=by) for page in pages]


def refusal_to_check(page: Page, by) -> str | None:
    """Return why ``by`` cannot note a check on this page, in words, or None."""
    if not issubclass(page.specific_class, CheckedContent):
        return "这一页没有核对日期。"
    return refusal_to_change(page, by)
