"""Plain words: what every other block is made of. No markup, no control characters."""

import unicodedata

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


class LineBlock(blocks.CharBlock):
    """One line of plain words."""

    def __init__(self, **kwargs):
        super().__init__(validators=[refuse_control_characters, refuse_line_breaks], **kwargs)


class WordsBlock(blocks.TextBlock):
    """Plain words of one or more lines; an empty line starts a new paragraph."""

    def __init__(self, **kwargs):
        super().__init__(validators=[refuse_control_characters], **kwargs)
