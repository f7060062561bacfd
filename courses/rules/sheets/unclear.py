"""What a reader gives back instead of a value."""

from dataclasses import dataclass

# What is repeated of a cell, so that a sentence stays a sentence.
LONGEST_QUOTE = 30


@dataclass(frozen=True)
class Unclear:
    """``problem`` says what is wrong with a cell, ``mend`` what to write instead; both without a full stop."""

    problem: str
    mend: str

    def __str__(self) -> str:
        return f"{self.problem}。{self.mend}。"


def quoted(written: str) -> str:
    """Return a cell's words in quotation marks, cut short."""
    words = " ".join(written.split())
    return f"“{words[:LONGEST_QUOTE]}{'…' if len(words) > LONGEST_QUOTE else ''}”"
