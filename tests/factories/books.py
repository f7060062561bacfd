"""Chapters with rules, and editions of the books."""

from handbook.models import Edition, HandbookPage
from handbook.services.editions import publish_edition
from tests.factories.pages import a_book


def rule(title: str = "不代输密码", *, red_line: bool = False, **values) -> tuple[str, dict]:
    """Return a rule block."""
    return "rule", {"title": title, "text": "您转过身去。", "red_line": red_line} | values


def an_edition(book: HandbookPage | None = None, **values) -> Edition:
    """Publish the book as it stands, the seniors' handbook unless another is given."""
    defaults = {"note": "改了图。", "chapter_notes": {}, "by": None, "although_unchanged": True}
    return publish_edition(handbook=book or a_book(), **defaults | values)


def publish(page, **values) -> None:
    """Change fields of a page that is on line, the way an editor does."""
    for name, value in values.items():
        setattr(page, name, value)
    page.save_revision().publish()
    page.refresh_from_db()
