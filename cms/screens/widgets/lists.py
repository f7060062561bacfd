"""Rows one below the other: people and chats, settings, ticks and switches."""

from .. import colours
from ..canvas import Box, Canvas
from ..language import Part
from ..measure import ems
from .base import WIDTH, Widget, too_long, widget

ROOM = 10  # em between the picture and the right edge


def white_row(canvas: Canvas, y: float, height: float, indent: float) -> None:
    canvas.rect(Box(0, y, WIDTH, height), colours.BAR)
    canvas.stroke(f"M{indent} {y + height:g}h{WIDTH - indent}", colours.SOFT, 1.5)


@widget
class ListRow(Widget):
    name = "列表"
    aliases = ("列表行", "联系人", "聊天行")
    summary = "一行：头像和名字；竖线后面的几个字用灰色写在右边。别人发来的话画成灰条，不用写。"
    usage = "列表 大女儿 | 9:12"
    example = "标题栏 微信 | +\n列表 大女儿 | 9:12\n列表 社区学校三班 *\n列表 老张\n撕口"
    most = 2
    tappable = True
    height = 64

    def problems(self):
        name, *side = self.parts
        yield from too_long(name.text, ROOM)
        if side and ems(name.text) + ems(side[0].text) > ROOM - 0.5:
            yield f"名字和右边的字加起来太长了，一共最多放得下 {ROOM - 1} 个字。"
        if side and side[0].tap:
            yield "要点的是整行，星号 * 请放到名字后面。"

    def draw(self, canvas: Canvas, y: float):
        white_row(canvas, y, 64, 80)
        avatar = Box(18, y + 10, 44, 44)
        draw_avatar(canvas, avatar)
        pill = 57 + 37 * self.rank % 90
        canvas.stroke(f"M83.5 {y + 44.5:g}h{pill}", colours.LINE, 7, stroke_linecap="round")
        name = canvas.text(80, y + 27, self.parts[0].text, colour=colours.TEXT)
        if self.parts[1:]:
            canvas.text(264, y + 27, self.parts[1].text, colour=colours.SECOND, anchor="end")
        canvas.touch(self.parts[0], Box(0, y, WIDTH, 64), avatar.grown(-5), name)

    def point_out(self, part: Part) -> str:
        return f"第{self.rank}行的“{part.text}”" if self.company > 1 else f"“{part.text}”这一行"


@widget
class SettingRow(Widget):
    name = "设置项"
    aliases = ("设置行", "条目", "一项")
    summary = "一行设置或功能，右边有个小箭头；竖线后面的几个字用灰色写在箭头左边。"
    usage = "设置项 显示和亮度 | 标准"
    example = "标题栏 < | 设置\n设置项 显示和亮度 *\n设置项 字体大小 | 标准\n撕口"
    most = 2
    tappable = True
    height = 60

    def problems(self):
        yield from too_long(self.parts[0].text, 11)
        if ems("".join(part.text for part in self.parts)) > 11.5:
            yield "两段字加起来太长了，一共最多放得下 11 个字。"
        if any(part.tap for part in self.parts[1:]):
            yield "要点的是整行，星号 * 请放到第一段字后面。"

    def draw(self, canvas: Canvas, y: float):
        white_row(canvas, y, 60, 20)
        canvas.stroke(f"M252 {y + 22:g}l8 8-8 8", colours.MIDDLE, 3, stroke_linecap="round")
        name = canvas.text(20, y + 37, self.parts[0].text, colour=colours.TEXT)
        for part in self.parts[1:]:
            canvas.text(242, y + 37, part.text, colour=colours.SECOND, anchor="end")
        canvas.touch(self.parts[0], Box(0, y, WIDTH, 60), name.grown(3))

    def point_out(self, part: Part) -> str:
        return f"第{self.rank}行的“{part.text}”" if self.company > 1 else f"“{part.text}”这一行"


def draw_avatar(canvas: Canvas, box: Box) -> None:
    """A grey square with head and shoulders: somebody, nobody in particular."""
    canvas.rect(box, colours.SOFT, 8)
    s, x, y = box.w / 44, box.x, box.y
    d = f"M{x + 22 * s:g} {y + 8 * s:g}a{8 * s:g} {8 * s:g} 0 1 0 .1 0zM{x + 8 * s:g} {y + 44 * s:g}"
    canvas.fill(d + f"c0-{24 * s:g} {28 * s:g}-{24 * s:g} {28 * s:g} 0z", colours.MIDDLE)
