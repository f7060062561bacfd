"""What a new lesson can start from. What stands in 〔 〕 is to be replaced before the lesson goes on line."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class LessonStart:
    """A lesson's first steps, and what else follows from its kind."""

    label: str
    steps: tuple[dict[str, Any], ...]
    values: dict[str, Any] = field(default_factory=dict)


OPEN = {
    "do": "点“〔应用〕”，打开它。",
    "look": "“〔应用〕”打开了。",
    "picture": {"screen": "图标 相机 | 短信 | 电话\n图标 相册 | 〔应用〕 * | 地图\n撕口"},
}
FIND = {
    "do": "找到“〔要找的字〕”。",
    "look": "它在〔哪里〕。",
    "picture": {"screen": "标题栏 〔应用〕\n设置项 〔别的字〕\n设置项 〔要找的字〕 *\n撕口"},
}
TAP = {
    "do": "点“〔按钮上的字〕”。",
    "look": "会出来〔什么〕。",
    "picture": {"screen": "标题栏 < | 〔这一页〕\n文字 〔页面上的话〕\n按钮 〔按钮上的字〕 *\n撕口"},
}
DONE = {
    "do": "看到“〔办好了的字〕”，就好了。",
    "picture": {"screen": "标题栏 < | 〔这一页〕\n大字 〔办好了〕（看）\n撕口"},
}
LOOK_FIRST = {
    "do": "看店名，再看多少钱。",
    "look": "店名对，钱数对，再往下做。",
    "picture": {"screen": "标题栏 < | 付款\n文字 付给 〔店名〕（看）\n大字 ¥12.50（看）\n按钮 付款\n撕口"},
    "caution": {"kind": "money", "text": "不认得的店，不对的钱数，就退出来。"},
}
PASSWORD = {
    "do": "自己按密码。",
    "look": "按一下，出来一个圆点。",
    "picture": {"screen": "标题栏 × | 输入密码\n密码格 3\n数字键盘\n撕口"},
    "caution": {"kind": "money", "text": "密码只有自己按，不告诉别人。"},
}

STARTS = {
    "blank": LessonStart("空白，从第 1 步自己写", ({"do": ""},)),
    "usual": LessonStart("一课的样子：打开、找到、点、看到", (OPEN, FIND, TAP, DONE)),
    "money": LessonStart(
        "涉及钱的课：先看店名和钱数，再付，自己按密码",
        (OPEN, TAP, LOOK_FIRST, PASSWORD, DONE),
        {
            "touches_money_or_privacy": True,
            "safety_note": "先看店名，再看多少钱。要验证码的，不给。不对，就退出来。",
            "offline_way": "可以付现金。",
        },
    ),
}
