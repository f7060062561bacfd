"""When and by whom the roll of a session may be called; each refusal with words to read aloud."""

from datetime import datetime, timedelta

from courses.enums import SessionState
from courses.rules.refusal import Refusal

# People come early: from so long before a session on, somebody can be put down as there.
DOORS_OPEN = timedelta(minutes=60)


def session_refusal(*, state: str, starts_at: datetime, now: datetime) -> Refusal | None:
    """Return why nobody can be put down in this session now, or None."""
    if state == SessionState.CANCELLED:
        return Refusal("cancelled", "这次课取消了，不用点名。")
    if state == SessionState.NOT_HELD:
        return Refusal("not-held", "这次课记的是没有上。真的上了，先改回来，再点名。")
    if now < starts_at - DOORS_OPEN:
        return Refusal("too-early", "还没有到上课的时间。开课前 1 个小时，可以点名。")
    return None


def made_refusal(*, starts_at: datetime, made_at: datetime) -> Refusal | None:
    """Return that a device without a network made a mark before anybody could have been there, or None."""
    if made_at >= starts_at - DOORS_OPEN:
        return None
    return Refusal(
        "made-too-early",
        "点的时候，还没有到上课的时间。请看看这台机器的钟对不对，再到点名页面上点这一位。",
    )


def reason_refusal(*, is_locked: bool, because: str) -> Refusal | None:
    """Return that a locked month wants a reason for what changes, or None."""
    if is_locked and not because.strip():
        return Refusal(
            "month-locked", "这个月已经报上去了。要补、要改，请写明为什么，会单独列出来。", field="because"
        )
    return None


def staff_refusal(*, name: str) -> Refusal:
    """Return that somebody who teaches or helps here is no learner here (R5)."""
    return Refusal("is-staff", f"{name}是这次课的老师或者助教，不算学员，不用点名。")


def changed_refusal(*, name: str, who: str, at: str, state: str) -> Refusal:
    """Return that somebody else put something down since the screen was drawn."""
    words = (
        f"{name}：刚才有人改过，{who} {at} 记的是“{state}”。您点的还在，看一看，再按一次“保存”就照您点的记。"
    )
    return Refusal("changed-meanwhile", words)


NOT_ON_ROLL = Refusal("not-on-roll", "这位不在这次课的名单上。来了的话，请到点名页面，按“临时来了一位”登记。")
OTHERS_ID = Refusal("others-id", "这一条的编号，别的课次用过了。请到点名页面上，再点这一位。")
