"""Words on the screen: plain text, large figures, a card, an empty line, a notice."""

from .. import colours
from ..canvas import Box, Canvas
from ..language import Part
from ..measure import width, wrap_evenly
from .base import MARGIN, WIDTH, Widget, shorten, too_long, widget


def write_lines(
    canvas: Canvas,
    part: Part,
    lines: list[str],
    x: float,
    y: float,
    *,
    pitch: float = 26,
    size: float = 18,
    **style,
) -> list[Box]:
    """Write lines one below the other, the first base line at y; underline each if the part says （看）."""
    boxes = [canvas.text(x, y + pitch * i, line, size, **style) for i, line in enumerate(lines)]
    for box in boxes:
        canvas.mark(part, box)
    return boxes


@widget
class PlainText(Widget):
    name = "文字"
    aliases = ("小字", "正文", "说明")
    summary = "一段普通的字，自己换行，最多 5 行。"
    usage = "文字 请在 30 分钟内付钱"
    example = "标题栏 < | 预约成功\n文字 请带医保卡，提前 15 分钟到（看）\n文字 不去了，要先取消\n撕口"
    tappable = readable = True
    most_lines = 5

    def read(self):
        self.lines = wrap_evenly(self.parts[0].text, 13) if self.parts else []

    @property
    def height(self):
        return 20 + 26 * len(self.lines)

    def problems(self):
        if len(self.lines) > self.most_lines:
            room = 13 * self.most_lines
            yield f"“{shorten(self.parts[0].text)}”太长了，最多放得下 {self.most_lines} 行，约 {room} 个字。"

    def draw(self, canvas: Canvas, y: float):
        boxes = write_lines(canvas, self.parts[0], self.lines, 20, y + 28)
        canvas.touch(self.parts[0], Box(MARGIN, y + 4, WIDTH - 2 * MARGIN, self.height - 8), *boxes)


@widget
class LargeText(Widget):
    name = "大字"
    aliases = ("大数字", "金额")
    summary = "居中的大字，比如钱数、排队号、验证码的位置。"
    usage = "大字 ¥12.50"
    example = "标题栏 < | 付款\n文字 付给 王阿姨水果店\n大字 ¥12.50（看）\n按钮 确认付款\n撕口"
    readable = tappable = True
    height = 68

    def problems(self):
        yield from too_long(self.parts[0].text, 7.5)

    def draw(self, canvas: Canvas, y: float):
        box = canvas.text(WIDTH / 2, y + 44, self.parts[0].text, 32, bold=True, anchor="middle")
        canvas.mark(self.parts[0], box)
        canvas.touch(self.parts[0], Box(MARGIN, y + 4, WIDTH - 2 * MARGIN, 60), box)


@widget
class Card(Widget):
    name = "卡片"
    aliases = ("白卡片", "纸片")
    summary = "白底的一块，每段一行，居中；第一行粗一些。最多 6 段。"
    usage = "卡片 社区学校 | 扫码课 · 三班 | 9月8日 上午"
    example = "标题栏 × | 签到\n卡片 社区学校（看） | 扫码课 · 三班（看） | 9月8日 上午\n撕口"
    most = 6
    tappable = readable = True

    def read(self):
        self.rows = [
            (part, wrap_evenly(part.text, 10.5 if i == 0 else 12)) for i, part in enumerate(self.parts)
        ]

    @property
    def height(self):
        return 46 + 36 * len(self.rows) + 26 * sum(len(lines) - 1 for _, lines in self.rows)

    def problems(self):
        for i, (part, lines) in enumerate(self.rows):
            if len(lines) > 2:
                yield f"“{shorten(part.text)}”太长了，卡片里一段最多两行，约 {20 if i == 0 else 24} 个字。"

    def draw(self, canvas: Canvas, y: float):
        canvas.rect(Box(MARGIN, y + 12, WIDTH - 2 * MARGIN, self.height - 24), colours.BAR, 4)
        base = y + 49
        for i, (part, lines) in enumerate(self.rows):
            style = {"bold": True, "size": 20} if i == 0 else {}
            boxes = write_lines(
                canvas, part, lines, WIDTH / 2, base, anchor="middle", colour=colours.TEXT, **style
            )
            canvas.touch(part, Box(MARGIN, base - 26, WIDTH - 2 * MARGIN, 10 + 26 * len(lines)), *boxes)
            base += 10 + 26 * len(lines)


@widget
class EmptyLine(Widget):
    name = "空行"
    aliases = ("空一行", "空白")
    summary = "空出一小段。"
    usage = "空行"
    example = "标题栏 < | 付款\n空行\n大字 ¥12.50\n空行\n按钮 确认付款 *\n撕口"
    fewest = most = 0
    height = 24


@widget
class Notice(Widget):
    name = "提示条"
    aliases = ("提示", "轻提示")
    summary = "一闪就没的深色小条，最多两行。写在哪里，就画在哪里。"
    usage = "提示条 签到成功"
    example = "标题栏 × | 签到\n空行\n提示条 签到成功（看）\n空行\n撕口"
    readable = True

    def read(self):
        self.lines = wrap_evenly(self.parts[0].text, 11.5) if self.parts else []

    @property
    def height(self):
        return 48 + 26 * len(self.lines)

    def problems(self):
        if len(self.lines) > 2:
            yield f"“{shorten(self.parts[0].text)}”太长了，提示条最多两行，约 22 个字。"

    def draw(self, canvas: Canvas, y: float):
        wide = max(width(line) for line in self.lines) + 44
        box = Box((WIDTH - wide) / 2, y + 10, wide, self.height - 20)
        canvas.rect(box, colours.MENU, min(22, box.h / 2))
        write_lines(canvas, self.parts[0], self.lines, WIDTH / 2, y + 43, colour="#fff", anchor="middle")
