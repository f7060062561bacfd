"""Content checks: what a good editor would say about a page. Pure: plain values in, findings out.

A check never stops anybody; what must not go on line is refused by `publish_refusals`. A new check is a function
in one of these files and a line in CHECKS.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from cms.checking import steps, upkeep, wording
from cms.checking.content import Content, Facts, Link, Picture, Standard, Step, Text
from cms.checking.finding import Finding, Severity, Spot


@dataclass(frozen=True)
class Check:
    """One check: its code, what it is called, and what it finds."""

    code: str
    label: str
    find: Callable[[Content, Standard], Iterator[Finding]]


CHECKS = (
    Check("one-action", "一步一个动作", steps.one_action),
    Check("money", "碰到钱没有提醒", steps.money_without_caution),
    Check("alt", "图没有文字说明", steps.alternative_texts),
    Check("variants", "别的手机没有写", steps.missing_variants),
    Check("sentence", "句子太长", wording.long_sentences),
    Check("rare", "不常用的字", wording.rare_characters),
    Check("jargon", "黑话", wording.jargon),
    Check("stale", "该核对了", upkeep.stale_dates),
    Check("link", "链接断了", upkeep.broken_links),
    Check("parts", "少了一样", upkeep.missing_parts),
    Check("unused", "没有用到的共用步骤", upkeep.unused),
)
LABELS = {check.code: check.label for check in CHECKS}


def check(content: Content, standard: Standard) -> list[Finding]:
    """Return everything the checks find, what has to be mended first."""
    found = [replace(finding, check=each.code) for each in CHECKS for finding in each.find(content, standard)]
    return sorted(found, key=lambda finding: finding.severity != Severity.MEND)


__all__ = [
    "CHECKS",
    "LABELS",
    "Check",
    "Content",
    "Facts",
    "Finding",
    "Link",
    "Picture",
    "Severity",
    "Spot",
    "Standard",
    "Step",
    "Text",
    "check",
]
