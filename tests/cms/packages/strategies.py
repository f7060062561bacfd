"""Modules as an author may write them: every field, and words that YAML would like to misread."""

import datetime
import hashlib

from hypothesis import strategies as st

from cms.enums import CautionKind, PhoneKind, Scenario
from tests.factories.content import MP3, a_package, picture

NASTY = (
    "点“微信”。",
    "- x",
    "-- 先停一停",
    "yes",
    "No",
    "null",
    "~",
    "123",
    "0x1F",
    "1_000",
    "12:30:45",
    "2026-01-01",
    "1.0",
    ".inf",
    "=",
    "<<",
    "店名：家常面馆: 15 元",
    "key: value",
    "# 不是注释",
    "看 # 号",
    "'单' 和 \"双\"",
    "100%",
    "@老张",
    "`反引号`",
    "[方] {花}",
    "* 星 & 锚 ! 叹号",
    "|",
    "> 大于",
    "反斜杠 \\n 不是换行",
    "<b>粗</b> &amp;",
    " 前后有空格 ",
    "　全角空格　",
    "制\t表",
    "笑脸😀",
    "\u00e9e\u0301ﬁ",
    "---",
    "...",
    "{{ page }}",
    "？问",
    "%YAML 1.2",
)
LINES = (
    "第一行\n第二行",
    "一\r\n二\r\n\r\n三",
    "\n前面空一行",
    "行尾空格 \n 行首空格",
    "- 一\n- 二",
    "单\r独",
    "尾巴\n\n",
)
SCREENS = (
    "标题栏 微信 | + *\n列表 大女儿\n撕口",
    "标题栏 微信 | + *\r\n列表 老张\r\n撕口",
    "撕口\n大字 15.00 元（看）\n按钮 付款 *\n撕口\n",
    "# 说明\n标题栏 × | 扫一扫\n\n取景框 签到码（对准）\n撕口",
    "撕口\n对话框 允许“微信”使用相机吗？ | 扫码要用相机\n选项 不允许 | 允许 *\n撕口",
)
PICTURES = {
    "Menu-1.png": picture("PNG"),
    "b.jpg": picture("JPEG", (9, 5), "red"),
    "c.webp": picture("WEBP", (5, 5), "blue"),
}


def words(most: int, *, lines: bool = False):
    """Plain words of at most ``most`` characters, not empty."""
    known = [text for text in NASTY + (LINES if lines else ()) if len(text) <= most]
    free = st.text("的扫码aZ9 -:#'\"|>*&!%@,[]{}?\\、。\u2028😀", min_size=1, max_size=most)
    return (st.sampled_from(known) | free).filter(str.strip)


def optional(**parts):
    return st.fixed_dictionaries({}, optional=parts)


def drawn():
    return st.fixed_dictionaries({"screen": st.sampled_from(SCREENS)})


@st.composite
def photographed(draw):
    taps = optional()
    if draw(st.booleans()):
        percent = st.floats(0, 100) | st.integers(0, 100)
        taps = st.fixed_dictionaries({"tap_x": percent, "tap_y": percent})
    return {"screenshot": draw(st.sampled_from(list(PICTURES))), "alt": draw(words(110))} | draw(taps)


def cautions():
    return st.fixed_dictionaries({"kind": st.sampled_from(CautionKind.values), "text": words(120)})


@st.composite
def steps(draw):
    step = {"do": draw(words(40))}
    step |= draw(optional(look=words(80), picture=drawn() | photographed(), caution=cautions()))
    step |= draw(optional(if_different=words(120), recording=st.just("read.mp3")))
    phones = draw(st.lists(st.sampled_from(PhoneKind.values), unique=True, max_size=2))
    if phones:
        differing = optional(do=words(40), look=words(80), picture=drawn())
        step["variants"] = [{"phone": phone} | draw(differing) for phone in phones]
    return step


@st.composite
def lessons(draw, code: str, keys: list[str]):
    blocks = draw(st.lists(steps().map(lambda step: {"step": step}), min_size=1, max_size=2))
    blocks += [{"shared_step": key} for key in keys]
    days = st.dates(datetime.date(1000, 1, 1))
    lesson = {
        "code": code,
        "slug": code.lower(),
        "title": draw(words(60)),
        "goal": draw(words(60)),
        "minutes": draw(st.integers(0, 32_767)),
        "main_scenario": "scan-code",
        "touches_money_or_privacy": draw(st.booleans()),
        "steps": blocks,
        "safety_note": draw(words(200, lines=True)),
    }
    lesson |= draw(
        optional(
            also_scenarios=st.lists(st.sampled_from(Scenario.values), unique=True, min_size=1, max_size=3),
            usual_mistake=words(200, lines=True),
            offline_way=words(200, lines=True),
            teaching_notes=words(300, lines=True),
            topics=st.lists(
                st.sampled_from(["微信", "Wi-Fi", "yes", "1, 2", "“引号”", "😀"]), min_size=1, unique=True
            ),
            checked_on=days,
            checked_phones=words(120),
            checked_apps=words(120),
            review_by=days,
            live=st.just(False),
            questions=st.lists(
                st.fixed_dictionaries({"question": words(40), "answer": words(120, lines=True)}),
                min_size=1,
                max_size=3,
            ),
        )
    )
    # The one without the other is refused, and a day still to come.
    if draw(st.booleans()):
        lesson |= {
            "archived_on": draw(st.dates(max_value=datetime.date(2021, 12, 31))),
            "archived_because": draw(words(120)),
        }
    return lesson


@st.composite
def modules(draw):
    """A whole package: two lessons, a shared step, and the pictures and recordings they name."""
    key = "tap-here"
    pages = [draw(lessons("SCAN-91", [key])), draw(lessons("SCAN-92", []))]
    shared = {"key": key, "title": draw(words(40)), "step": draw(steps())}
    root = {"title": draw(words(60)), "goal": draw(words(60))} | draw(optional(intro=words(300, lines=True)))
    package = a_package(*pages, shared_steps=[shared], page=root)
    told = repr(package)
    used = {f"images/{name}": data for name, data in PICTURES.items() if f"'{name}'" in told}
    if "'read.mp3'" in told:
        used["recordings/read.mp3"] = MP3
    if f"images/{next(iter(PICTURES))}" in used:
        used["images.yaml"] = {
            next(iter(PICTURES)): {"title": draw(words(60)), "description": draw(words(60))}
        }
    return package | used


def typed(value, package: dict):
    """What a written value looks like after a journey: trimmed words, files named after their content."""
    if isinstance(value, dict):
        parts = {name: typed(part, package) for name, part in value.items()}
        if "topics" in parts:
            parts["topics"] = sorted(parts["topics"])
        if "also_scenarios" in parts:
            parts["also_scenarios"] = sorted(parts["also_scenarios"], key=Scenario.values.index)
        return {name: part for name, part in parts.items() if part != "" or name == "live"}
    if isinstance(value, list):
        return [typed(part, package) for part in value]
    if not isinstance(value, str):
        return value
    for folder in ("images", "recordings"):
        if data := package.get(f"{folder}/{value}"):
            return hashlib.sha1(data).hexdigest()[:16] + value[value.rindex(".") :]
    lines = value.replace("\r\n", "\n").replace("\r", "\n").strip()
    # Words of several lines are written with a line end after the last one.
    return f"{lines}\n" if "\n" in lines else lines
