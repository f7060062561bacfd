"""The bars at the upper and lower edge: status bar, title bar, tabs."""

import unicodedata

from .. import colours
from ..canvas import Box, Canvas, circle_path
from ..language import Part
from .base import WIDTH, Place, Widget, too_long, widget

LEFT, RIGHT = 28, 247
SIGNS = {
    **dict.fromkeys(("<", "‹", "〈", "←", "返回"), "back"),
    **dict.fromkeys(("×", "x", "✕", "╳", "关闭"), "close"),
    **dict.fromkeys(("+", "⊕", "加号", "小加号"), "plus"),
    **dict.fromkeys(("…", "……", "...", "⋯", "···", "更多"), "more"),
}
SPOKEN = {
    "back": "左上角的返回箭头",
    "close": "左上角的叉",
    "plus": "右上角的小加号",
    "more": "右上角的三个点",
}
STROKES = {
    "back": ("M32 {0}l-9 9 9 9", -9),
    "close": ("M20 {0}l16 16m0-16l-16 16", -8),
    "plus": ("M247 {0}v14m-7-7h14M247 {1}a13.5 13.5 0 1 0 .1 0z", -7),
    "more": ("M239 {0}h.1m8 0h.1m8 0h.1", 0),
}


@widget
class StatusBar(Widget):
    name = "状态栏"
    aliases = ("状态条",)
    summary = "最上面一条：时间、信号、电量。它自己会画，只有要改时间才写。"
    usage = "状态栏 9:30"
    example = "状态栏 14:05\n标题栏 < | 挂号\n文字 今天下午，内科\n撕口"
    place = Place.NONE
    fewest = 0
    once = True

    @property
    def time(self) -> str:
        return unicodedata.normalize("NFKC", self.parts[0].text) if self.parts else "9:30"

    def problems(self):
        hours, colon, minutes = self.time.partition(":")
        right = colon and all(part.isdecimal() and 1 <= len(part) <= 2 for part in (hours, minutes))
        if not (right and int(hours) < 24 and len(minutes) == 2 and int(minutes) < 60):
            yield f"“{self.time[:12]}”不像时间，请写成 9:30 这样。"

    def words(self):
        return []


@widget
class TitleBar(Widget):
    name = "标题栏"
    aliases = ("标题", "顶栏", "题栏")
    summary = "这一页的名字。角上可以放 <（返回）、×（关闭）、+（加号）、…（更多），或者两三个字。"
    usage = "标题栏 < | 微信 | +"
    example = "标题栏 微信 | + *\n列表 大女儿\n列表 社区学校三班\n撕口"
    most = 4
    once = tappable = True
    height = 50

    def read(self):
        self.signs = {SIGNS[key]: part for part in self.parts if (key := _sign(part.text)) in SIGNS}
        rest = [part for part in self.parts if _sign(part.text) not in SIGNS]
        self.title = rest[0] if rest else Part("")
        self.corner = rest[1] if len(rest) > 1 else None
        self.extra = rest[2:]

    def problems(self):
        signs = [_sign(part.text) for part in self.parts if _sign(part.text) in SIGNS]
        if len(signs) > len(self.signs):
            yield "同一个角上的记号写了两遍。"
        if {"back", "close"} <= set(self.signs):
            yield "左上角只放得下一个：< 或者 ×。"
        if len({"plus", "more"} & set(self.signs)) + bool(self.corner) > 1:
            yield "右上角只放得下一样：+、… 或者两三个字。"
        if self.extra:
            yield "标题栏里的字太多了，只能有一个标题，右上角再加两三个字。"
        if self.title.tap:
            yield "标题点不了，星号 * 请放到角上的记号后面，比如：标题栏 微信 | + *"
        yield from too_long(self.title.text, 8)
        if self.corner:
            yield from too_long(self.corner.text, 3)

    def draw(self, canvas: Canvas, y: float):
        if not canvas.dark:
            canvas.rect(Box(0, y, WIDTH, 50), colours.BAR)
            canvas.stroke(f"M0 {y + 50}h280", colours.LINE, 1.5)
        if self.title.text:
            canvas.text(WIDTH / 2, y + 32, self.title.text, 20, bold=True, anchor="middle")
        for sign, part in self.signs.items():
            self._sign(canvas, y + 25, sign, part)
        if self.corner:
            box = canvas.text(262, y + 32, self.corner.text, anchor="end")
            canvas.touch(self.corner, Box(box.x - 8, y, 288 - box.x, 50), box)

    def _sign(self, canvas: Canvas, y: float, sign: str, part: Part):
        d, up = STROKES[sign]
        thick = 4.5 if sign == "more" else 3
        canvas.stroke(
            d.format(f"{y + up:g}", f"{y - 13.5:g}"),
            canvas.ink,
            thick,
            stroke_linecap="round",
            stroke_linejoin="round",
        )
        x = LEFT if sign in ("back", "close") else RIGHT
        side = 22 if sign == "plus" else 19
        canvas.touch(
            part, Box(x - 28, y - 25, 56, 50), Box(x - side / 2, y - side / 2, side, side), name=SPOKEN[sign]
        )

    def point_out(self, part: Part) -> str:
        sign = _sign(part.text)
        return SPOKEN[SIGNS[sign]] if sign in SIGNS else f"右上角的“{part.text}”"

    def page_name(self):
        return f"{self.title.text}这一页" if self.title.text else ""

    def words(self):
        return [part.text for part in (self.title, self.corner) if part and part.text]


def _sign(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower() if text not in ("…", "……") else text


@widget
class Tabs(Widget):
    name = "底栏"
    aliases = ("底部栏", "标签栏", "导航栏")
    summary = "最下面一排，2 到 4 个。现在在哪一个，就用 [ ] 括起来；不括就是第一个。"
    usage = "底栏 聊天 | 通讯录 | [发现] | 我"
    example = "标题栏 发现\n底栏 聊天 | 通讯录 | [发现] | 我 *\n撕口"
    place = Place.FOOT
    fewest, most = 2, 4
    once = tappable = True
    height = 56

    def read(self):
        self.labels = [part.text.strip("[]【】［］ ") for part in self.parts]
        chosen = [i for i, part in enumerate(self.parts) if part.text[:1] in "[【［" and part.text]
        self.chosen = chosen or [0]

    def problems(self):
        if len(self.chosen) > 1:
            yield "“底栏”里只能括起来一个。"
        for label in self.labels:
            if not label:
                yield "方括号里还没有写字。"
            yield from too_long(label, 3 if len(self.labels) == 4 else 4)

    def draw(self, canvas: Canvas, y: float):
        canvas.rect(Box(0, y, WIDTH, 56), colours.BAR)
        canvas.stroke(f"M0 {y}h280", colours.LINE, 1.5)
        step = WIDTH / len(self.labels)
        canvas.stroke(
            "".join(circle_path(step * (i + 0.5), y + 17, 10) for i in range(len(self.labels))),
            colours.TEXT,
            2.5,
        )
        canvas.circle(step * (self.chosen[0] + 0.5), y + 17, 10, colours.TEXT)
        for i, (part, label) in enumerate(zip(self.parts, self.labels, strict=True)):
            here, x = i in self.chosen, step * (i + 0.5)
            box = canvas.text(x, y + 47, label, bold=here, anchor="middle", colour=colours.TEXT)
            canvas.touch(part, Box(x - step / 2, y, step, 56), Box(x - 9, y + 9, 18, 16), box, name=label)

    def point_out(self, part: Part) -> str:
        return f"最下面一排的“{self.labels[self.parts.index(part)]}”"

    def words(self):
        return self.labels
