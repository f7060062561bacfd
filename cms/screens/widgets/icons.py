"""图标: the apps on the first page of a phone."""

from .. import colours
from ..canvas import Box, Canvas, rect_path
from ..language import Part
from ..measure import ems, wrap
from ..symbols import draw_symbol
from .base import Widget, too_long, widget

COLUMNS = (56, 140, 224)
LABEL_ROOM = 4.5  # em: wider labels go on two lines


@widget
class Icons(Widget):
    name = "图标"
    aliases = ("应用", "图标行", "软件")
    summary = "一排手机应用，1 到 3 个；再写一行“图标”，就是下一排。要点的那个画成深色。"
    usage = "图标 相机 | 短信 | 电话"
    example = "图标 相机 | 短信 | 电话\n图标 相册 | 微信 * | 随申办\n图标 设置 | 地图 | 天气\n撕口"
    most = 3
    tappable = True

    def read(self):
        self.labels = [_label(part.text) for part in self.parts]

    @property
    def height(self):
        return 98 + 20 * (max(map(len, self.labels)) - 1)

    def problems(self):
        for part, label in zip(self.parts, self.labels, strict=True):
            if len(label) > 2:
                yield from too_long(part.text, min(8, ems(part.text) - 0.1))

    def draw(self, canvas: Canvas, y: float):
        icons = list(
            zip(self.parts, [Box(x - 28, y + 12, 56, 56) for x in COLUMNS], self.labels, strict=False)
        )
        for dark, colour in ((False, colours.ICON), (True, colours.SECOND)):
            canvas.fill("".join(rect_path(box, 14) for part, box, _ in icons if part.tap is dark), colour)
        for part, box, _ in icons:
            draw_symbol(canvas, part.text, box.x + 12, y + 24, "#fff" if part.tap else colours.SECOND)
        for part, box, label in icons:
            lines = [
                canvas.text(box.x + 28, y + 88 + 20 * i, line, anchor="middle")
                for i, line in enumerate(label)
            ]
            canvas.touch(part, Box(box.x - 14, y + 8, 84, self.height - 6), box.grown(-3.5), *lines)

    def page_name(self):
        return "手机桌面" if self.rank == 1 else ""

    def point_out(self, part: Part) -> str:
        if self.company == 1 and len(self.parts) == 1:
            return f"“{part.text}”图标"
        column = ("左边", "中间", "右边")[self.parts.index(part)]
        row = f"第{self.rank}排" if self.company > 1 else ""
        return f"{row}{column}的“{part.text}”"


def _label(name: str) -> list[str]:
    """A name on one line or two, with no single character left over for the second."""
    lines = wrap(name, LABEL_ROOM)
    return wrap(name, LABEL_ROOM - 1) if len(lines) == 2 and len(lines[1]) == 1 else lines
