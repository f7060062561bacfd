"""The text alternative of a drawn screen, and its words for the search index."""

from .screen import Screen
from .widgets.base import shorten

LONGEST = 110


def describe(screen: Screen) -> str:
    """What to find and where, at most 110 characters: `微信这一页，红圈圈住右上角的小加号。`"""
    sentence = f"{_page(screen)}，{'，'.join(_marks(screen)) or _contents(screen)}。"
    return sentence if len(sentence) <= LONGEST else sentence[: LONGEST - 2] + "…。"


def words(screen: Screen) -> str:
    """All that can be read on the screen, for the search index."""
    return " ".join(word for widget in screen.widgets for word in widget.words() if word)


def _page(screen: Screen) -> str:
    """What page this is: what the phone asks, else the title, else what kind of page it looks like."""
    telling = [screen.named("对话框"), screen.named("标题栏"), *screen.widgets]
    return next((name for widget in telling if widget and (name := widget.page_name())), "手机画面")


def _marks(screen: Screen) -> list[str]:
    parts = [(widget, part) for widget in screen.widgets for part in widget.parts]
    tapped = [f"红圈圈住{widget.point_out(part)}" for widget, part in parts if part.tap]
    read = "、".join(f"“{shorten(part.text, 16)}”" for _, part in parts if part.look)
    aimed = [f"把“{part.text}”放进框里" for _, part in parts if part.aim]
    return tapped + ([f"红线画在{read}下面"] if read else []) + aimed


def _contents(screen: Screen) -> str:
    shown = "、".join(
        word for widget in screen.widgets if not widget.page_name() for word in widget.words() if word
    )
    return f"上面有{shown}" if shown else "没有别的字"
