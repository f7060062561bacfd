"""The catalogue of widgets in the designers' guide, made from the register so that it is never out of date.

    python -m cms.screens.catalogue

writes the part of docs/designers/画屏幕.md below the marker, and the drawn examples beside it.
"""

from pathlib import Path

from .drawing import draw
from .parsing import parse
from .widgets import WIDGETS, Widget

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "designers" / "画屏幕.md"
MARKER = "<!-- 从这里往下由程序生成，请不要手改：python -m cms.screens.catalogue -->"
PHONES = {"android": "安卓", "apple": "苹果", "harmony": "鸿蒙"}
SAMPLE = "图标 相机 | 短信 | 电话\n图标 相册 | 微信 * | 随申办\n图标 设置 | 地图 | 天气"


def catalogue() -> str:
    """The generated part of the guide, as Markdown."""
    phones = "\n".join(f"![{name}](screens/{key}.svg)" for key, name in PHONES.items())
    names = "、".join(PHONES.values())
    head = f"{MARKER}\n\n## 三种手机\n\n同一段文字，三种手机自动画：{names}。\n\n{phones}\n\n## 控件表\n"
    return head + "".join(map(_entry, WIDGETS.values()))


def _entry(widget: type[Widget]) -> str:
    also = f"也可以写：{'、'.join(widget.aliases)}。\n\n" if widget.aliases else ""
    marks = [
        word
        for word, able in (
            ("点这里 `*`", widget.tappable),
            ("`（看）`", widget.readable),
            ("`（对准）`", widget.aimable),
        )
        if able
    ]
    marked = f"能做的记号：{'、'.join(marks)}。\n\n" if marks else ""
    return (
        f"\n### {widget.name}\n\n{widget.summary}\n\n写法：`{widget.usage}`\n\n{also}{marked}"
        f"```\n{widget.example}\n```\n\n![{widget.name}的样子](screens/{picture_name(widget)})\n"
    )


def picture_name(widget: type[Widget]) -> str:
    """The file of a widget's drawn example."""
    return f"{widget.__name__.lower()}.svg"


def pictures() -> dict[str, str]:
    """All drawings of the guide: file name → SVG."""
    drawn = {f"{phone}.svg": draw(parse(SAMPLE), phone).svg for phone in PHONES}
    return drawn | {
        picture_name(widget): draw(parse(widget.example), "android").svg for widget in WIDGETS.values()
    }


def guide(written: str) -> str:
    """The whole guide: what people wrote above the marker, and the catalogue below it."""
    return written.partition(MARKER)[0] + catalogue()


def main() -> None:
    """Bring the guide and its pictures up to date, and remove pictures of widgets that are gone."""
    GUIDE.write_text(guide(GUIDE.read_text("utf-8")), "utf-8")
    folder = GUIDE.parent / "screens"
    folder.mkdir(exist_ok=True)
    for old in folder.glob("*.svg"):
        old.unlink()
    for name, svg in pictures().items():
        (folder / name).write_text(svg + "\n", "utf-8")


if __name__ == "__main__":
    main()
