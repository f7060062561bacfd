"""Whatever is typed: a screen that can be drawn, or faults in Chinese. Never anything else."""

from xml.etree import ElementTree

from hypothesis import given, settings, target
from hypothesis import strategies as st

from cms.screens import WIDGETS, ScreenErrors, describe, draw, parse, words
from cms.screens.phone import PHONES
from cms.screens.symbols import NAMES

LIMIT = 6 * 1024

WORDS = st.one_of(
    st.sampled_from(["大女儿", "社区学校三班", "微信", "9:30", "A&B<", "“好”", "138 0000", "¥12.50", "我"]),
    st.sampled_from(sorted(NAMES)),
    st.text("的一是了我不在人有他这中大来上国", min_size=1, max_size=12),
)
SECOND = {"勾选": ["已勾", "没勾"], "开关": ["开", "关"], "取景框": ["暗"]}
FIRST = {"密码格": list("0123456"), "状态栏": ["9:30", "14：05"], "数字键盘": [*"0123456789", "."]}
SIGNS = ["<", "×", "+", "…"]


@st.composite
def rows(draw, widget):
    """One line of this widget, without marks. Most, not all, of them are right."""
    count = draw(st.integers(widget.fewest, widget.most))
    parts = [
        draw(st.sampled_from(FIRST[widget.name]) if widget.name in FIRST else WORDS) for _ in range(count)
    ]
    if widget.name in SECOND and count > 1:
        parts[1] = draw(st.sampled_from(SECOND[widget.name]))
    if widget.name == "标题栏":
        parts = [draw(WORDS), *draw(st.lists(st.sampled_from(SIGNS), max_size=2, unique=True))]
    return f"{widget.name} {' | '.join(parts)}".strip()


@st.composite
def screens(draw):
    """A whole screen with at most one tap mark and some underlines."""
    plain = [
        widget
        for widget in WIDGETS.values()
        if widget.name not in ("撕口", "选项", "状态栏", "菜单", "对话框")
    ]
    lines = [draw(rows(WIDGETS["标题栏"]))] if draw(st.booleans()) else []
    lines += [draw(rows(widget)) for widget in draw(st.lists(st.sampled_from(plain), min_size=1, max_size=7))]
    extra = draw(st.sampled_from(["", "菜单", "对话框"]))
    if extra:
        lines.append(draw(rows(WIDGETS[extra])))
    if extra == "对话框":
        lines.append(draw(rows(WIDGETS["选项"])))
    marked = draw(st.integers(0, len(lines) - 1))
    lines[marked] += draw(st.sampled_from([" *", "（点）", "（看）", "（看）*", "", "（对准）"]))
    return "\n".join(["撕口"] * draw(st.booleans()) + lines + ["撕口"] * draw(st.booleans()))


ANYTHING = st.one_of(
    st.text(max_size=200),
    st.text("|｜*＊:： 　()（）[]【】看点对准<×+…\n", max_size=60),
    st.lists(
        st.tuples(
            st.sampled_from([*WIDGETS, "列标", "#"]), st.sampled_from([" ", "：", ""]), st.text(max_size=20)
        ).map("".join),
        max_size=12,
    ).map("\n".join),
)


def read(text):
    """The screen, or the faults."""
    try:
        return parse(text)
    except ScreenErrors as refused:
        return refused


def check(text):
    """Parse and draw; returns the size of the largest picture, or 0 if the text was refused in words."""
    screen = read(text)
    if isinstance(screen, ScreenErrors):
        lines = len(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
        assert screen.errors
        assert all(error.message and 1 <= error.line <= lines for error in screen.errors)
        return 0
    drawn = [draw(screen, phone) for phone in PHONES]
    for drawing in drawn:
        ElementTree.fromstring(drawing.svg)
        assert all(spot.top >= 0 and spot.top + spot.height <= 100 for spot in drawing.targets)
    assert 5 < len(describe(screen)) <= 110
    assert isinstance(words(screen), str)
    return max(len(drawing.svg.encode()) for drawing in drawn)


@given(ANYTHING)
@settings(deadline=None, max_examples=300)
def test_any_text_is_drawn_or_refused_with_lines(text):
    assert check(text) <= LIMIT


@given(screens())
@settings(deadline=None, max_examples=150)
def test_every_right_screen_is_well_formed_and_at_most_six_kilobytes(text):
    size = check(text)
    target(size)
    assert size <= LIMIT
