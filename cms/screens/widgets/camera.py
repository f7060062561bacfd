"""取景框 and 手电: the camera looks for a code."""

from .. import colours
from ..canvas import Box, Canvas
from ..codes import draw_bars, draw_code
from ..language import Part
from .base import WIDTH, Widget, too_long, widget

DARK = {"暗", "太暗", "黑"}


@widget
class Viewfinder(Widget):
    name = "取景框"
    aliases = ("照相框", "扫码框")
    summary = (
        "照相的画面，里面一张印着码的纸。（对准）画四笔，意思是把它放进框里。竖线后面写“暗”，就画得很暗。"
    )
    usage = "取景框 签到码（对准）"
    example = "标题栏 < | 扫一扫\n取景框 签到码（对准）\n撕口"
    most = 2
    once = darkens = readable = aimable = True
    height = 290

    @property
    def too_dark(self) -> bool:
        return len(self.parts) > 1

    def problems(self):
        yield from too_long(self.parts[0].text, 8)
        for part in self.parts[1:]:
            if part.text not in DARK:
                yield f"“{part.text[:8]}”看不懂，取景框的竖线后面只能写：暗。"

    def draw(self, canvas: Canvas, y: float):
        label = self.parts[0]
        paper = Box(60, y + 20, 160, 244)
        canvas.rect(paper, colours.PAPER)
        if "条" in label.text:
            canvas.rect(Box(70, y + 92, 140, 90), "#fff")
            draw_bars(canvas, 80, y + 102, 120, 70)
        else:
            canvas.rect(Box(79, y + 76, 122, 122), "#fff")
            draw_code(canvas, 90, y + 87, 100)
        words = canvas.text(WIDTH / 2, y + 247, label.text, anchor="middle", colour=colours.TEXT)
        canvas.mark(Part(label.text, look=label.look), words)
        if self.too_dark:
            canvas.rect(Box(0, 0, WIDTH, 560), "#000", fill_opacity=".5")
            canvas.cover()
        canvas.stroke(f"M50 {y + 76}v-30h30m120 0h30v30m0 118v30h-30m-120 0h-30v-30", "#fff", 6)
        canvas.stroke(f"M54 {y + 137}h172", "#fff", 3)
        canvas.mark(Part(label.text, aim=label.aim), Box(46, y + 60, 188, 154))

    def page_name(self):
        return "照相的画面"

    def words(self):
        return [self.parts[0].text]


@widget
class Torch(Widget):
    name = "手电"
    aliases = ("手电筒", "照亮")
    summary = "太暗时，取景框下面的小手电，旁边写着“轻触照亮”。要和取景框一起用。"
    usage = "手电 轻触照亮"
    example = "撕口\n取景框 签到码 | 暗\n手电 轻触照亮 *\n撕口"
    once = tappable = True
    height = 90

    def problems(self):
        yield from too_long(self.parts[0].text, 8)

    def fault_among(self, widgets):
        if not any(widget.name == "取景框" for widget in widgets):
            return "“手电”要和“取景框”写在一起。"
        return None

    def draw(self, canvas: Canvas, y: float):
        canvas.fill(f"M128 {y + 10}h24v8l-6 12h-12l-6-12zM134 {y + 33}h12v20h-12z", "#fff")
        words = canvas.text(WIDTH / 2, y + 75, self.parts[0].text, colour="#fff", anchor="middle")
        canvas.touch(self.parts[0], Box(80, y, 120, 86), Box(128, y + 10, 24, 40), words)

    def point_out(self, part: Part) -> str:
        return f"下面的小手电“{part.text}”"
