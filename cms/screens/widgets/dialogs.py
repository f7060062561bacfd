"""What lies over a screen: the plus menu, and a question with its answers."""

from .. import colours
from ..canvas import Box, Canvas
from ..language import Part
from ..measure import width, wrap_evenly
from ..symbols import draw_symbol
from .base import Place, Widget, shorten, too_long, widget
from .texts import write_lines


@widget
class Menu(Widget):
    name = "菜单"
    aliases = ("小单子", "加号菜单", "下拉菜单")
    summary = "右上角跳出来的深色小单子，2 到 6 行。要写在标题栏后面，底下的东西自动变暗。"
    usage = "菜单 发起群聊 | 添加朋友 | 扫一扫 | 收付款"
    example = (
        "标题栏 微信 | +\n列表 大女儿\n列表 社区学校三班\n列表 老张\n列表 外孙小宇\n"
        "菜单 发起群聊 | 添加朋友 | 扫一扫 * | 收付款\n撕口"
    )
    place = Place.OVER
    fewest, most = 2, 6
    once = tappable = True

    def problems(self):
        for part in self.parts:
            yield from too_long(part.text, 9)

    def fault_among(self, widgets):
        if any(widget.name == "对话框" for widget in widgets):
            return "“菜单”和“对话框”不会同时出现，请只留一个。"
        if not any(widget.name == "标题栏" and widget.line < self.line for widget in widgets):
            return "“菜单”要写在“标题栏”后面，比如先写：标题栏 微信 | +"
        return None

    def reach(self, top: float) -> float:
        return top + 60 + 56 * len(self.parts)

    def draw_over(self, canvas: Canvas, top: float, height: float):
        canvas.dim(0.18, height)
        x = 260 - max(152, 68 + max(width(part.text) for part in self.parts))
        y = top + 60
        canvas.rect(Box(x, y, 260 - x, 56 * len(self.parts)), colours.MENU, 6)
        canvas.fill(f"M235 {y + 1:g}l12-12 12 12z", colours.MENU)
        canvas.stroke(
            "".join(f"M{x + 48:g} {y + 56 * i:g}H252" for i in range(1, len(self.parts))), colours.MIDDLE, 1
        )
        for i, part in enumerate(self.parts):
            draw_symbol(canvas, part.text, x + 14, y + 56 * i + 16, "#fff", 0.75)
        for i, part in enumerate(self.parts):
            row = Box(x, y + 56 * i, 260 - x, 56)
            words = canvas.text(x + 50, row.y + 34, part.text, colour="#fff")
            canvas.touch(part, row, Box(x + 12, row.y + 17, 28, 22), words)

    def point_out(self, part: Part) -> str:
        return f"小单子第{self.parts.index(part) + 1}行的“{part.text}”"


@widget
class Question(Widget):
    name = "对话框"
    aliases = ("问话框", "弹窗", "询问")
    summary = "手机问一句话；竖线后面可以写为什么。紧跟着下一行要写“选项”。"
    usage = "对话框 允许“微信”使用相机吗？ | 扫码时要用相机"
    example = "标题栏 扫一扫\n对话框 允许“微信”使用相机吗？ | 扫码时要用相机\n选项 不允许 | 允许 *\n撕口"
    place = Place.OVER
    most = 2
    once = readable = True
    answers: "Answers | None" = None
    clear = 24  # space above the box; more if there is a title that should stay readable

    def read(self):
        texts = [part.text for part in self.parts]
        self.question = wrap_evenly(texts[0], 9.6) if texts else []
        self.reason = wrap_evenly(texts[1], 10.6) if len(texts) > 1 else []

    def problems(self):
        if len(self.question) > 3:
            yield f"“{shorten(self.parts[0].text)}”太长了，问话最多三行，约 27 个字。"
        if len(self.reason) > 5:
            yield f"“{shorten(self.parts[1].text)}”太长了，说明最多五行，约 50 个字。"

    def fault_among(self, widgets):
        after = widgets[widgets.index(self) + 1 :][:1]
        if not after or after[0].name != "选项":
            return "“对话框”下面一行要写“选项”，比如：选项 不允许 | 允许 *"
        self.answers = after[0]
        self.clear = 62 if any(widget.name == "标题栏" for widget in widgets) else 24
        return None

    @property
    def height(self):
        return (
            40
            + 30 * len(self.question)
            + (8 + 26 * len(self.reason) if self.reason else 0)
            + self.answers.depth
        )

    def reach(self, top: float) -> float:
        return top + self.clear + self.height

    def draw_over(self, canvas: Canvas, top: float, height: float):
        canvas.dim(0.45, height)
        foot = height - 12 if height < 520 else 490
        y = round(max(top + self.clear, (top + foot - self.height) / 2))
        canvas.rect(Box(24, y, 232, self.height), "#fff", 16)
        base = y + 42
        write_lines(
            canvas,
            self.parts[0],
            self.question,
            140,
            base,
            pitch=30,
            size=20,
            bold=True,
            anchor="middle",
            colour=colours.TEXT,
        )
        base += 30 * len(self.question) + 4
        for part in self.parts[1:]:
            write_lines(canvas, part, self.reason, 140, base, anchor="middle", colour=colours.SECOND)
        self.answers.draw_at(canvas, y + self.height)

    def page_name(self):
        return f"手机问：{shorten(self.parts[0].text, 30)}".rstrip("？?。")


@widget
class Answers(Widget):
    name = "选项"
    aliases = ("回答", "选择")
    summary = "对话框下面的回答：1 或 2 个并排，3 个就一行一个。"
    usage = "选项 不允许 | 允许"
    example = "标题栏 地图\n对话框 允许“地图”知道您在哪里吗？\n选项 使用时允许 * | 只允许一次 | 不允许\n撕口"
    place = Place.NONE
    most = 3
    once = tappable = True

    @property
    def depth(self) -> float:
        return 54 * len(self.parts) if len(self.parts) == 3 else 60

    def problems(self):
        for part in self.parts:
            yield from too_long(part.text, 5 if len(self.parts) == 2 else 10)

    def fault_among(self, widgets):
        before = widgets[: widgets.index(self)][-1:]
        if not before or before[0].name != "对话框":
            return "“选项”要紧跟在“对话框”下面一行。"
        return None

    def draw_at(self, canvas: Canvas, foot: float):
        """Draw the answers into the lower end of the box, which ends at `foot`."""
        many, top = len(self.parts) == 3, foot - self.depth
        canvas.stroke(
            f"M24 {top:g}h232" + (f"M140 {top:g}v60" if len(self.parts) == 2 else ""), colours.LINE, 1.5
        )
        step = 232 if many or len(self.parts) == 1 else 116
        for i, part in enumerate(self.parts):
            x, y = (24, top + 54 * i) if many else (24 + step * i, top)
            if many and i:
                canvas.stroke(f"M24 {y:g}h232", colours.LINE, 1.5)
            high = 54 if many else 60
            words = canvas.text(
                x + step / 2,
                y + high / 2 + 7,
                part.text,
                20,
                bold=part.tap,
                anchor="middle",
                colour=colours.TEXT,
            )
            canvas.touch(part, Box(x, y, step, high), words.grown(7))

    def point_out(self, part: Part) -> str:
        if len(self.parts) != 2:
            return f"“{part.text}”"
        return f"{'右' if self.parts.index(part) else '左'}边的“{part.text}”"
