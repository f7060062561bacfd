"""Checks of what surrounds the words: dates, links, and parts that every page should have."""

from collections.abc import Iterator
from datetime import timedelta

from cms.checking.content import Content, Standard
from cms.checking.finding import Finding, Severity, Spot

# The apps we teach change their screens about twice a year.
STALE_AFTER = timedelta(days=180)


def stale_dates(content: Content, standard: Standard) -> Iterator[Finding]:
    """Content that was never checked on a phone, or too long ago. An archived page is left alone."""
    facts = content.facts
    if not facts.is_checked_on_phones or facts.archived:
        return
    mend = "在真手机上照着做一遍，再填“核对日期”和“下次核对”。"
    if facts.checked_on is None:
        yield Finding(Spot("核对日期", "checked_on"), "从来没有核对过。", mend)
    elif standard.today - facts.checked_on > STALE_AFTER:
        days = (standard.today - facts.checked_on).days
        yield Finding(Spot("核对日期", "checked_on"), f"上次核对是 {days} 天前，太久了。", mend)
    if facts.review_by and facts.review_by < standard.today:
        yield Finding(Spot("下次核对", "review_by"), f"{_day(facts.review_by)}就该再核对了。", mend)


def _day(day) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def broken_links(content: Content, standard: Standard) -> Iterator[Finding]:
    """Links to pages of this site that readers cannot reach."""
    for link in content.links:
        if link.trouble:
            yield Finding(link.spot, f"链接“{link.target}”{link.trouble}。", "换一个去处，或者把它删掉。")


def missing_parts(content: Content, standard: Standard) -> Iterator[Finding]:
    """What a reader looks for at the end of every lesson and chapter."""
    facts = content.facts
    if facts.main_scenario == "":
        message = "没有选场景，从十个场景里就找不到它。"
        yield Finding(Spot("主要场景", "main_scenario"), message, "选最像的那一个。", Severity.LOOK)
    if facts.offline_way == "":
        message = "没有写“不用手机，也能办”。"
        yield Finding(
            Spot("不用手机，也能办", "offline_way"), message, "写去哪里、找谁、带什么。", Severity.LOOK
        )
    if facts.questions == 0:
        yield Finding(Spot("自测题", "questions"), "没有自测题。", "写一到三题，一问一答。", Severity.LOOK)


def unused(content: Content, standard: Standard) -> Iterator[Finding]:
    """A shared step that no page shows, not even a draft."""
    if content.facts.used is False:
        yield Finding(Spot("整步"), "没有一页用它。", "用不着了就删掉；还要用，就到课里选它。", Severity.LOOK)
