"""Checks of the steps: one action each, a caution where money is touched, no phone forgotten."""

import re
from collections.abc import Iterator

from cms.checking.content import Content, Picture, Standard, Step
from cms.checking.finding import Finding, Severity, Spot
from cms.checking.sentences import sentences, size, without_quotes
from cms.enums import PhoneKind

LONGEST_DO = 20
LONGEST_ALT = 120

_JOINTS = re.compile(r"[，、,：:。！？；;]|然后|接着|之后|同时|再")
_LEAD = r"(?:请|您|先|就|轻轻|慢慢|一直|直接|用手指)*"
_VERBS = "点|按|滑|填|输|打开|选|拉|扫|对准|对着|长按|退出|关掉|写|拨|打字|下载|发送|确认"
_ACTION = re.compile(_LEAD + f"(?:{_VERBS})")
# What is about to be paid or told; 不付钱 and 不要密码 are said on purpose.
_PRIVATE = "密码|验证码|身份证|银行卡"
_MONEY = re.compile(f"(?<!不)(?:付款|付钱|支付|转账|收款码|充值|缴费|{_PRIVATE})")
_ASKED_FOR = re.compile(f"(?<!不)(?:{_PRIVATE})")
_TAPPED = re.compile(r"[^|｜\n]*[*＊]\s*(?=$|[|｜])", re.MULTILINE)
_BRANDS = re.compile(
    "华为|荣耀|小米|红米|OPPO|vivo|三星|苹果|iPhone|鸿蒙|安卓|应用市场|应用商店|App Store", re.IGNORECASE
)


def one_action(content: Content, standard: Standard) -> Iterator[Finding]:
    """A step is one action: who does two things at once gets lost between them."""
    for step in _own(content):
        for do in _sentences_of(step, content):
            yield from _one_action(do.spot, do.words)


def _one_action(spot: Spot, do: str) -> Iterator[Finding]:
    said = without_quotes(do)
    actions = sum(bool(_ACTION.match(clause)) for clause in _JOINTS.split(said))
    if actions > 1:
        yield Finding(spot, f"一步里有 {actions} 个动作：“{do}”", "拆成几步，一步一个动作。")
    elif len(sentences(said, least=1)) > 1:
        yield Finding(spot, f"“做什么”写了不止一句：“{do}”", "留一句动作，别的话写到“您会看到”里。")
    if size(do) > LONGEST_DO:
        message = f"“做什么”有 {size(do)} 个字，{LONGEST_DO} 个字以内最好。"
        yield Finding(spot, message, "只留动作和位置，别的话写到“您会看到”里。", Severity.LOOK)


def _sentences_of(step: Step, content: Content):
    """Yield what is to be done, also where one kind of phone differs."""
    for text in content.texts:
        if text.spot.block == step.spot.block and text.spot.where.endswith("做什么"):
            yield text


def money_without_caution(content: Content, standard: Standard) -> Iterator[Finding]:
    """Where money, codes or papers are touched, a caution stands at the step and a note on the page."""
    touching = False
    for step in content.steps:
        if not (word := _money_word(step)):
            continue
        touching = True
        if not step.guarded and not step.shared:
            severity = Severity.MEND if _touches(step) else Severity.LOOK
            mend = "在这一步的“提醒”里选“钱”或“隐私”，写一句话。"
            yield Finding(step.spot, f"说到“{word}”，没有提醒。", mend, severity)
    if touching and content.facts.safety_note == "":
        message = "有步骤碰到钱或个人信息，没有写“防骗提示”。"
        yield Finding(Spot("防骗提示", "safety_note"), message, "写两三句：先看什么，什么时候退出来。")


def _money_word(step: Step) -> str:
    found = _touches(step) or _MONEY.search(step.look)
    return found.group() if found else ""


def _touches(step: Step) -> re.Match | None:
    """Return the word of money in what is done: said, tapped, or asked for on the screen. Looking is not doing."""
    done = "" if step.do.startswith("看") else step.do
    screens = "\n".join(picture.screen for picture in step.pictures)
    tapped = "\n".join(_TAPPED.findall(screens))
    return _MONEY.search(f"{done}\n{tapped}") or _ASKED_FOR.search(screens)


def alternative_texts(content: Content, standard: Standard) -> Iterator[Finding]:
    """A screenshot is told in words to those who cannot see it."""
    for picture in _own_pictures(content):
        if not picture.image:
            continue
        if not picture.alt.strip():
            yield Finding(
                picture.spot, "截图没有文字说明。", "写清楚图上找什么、在哪里，比如：右上角的小加号。"
            )
        elif len(picture.alt) > LONGEST_ALT:
            message = f"截图的文字说明有 {len(picture.alt)} 个字，最多 {LONGEST_ALT} 个字。"
            yield Finding(picture.spot, message, "只说要找的那一样。")
        if not picture.described:
            message = f"图片“{picture.image}”自己没有说明。"
            mend = "到“图片”里打开它，填“说明”。别处再用，就不用重写。"
            yield Finding(picture.spot, message, mend, Severity.LOOK)


def missing_variants(content: Content, standard: Standard) -> Iterator[Finding]:
    """What shows one kind of phone only leaves the readers with another kind alone."""
    for step in _own(content):
        yield from _one_phone_only(step)


def _one_phone_only(step: Step) -> Iterator[Finding]:
    missing = [PhoneKind(phone).label for phone in PhoneKind.values if phone not in step.variants]
    base = next((picture for picture in step.pictures if not picture.phone), None)
    mend = f"在“别的手机”里补上{'、'.join(missing)}。一样的，就不用管。"
    if base and base.image and len(missing) > 1:
        yield Finding(step.spot, "截图只是一种手机的样子，别的手机没有写。", mend, Severity.LOOK)
    elif brand := _BRANDS.search(_without_variants(step)):
        if len(missing) > 1:
            yield Finding(step.spot, f"写到“{brand.group()}”，别的手机没有写。", mend, Severity.LOOK)
    elif len(step.variants) == 1:
        written = PhoneKind(next(iter(step.variants))).label
        message = f"只写了{written}。{'和'.join(missing)}都和前面一样吗？"
        yield Finding(step.spot, message, "在真手机上看一看，不一样的补上。", Severity.LOOK)


def _without_variants(step: Step) -> str:
    """Return what the step says to those whose phone has no words of its own."""
    screens = [picture.screen for picture in step.pictures if not picture.phone]
    return "\n".join([step.do, step.look, *screens])


def _own(content: Content) -> Iterator[Step]:
    yield from (step for step in content.steps if not step.shared)


def _own_pictures(content: Content) -> Iterator[Picture]:
    for step in _own(content):
        yield from step.pictures
