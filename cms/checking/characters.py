"""Which characters readers know."""

from functools import cache
from pathlib import Path

LIST = Path(__file__).parent / "common_characters.txt"
# Words the site teaches: 屏幕 视频 聊天 账号 诈骗 浏览 付款码.
# Names that cannot be replaced: 安卓 鸿蒙 浦东 普陀 闵行.
TAUGHT = "屏频聊账诈浏帖贴薪址码卓鸿浦陀闵"


@cache
def known_characters() -> frozenset[str]:
    """Return the 2,500 common characters and those let through."""
    lines = LIST.read_text(encoding="utf-8").splitlines()
    common = "".join(line for line in lines if not line.startswith("#"))
    return frozenset(common + TAUGHT)


def is_rare(character: str) -> bool:
    """True for a Chinese character outside the common ones."""
    return "\u3400" <= character <= "\u9fff" and character not in known_characters()
