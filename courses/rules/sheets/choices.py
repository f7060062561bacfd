"""Words out of a closed list: the form of a class, what is spoken in it, the ten scenarios."""

import re
from typing import TypeVar

from cms.enums import Scenario
from courses.enums import RunMode, Tongue
from courses.rules.sheets.cells import CellValue, key_of, text_of
from courses.rules.sheets.unclear import Unclear, quoted

Choice = TypeVar("Choice")

_MODES = {
    RunMode.ONSITE: {"线下", "面授", "现场", "线下面授", "线下授课", "线下教学", "线下培训"},
    RunMode.ONLINE: {"线上", "网上", "直播", "线上直播", "线上授课", "线上教学", "线上培训", "在线"},
    RunMode.HYBRID: {"混合", "混合式", "线上线下", "线下线上", "线上线下结合", "线上线下相结合", "双线"},
    RunMode.RECORDED: {"录播", "录像", "录播课", "线上录播"},
}
_TONGUES = {
    Tongue.MANDARIN: {"普通话", "国语", "汉语", "说普通话"},
    Tongue.SHANGHAINESE: {"沪语", "上海话", "上海闲话", "本地话", "沪语上海话", "说沪语", "说上海话"},
    Tongue.BOTH: {
        *(f"{one}{other}" for one in ("普通话", "国语") for other in ("沪语", "上海话")),
        *(f"{other}{one}" for one in ("普通话", "国语") for other in ("沪语", "上海话")),
        *("双语", "都说", "都可以"),
    },
}
_BETWEEN_MODES = re.compile(r"[+、,/和与]")
_BETWEEN = re.compile(r"[、,;/+和及\s]+")
_NOTE = re.compile(r"\([^()]*\)")


def read_mode(value: CellValue) -> RunMode | Unclear:
    """Return how a class is held."""
    found = _among(_MODES, value)
    if found is not None:
        return found
    known, written = "、".join(mode.label for mode in RunMode), text_of(value)
    return Unclear(f"{quoted(written)}不认得" if written else "没写形式", f"请写：{known}，四个里写一个")


def read_tongue(value: CellValue) -> Tongue | Unclear:
    """Return what is spoken in class."""
    found = _among(_TONGUES, value)
    if found is not None:
        return found
    written = text_of(value)
    return Unclear(
        f"{quoted(written)}不认得" if written else "没写说什么话", "请写：普通话、上海话，或者两样都写"
    )


def read_scenarios(value: CellValue) -> list[Scenario] | Unclear:
    """Return the scenarios a cell names, in its order, each once; the first is the main one."""
    by_name = {scenario.label: scenario for scenario in Scenario}
    words = [part for part in _BETWEEN.split(_NOTE.sub("", _unbroken(value))) if part]
    names = [word.removesuffix("场景").removesuffix("类") for word in words]
    unknown = [name for name in names if name not in by_name]
    if unknown or not names:
        problem = f"{quoted(unknown[0])}不是应用场景" if unknown else "没写应用场景"
        return Unclear(problem, f"请从这十个里写：{'、'.join(by_name)}")
    return list(dict.fromkeys(by_name[name] for name in names))


def _among(spellings: dict[Choice, set[str]], value: CellValue) -> Choice | None:
    words = _BETWEEN_MODES.sub("", _NOTE.sub("", key_of(value)))
    return next((choice for choice, known in spellings.items() if words in known), None)


def _unbroken(value: CellValue) -> str:
    """Return the words half width, with line breaks as dividers."""
    return " ".join(key_of(line) for line in text_of(value).split())
