"""Predicates about lessons. Pure: they are given values and give back words or nothing."""

from datetime import date

from cms.enums import CautionKind

NEEDS_SAFETY_NOTE = {CautionKind.MONEY, CautionKind.PRIVACY}


def lesson_refusals(
    *,
    main_scenario: str,
    step_count: int,
    touches_money_or_privacy: bool,
    cautions: set[str],
    safety_note: str,
    has_blanks: bool = False,
) -> dict[str, str]:
    """Return, by field, why a lesson cannot be published yet; empty when it can.

    ``cautions`` are the kinds of caution its steps carry: a lesson that warns about money or privacy
    touches them, whether its author ticked the box or not. Source: issue A, part 3. ``has_blanks`` says that
    something of the draft it started from is still to be filled in.
    """
    refusals = {}
    if not main_scenario:
        refusals["main_scenario"] = "还没有选主要场景。选一个，再发布。"
    if not step_count:
        refusals["steps"] = "还没有步骤。至少写一步，再发布。"
    elif has_blanks:
        refusals["steps"] = "步骤里还有〔 〕没有换成自己的字。换好了，再发布。"
    if (touches_money_or_privacy or cautions & NEEDS_SAFETY_NOTE) and not safety_note.strip():
        refusals["safety_note"] = "这一课涉及钱或个人信息，要写“防骗提示”，再发布。"
    return refusals


def archived_refusals(*, archived_on: date | None, archived_because: str, today: date) -> dict[str, str]:
    """Return, by field, why a lesson cannot be put out of use like this: readers are told since when and why."""
    refusals = {}
    if archived_on and archived_on > today:
        refusals["archived_on"] = "停用日期还没到。到了那一天再填。"
    if archived_on and not archived_because.strip():
        refusals["archived_because"] = "停用了，要写一句为什么。读者看得到。"
    if archived_because.strip() and not archived_on:
        refusals["archived_on"] = "写了为什么停用，还要填停用日期。没停用，就把那句话删掉。"
    return refusals
