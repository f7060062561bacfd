"""The small language, second half: lines → widgets → a screen that makes sense as a whole."""

from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import lru_cache

from .drawing import LARGEST, draw
from .errors import ScreenError, ScreenErrors
from .language import Line, read_lines
from .phone import PHONES
from .screen import Screen
from .widgets import WIDGETS, Place, Widget
from .widgets.bars import StatusBar
from .widgets.base import shorten


@lru_cache(maxsize=512)
def parse(text: str) -> Screen:
    """Read a screen. Raises ScreenErrors with everything that is wrong, each fault with its line.

    Remembered: one save asks for the same screen to check it, to index it and to draw it.
    """
    lines, errors = read_lines(text)
    widgets = []
    for line in lines:
        found = _widget(line)
        if isinstance(found, ScreenError):
            errors.append(found)
            continue
        widgets.append(found)
        errors += [ScreenError(line.number, fault) for fault in found.faults()]
    errors += _order_faults(widgets)
    errors += _pen_faults(widgets)
    if errors:
        raise ScreenErrors(errors)
    screen = _put_together(widgets)
    if late := list(_room_faults(screen)):
        raise ScreenErrors(late)
    if max(len(draw(screen, phone).svg.encode()) for phone in PHONES) > LARGEST:
        raise ScreenErrors([ScreenError(screen.widgets[-1].line, "这张图里的东西太多了，请删掉一两行。")])
    return screen


def _names() -> dict[str, type[Widget]]:
    return {name: cls for cls in WIDGETS.values() for name in (*cls.aliases, cls.name)}


def _widget(line: Line) -> Widget | ScreenError:
    if cls := _names().get(line.head):
        return cls(line)
    return ScreenError(line.number, _unknown(line.head))


def _unknown(head: str) -> str:
    names = _names()
    for name in sorted(names, key=len, reverse=True):
        if head.startswith(name):
            return f"“{name}”后面请空一格，再写“{shorten(head[len(name) :])}”。"
    if near := _nearest(head, names):
        return f"没有“{shorten(head)}”这个控件，是不是想写“{near}”？"
    return f"没有“{shorten(head)}”这个控件。能用的有：{'、'.join(WIDGETS)}。"


def _nearest(head: str, names: dict[str, type[Widget]]) -> str | None:
    """The widget whose name looks most like what was typed; of equals, one that begins the same."""

    def likeness(name: str) -> tuple[float, bool, bool]:
        return SequenceMatcher(None, head, name).ratio(), name[:1] == head[:1], name in WIDGETS

    best = max(names, key=likeness)
    return names[best].name if likeness(best)[0] >= 0.5 else None


def _order_faults(widgets: list[Widget]) -> Iterator[ScreenError]:
    """Things that must stand in a certain place, or only once."""
    last = len(widgets) - 1
    for i, widget in enumerate(widgets):
        if widget.name == "撕口" and i not in (0, last):
            yield ScreenError(widget.line, "“撕口”只能写在第一行（上面撕开）或最后一行（下面撕开）。")
        if widget.name == "状态栏" and i:
            yield ScreenError(widget.line, "“状态栏”只能写在第一行。上面撕开时，就没有状态栏了。")
    if all(widget.name in ("撕口", "状态栏") for widget in widgets) and widgets:
        yield ScreenError(widgets[-1].line, "屏幕上还没有东西，再写一行，比如：标题栏 微信 | +")
    seen: Counter[str] = Counter()
    for widget in widgets:
        seen[widget.name] += 1
        if widget.once and seen[widget.name] == 2:
            yield ScreenError(widget.line, f"一张屏幕里只能有一个“{widget.name}”。")
    for widget in widgets:
        if fault := widget.fault_among(widgets):
            yield ScreenError(widget.line, fault)


def _pen_faults(widgets: list[Widget]) -> Iterator[ScreenError]:
    taps = [widget.line for widget in widgets for part in widget.parts if part.tap]
    if len(taps) > 1:
        where = "、".join(f"第 {line} 行" for line in dict.fromkeys(taps))
        yield ScreenError(taps[1], f"一张屏幕只能有一个“点这里”，{where}都写了星号 *，请只留一个。")


def _put_together(widgets: list[Widget]) -> Screen:
    counts = Counter(widget.name for widget in widgets)
    seen: Counter[str] = Counter()
    for widget in widgets:
        seen[widget.name] += 1
        widget.rank, widget.company = seen[widget.name], counts[widget.name]
    status = next((widget for widget in widgets if isinstance(widget, StatusBar)), None)
    on_screen = tuple(widget for widget in widgets if widget.name not in ("撕口", "状态栏"))
    return Screen(
        on_screen,
        status.time if status else "9:30",
        torn_top=widgets[0].name == "撕口",
        torn_foot=widgets[-1].name == "撕口",
    )


def _room_faults(screen: Screen) -> Iterator[ScreenError]:
    if screen.needed <= screen.limit:
        return
    advice = "请删掉一行。" if screen.torn_foot else "请删掉一行，或在最后写“撕口”。"
    y, line = screen.top, screen.widgets[-1].line
    for widget in screen.at(Place.FLOW, Place.FOOT):
        y += widget.height
        if y > screen.limit:
            line = widget.line
            break
    yield ScreenError(line, f"到这一行，一张屏幕放不下了。{advice}")
