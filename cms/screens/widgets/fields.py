"""What one fills in or presses: search box, field, password cells, tick, switch, button."""

import unicodedata

from .. import colours
from ..canvas import Box, Canvas
from ..language import Part
from ..measure import wrap_evenly
from .base import MARGIN, WIDTH, Widget, too_long, widget
from .lists import white_row

ON, OFF = {"开", "打开", "已开", "on"}, {"关", "关闭", "已关", "off"}
TICKED, FREE = {"已勾", "勾", "勾上", "已选", "选中"}, {"没勾", "未勾", "不勾", "没选", "未选"}


@widget
class SearchBox(Widget):
    name = "搜索框"
    aliases = ("搜索", "搜索栏")
    summary = "圆角的搜索框，前面有放大镜。"
    usage = "搜索框 搜医院、科室"
    example = "标题栏 < | 挂号\n搜索框 搜医院、科室 *\n列表 市第一医院\n撕口"
    tappable = True
    height = 70

    def problems(self):
        yield from too_long(self.parts[0].text, 10)

    def draw(self, canvas: Canvas, y: float):
        box = Box(MARGIN, y + 10, WIDTH - 2 * MARGIN, 50)
        canvas.rect(box, colours.BAR, 25, stroke=colours.LINE, stroke_width=2)
        canvas.stroke(
            f"M42 {y + 25}a8.5 8.5 0 1 0 .1 0zM48 {y + 40}l7 7", colours.SECOND, 3, stroke_linecap="round"
        )
        text = canvas.text(66, y + 41, self.parts[0].text, colour=colours.SECOND)
        canvas.touch(self.parts[0], box, Box(34, y + 27, 20, 18), text)

    def point_out(self, part: Part) -> str:
        return f"写着“{part.text}”的搜索框"


@widget
class Field(Widget):
    name = "填写框"
    aliases = ("输入框", "填空")
    summary = "要填的一格：前面是名称，竖线后面是已经填好的字。没有填，就画一个等着写字的竖杠。"
    usage = "填写框 手机号 | 138 0000 0000"
    example = "标题栏 × | 登录\n填写框 手机号 | 138 0000 0000\n填写框 验证码 *\n撕口"
    most = 2
    tappable = readable = True
    height = 76

    def problems(self):
        yield from too_long(self.parts[0].text, 13)
        for part in self.parts[1:]:
            yield from too_long(part.text, 12)

    def draw(self, canvas: Canvas, y: float):
        label, *filled = self.parts
        canvas.stroke(f"M20 {y + 65}h240", colours.MIDDLE, 3)
        box = canvas.text(20, y + 26, label.text, colour=colours.SECOND if not canvas.dark else None)
        canvas.mark(label, box)
        core, part = [box], label
        if filled:
            core.append(canvas.text(20, y + 54, filled[0].text, 20))
            canvas.mark(filled[0], core[-1])
            part = filled[0] if filled[0].tap else label
        else:
            canvas.stroke(f"M22 {y + 37}v21", canvas.ink, 2.5)
            core.append(Box(20, y + 36, 24, 20))
        canvas.touch(part, Box(MARGIN, y + 4, WIDTH - 2 * MARGIN, 68), *core)

    def point_out(self, part: Part) -> str:
        return f"“{self.parts[0].text}”这一格"


@widget
class PasswordCells(Widget):
    name = "密码格"
    aliases = ("密码框",)
    summary = "六个小格，写数字几，就有几格填了圆点。密码从来不写出来。"
    usage = "密码格 3"
    example = "标题栏 × | 输入密码\n密码格 3\n数字键盘\n撕口"
    height = 72

    @property
    def filled(self) -> int:
        text = unicodedata.normalize("NFKC", self.parts[0].text)
        return int(text) if text in tuple("0123456") else -1

    def problems(self):
        if self.filled < 0:
            yield "“密码格”后面写 0 到 6 的一个数字，表示填了几格，比如：密码格 3"

    def draw(self, canvas: Canvas, y: float):
        d = "".join(f"M{20 + 41 * i} {y + 12}h35v48h-35z" for i in range(6))
        canvas.fill(d, colours.BAR, stroke=colours.MIDDLE, stroke_width=2.5)
        dots = "".join(f"M{37.5 + 41 * i:g} {y + 30}a6 6 0 1 0 .1 0z" for i in range(self.filled))
        if dots:
            canvas.fill(dots, colours.TEXT)

    def words(self):
        return []


