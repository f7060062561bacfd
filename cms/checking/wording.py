"""Checks of the words: length, rare characters, words of the trade."""

from collections.abc import Iterator

from cms.checking.characters import is_rare
from cms.checking.content import Content, Standard
from cms.checking.finding import Finding, Severity, Spot
from cms.checking.sentences import sentences, size, without_quotes

# The plain-language rules of the accessibility list: most sentences short, none endless.
MEAN, LONG, ENDLESS = 20, 40, 60
RARE_SHARE = 0.02
SHORT_PAGE = 120


def long_sentences(content: Content, standard: Standard) -> Iterator[Finding]:
    """A sentence nobody can keep in mind to its end; a page of sentences that are long on the whole."""
    lengths = []
    for text in content.texts:
        for sentence in sentences(text.words):
            lengths.append(size(sentence))
            if lengths[-1] > LONG:
                severity = Severity.MEND if lengths[-1] > ENDLESS else Severity.LOOK
                message = f"这一句有 {lengths[-1]} 个字：“{sentence[:20]}……”"
                yield Finding(text.spot, message, f"拆成两三句，每句 {MEAN} 个字左右。", severity)
    if lengths and sum(lengths) >= SHORT_PAGE and (mean := sum(lengths) / len(lengths)) > MEAN:
        yield Finding(
            Spot("整页"), f"平均一句 {mean:.0f} 个字，太长了。", f"多用句号，平均 {MEAN} 个字以内。"
        )


def rare_characters(content: Content, standard: Standard) -> Iterator[Finding]:
    """Characters outside the 2,500 common ones: many readers do not know them."""
    rare_of = {text: [c for c in text.words if is_rare(c)] for text in content.texts}
    for text, rare in rare_of.items():
        if rare:
            named = "、".join(f"“{character}”" for character in dict.fromkeys(rare))
            yield Finding(
                text.spot, f"有不常用的字：{named}。", "换一个常用的字；换不了的，旁边说明白。", Severity.LOOK
            )
    total = sum(size(text.words) for text in content.texts)
    share = sum(map(len, rare_of.values())) / total if total else 0
    if total >= SHORT_PAGE and share > RARE_SHARE:
        yield Finding(
            Spot("整页"), f"不常用的字占了 {share:.1%}，最多 {RARE_SHARE:.0%}。", "把上面点名的字换掉一些。"
        )


def jargon(content: Content, standard: Standard) -> Iterator[Finding]:
    """Words of the trade. What stands on the screen, in “ ”, is the app's own."""
    for text in content.texts:
        words = without_quotes(text.words)
        for word, instead in standard.jargon:
            if word in words:
                mend = f"可以说“{instead}”。" if instead else "换一个读者听得懂的词。"
                yield Finding(text.spot, f"“{word}”是黑话，读者听不懂。", mend)
