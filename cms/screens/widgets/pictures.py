"""Codes and photos on a screen, and the keypad."""

import unicodedata

from .. import colours
from ..canvas import Box, Canvas
from ..codes import draw_bars, draw_code
from ..language import Part
from .base import WIDTH, Place, Widget, too_long, widget


class Picture(Widget):
    """A picture in the middle with a few words below, which may be left out."""

    fewest = 0
    tappable = readable = True
    size = (150, 150)

    @property
    def height(self):
        return self.size[1] + 24 + (32 if self.parts else 0)

    def problems(self):
        for part in self.parts:
            yield from too_long(part.text, 13)

    def draw(self, canvas: Canvas, y: float):
        wide, high = self.size
        box = Box((WIDTH - wide) / 2, y + 12, wide, high)
        self.paint(canvas, box)
        for part in self.parts:
            words = canvas.text(WIDTH / 2, y + high + 38, part.text, anchor="middle")
            canvas.mark(part, words)
            canvas.touch(part, Box(box.x, box.y, wide, high + 30), box.grown(-high / 8), words)

    def paint(self, canvas: Canvas, box: Box) -> None:
        """Paint the picture itself into the box."""

    def point_out(self, part: Part) -> str:
        return f"“{part.text}”上面的{self.name}"


@widget
class SquareCode(Picture):
    name = "二维码"
    aliases = ("码", "方码")
    summary = "一个方方的码，下面可以写一行字。画出来的码扫不出东西。"
    usage = "二维码 向店家出示"
    example = "标题栏 < | 付款码\n二维码 给店家扫\n撕口"
    size = (158, 158)

    def paint(self, canvas: Canvas, box: Box):
        canvas.rect(box, colours.BAR)
        draw_code(canvas, box.x + 14, box.y + 14, box.w - 28)


@widget
class BarCode(Picture):
    name = "条形码"
    aliases = ("条码",)
    summary = "一条条竖线的码，下面可以写一行字。画出来的码扫不出东西。"
    usage = "条形码 每分钟换一次"
    example = "标题栏 < | 付款码\n条形码 每分钟换一次\n撕口"
    size = (240, 84)

    def paint(self, canvas: Canvas, box: Box):
        canvas.rect(box, colours.BAR)
        draw_bars(canvas, box.x + 16, box.y + 10, box.w - 32, box.h - 20)


@widget
class Photo(Picture):
    name = "照片"
    aliases = ("图片", "相片")
    summary = "一张灰色的照片（山和太阳），下面可以写一行字。"
    usage = "照片 外孙的照片"
    example = "标题栏 < | 相册\n照片 外滩 *\n撕口"
    size = (200, 132)

    def paint(self, canvas: Canvas, box: Box):
        canvas.rect(box, colours.SOFT, 4)
        x, y = box.x, box.y
        canvas.circle(x + 148, y + 36, 16, colours.BAR)
        canvas.fill(f"M{x:g} {y + 112:g}l62-62 44 44 26-24 68 58v4h-200z", colours.MIDDLE)


KEYS = (*"123456789", ".", "0", "删除")
KEY_NAMES = {"点": ".", "小数点": ".", "退格": "删除", "×": "删除"}


@widget
class Keypad(Widget):
    name = "数字键盘"
    aliases = ("键盘", "小键盘")
    summary = "最下面的数字键，1 到 9、点、0、删除。只有要点某个键时，才写出那个键。"
    usage = "数字键盘 5 *"
    example = "标题栏 × | 输入密码\n密码格 2\n数字键盘 5 *\n撕口"
    place = Place.FOOT
    fewest = 0
    most = 12
    once = tappable = True
    height = 224

    def read(self):
        names = [unicodedata.normalize("NFKC", part.text) for part in self.parts]
        self.named = {KEY_NAMES.get(name, name): part for name, part in zip(names, self.parts, strict=True)}

    def problems(self):
        for name in self.named:
            if name not in KEYS:
                yield f"数字键盘上没有“{name[:8]}”这个键。有的键是：1 到 9、.、0、删除。"

    def draw(self, canvas: Canvas, y: float):
        canvas.rect(Box(0, y, WIDTH, 224), colours.BAR)
        canvas.stroke(f"M0 {y}h280m0 56h-280m0 56h280m0 56h-280M93.3 {y}v224m93.3 0v-224", colours.LINE, 1.5)
        for i, key in enumerate(KEYS):
            x, top = 280 / 3 * (i % 3), y + 56 * (i // 3)
            size = 20 if key == "删除" else 26
            words = canvas.text(x + 46.7, top + 37, key, size, anchor="middle", colour=colours.TEXT)
            canvas.touch(self.named.get(key, Part(key)), Box(x, top, 93.3, 56), words.grown(4), name=key)

    def point_out(self, part: Part) -> str:
        return f"数字键盘上的“{part.text}”"

    def words(self):
        return []