@widget
class Tick(Widget):
    name = "勾选"
    aliases = ("打勾", "勾选框")
    summary = "前面一个小方框，后面的字最多两行。竖线后面写：已勾 或 没勾（不写就是没勾）。"
    usage = "勾选 我已阅读并同意 | 没勾"
    example = "文字 看完再打勾，不急。\n勾选 我已阅读并同意《服务协议》 * | 没勾\n按钮 下一步\n撕口"
    most = 2
    tappable = readable = True

    def read(self):
        self.lines = wrap_evenly(self.parts[0].text, 11) if self.parts else []

    @property
    def height(self):
        return 28 + 26 * len(self.lines)

    def problems(self):
        if len(self.lines) > 2:
            yield f"“{self.parts[0].text[:10]}…”太长了，这里最多放得下两行，约 22 个字。"
        for part in self.parts[1:]:
            if part.text not in TICKED | FREE:
                yield f"“{part.text[:8]}”看不懂，请写：已勾 或 没勾。"
            elif part.tap or part.look:
                yield "星号 * 请放到前面那段字后面，比如：勾选 我同意 * | 没勾"

    def draw(self, canvas: Canvas, y: float):
        box = Box(20, y + 13, 27, 27)
        canvas.rect(box, colours.BAR, 6, stroke=colours.SECOND, stroke_width=2.5)
        if self.parts[1:] and self.parts[1].text in TICKED:
            canvas.stroke(
                f"M26 {y + 26}l6 7 10-13", colours.TEXT, 4, stroke_linecap="round", stroke_linejoin="round"
            )
        for i, line in enumerate(self.lines):
            canvas.mark(self.parts[0], canvas.text(66, y + 33 + 26 * i, line))
        canvas.touch(self.parts[0], Box(8, y + 2, WIDTH - 16, self.height - 4), box.grown(-4))

    def point_out(self, part: Part) -> str:
        return f"“{part.text}”前面的小方框"

    def words(self):
        return [self.parts[0].text]


@widget
class Switch(Widget):
    name = "开关"
    aliases = ("滑动开关",)
    summary = "一行设置，右边一个开关。竖线后面写：开 或 关（不写就是关）。"
    usage = "开关 大字模式 | 关"
    example = "标题栏 < | 显示\n开关 大字模式 * | 关\n开关 深色 | 开\n撕口"
    most = 2
    tappable = readable = True
    height = 60

    def problems(self):
        yield from too_long(self.parts[0].text, 9)
        for part in self.parts[1:]:
            if part.text.lower() not in ON | OFF:
                yield f"“{part.text[:8]}”看不懂，请写：开 或 关。"
            elif part.tap or part.look:
                yield "星号 * 请放到前面那段字后面，比如：开关 大字模式 * | 关"

    def draw(self, canvas: Canvas, y: float):
        white_row(canvas, y, 60, 20)
        on = bool(self.parts[1:]) and self.parts[1].text.lower() in ON
        pill = Box(206, y + 15, 54, 30)
        canvas.rect(pill, colours.SECOND if on else colours.LINE, 15)
        canvas.circle(245 if on else 221, y + 30, 12, "#fff")
        canvas.mark(self.parts[0], canvas.text(20, y + 37, self.parts[0].text, colour=colours.TEXT))
        canvas.touch(self.parts[0], Box(0, y, WIDTH, 60), Box(210, y + 19, 46, 22))

    def point_out(self, part: Part) -> str:
        return f"“{part.text}”右边的开关"

    def words(self):
        return [self.parts[0].text]


@widget
class Button(Widget):
    name = "按钮"
    aliases = ("大按钮",)
    summary = "一个宽宽的深色按钮，白字。"
    usage = "按钮 我要签到"
    example = (
        "标题栏 × | 签到 | …\n卡片 社区学校（看） | 扫码课 · 三班（看） | 9月8日 上午\n按钮 我要签到\n撕口"
    )
    tappable = True
    height = 76

    def problems(self):
        yield from too_long(self.parts[0].text, 11)

    def draw(self, canvas: Canvas, y: float):
        box = Box(MARGIN, y + 10, WIDTH - 2 * MARGIN, 56)
        canvas.rect(box, colours.SECOND, 8)
        words = canvas.text(
            WIDTH / 2, y + 45, self.parts[0].text, 20, bold=True, colour="#fff", anchor="middle"
        )
        canvas.touch(self.parts[0], box, words.grown(5))

    def point_out(self, part: Part) -> str:
        return f"“{part.text}”按钮"
