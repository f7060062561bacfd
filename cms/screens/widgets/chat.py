"""聊天: what the other one says and what I say."""

from .. import colours
from ..canvas import Box, Canvas
from ..language import Part
from ..measure import width, wrap_evenly
from .base import Widget, shorten, widget
from .lists import draw_avatar
from .texts import write_lines

MOST_LINES = 6


class Bubble(Widget):
    tappable = readable = True
    mine = False

    def read(self):
        self.lines = wrap_evenly(self.parts[0].text, 9) if self.parts else []

    @property
    def height(self):
        return 34 + 26 * len(self.lines)

    def problems(self):
        if len(self.lines) > MOST_LINES:
            yield f"“{shorten(self.parts[0].text)}”太长了，一句话最多 {MOST_LINES} 行，约 50 个字。"

    def draw(self, canvas: Canvas, y: float):
        wide = max(width(line) for line in self.lines) + 28
        x = 216 - wide if self.mine else 64
        box = Box(x, y + 8, wide, self.height - 16)
        fill = colours.SOFT if self.mine else colours.BAR
        draw_avatar(canvas, Box(228 if self.mine else 14, y + 8, 38, 38))
        canvas.rect(box, fill, 8)
        canvas.fill(
            f"M{216 if self.mine else 64} {y + 21}l{9 if self.mine else -9} 7{'-' if self.mine else ' '}9 7z",
            fill,
        )
        boxes = write_lines(canvas, self.parts[0], self.lines, x + 14, y + 36, colour=colours.TEXT)
        canvas.touch(self.parts[0], box, *boxes)

    def page_name(self):
        return "聊天的画面" if self.rank == 1 else ""

    def point_out(self, part: Part) -> str:
        who = "我说的" if self.mine else "对方说的"
        return f"{who}“{shorten(part.text, 20)}”"


@widget
class TheySay(Bubble):
    name = "对方说"
    aliases = ("对方", "他说", "她说")
    summary = "对方发来的话：在左边，白色。自己换行。"
    usage = "对方说 妈，到家了吗？"
    example = "标题栏 < | 大女儿\n对方说 妈，到家了吗？\n我说 到了，放心。\n撕口"


@widget
class ISay(Bubble):
    name = "我说"
    aliases = ("我发", "自己说")
    summary = "我发出去的话：在右边，灰色。自己换行。"
    usage = "我说 到了，放心。"
    example = "标题栏 < | 陌生人\n对方说 阿姨，把验证码发给我（看）\n我说 不发。我先打 110 问问。\n撕口"
    mine = True
