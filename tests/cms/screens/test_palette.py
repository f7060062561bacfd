"""What the editor's buttons write can be drawn, and stands in the language's register."""

import pytest

from cms.enums import PhoneKind
from cms.screens import STARTS, WIDGETS, draw, palette, parse

# What only makes sense below or above another line.
ABOVE = {"选项": "对话框 可以吗？", "菜单": "标题栏 微信 | +"}


@pytest.mark.parametrize("piece", palette(), ids=lambda piece: piece.name)
def test_button_writes_lines_that_can_be_drawn(piece):
    lines = [ABOVE.get(piece.name, ""), piece.text]
    if piece.name in {"撕口", "状态栏", "空行"}:
        lines.insert(0 if piece.name == "撕口" else 2, "文字 好")
    screen = parse("\n".join(line for line in lines if line))
    assert draw(screen, PhoneKind.ANDROID).svg.startswith("<svg")


def test_there_is_a_button_for_every_widget():
    assert sorted(piece.name for piece in palette()) == sorted(WIDGETS)


def test_usual_ones_come_first():
    usual = [piece.usual for piece in palette()]
    assert usual == sorted(usual, reverse=True)
    assert 4 <= sum(usual) <= 8


@pytest.mark.parametrize("name", STARTS)
@pytest.mark.parametrize("phone", PhoneKind.values)
def test_screen_to_start_from_can_be_drawn(name, phone):
    assert draw(parse(STARTS[name]), phone).svg
