"""Plain words: what every other block is made of. No markup, no control characters.

A draft may hold anything that can be typed: whoever writes is not to lose a word because another one is not
right yet. So all rules wait until a page is to be read by others, where Wagtail's own wait for required fields.
"""

import unicodedata
from collections.abc import Callable

from django.core.exceptions import ValidationError
from wagtail import blocks


def refuse_control_characters(value: str) -> None:
    """Raise ValidationError when the words hold a character nobody can see, such as a zero byte."""
    for character in value:
        if unicodedata.category(character) in {"Cc", "Cf", "Cs"} and character not in "\n\t\r":
            raise ValidationError(f"文字里有看不见的符号（U+{ord(character):04X}），请删掉重新输入。")


def refuse_line_breaks(value: str) -> None:
    """Raise ValidationError when the words go over more than one line."""
    if "\n" in value or "\r" in value:
        raise ValidationError("这里只写一行，不要换行。")


class PlainWords(blocks.FieldBlock):
    """Mixin for a field of plain words; ``checks`` are what else is asked of them once it is no draft."""

    checks: tuple[Callable[[str], None], ...] = ()

    def clean(self, value):
        if self.is_deferred_validation:
            return super().clean(value)
        refuse_control_characters(value or "")
        value = super().clean(value)
        for check in self.checks:
            check(value)
        return value


class LineBlock(PlainWords, blocks.CharBlock):
    """One line of plain words."""

    checks = (refuse_line_breaks,)


class WordsBlock(PlainWords, blocks.TextBlock):
    """Plain words of one or more lines; an empty line starts a new paragraph."""
