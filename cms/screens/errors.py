"""What goes wrong when a drawn screen is read: every fault, with its line, in words a designer can act on."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ScreenError:
    """One fault. `line` counts from 1; `message` is a Chinese sentence without the line number."""

    line: int
    message: str

    def __str__(self) -> str:
        return f"第 {self.line} 行：{self.message}"


class ScreenErrors(ValueError):
    """All faults of one text, in the order of its lines."""

    def __init__(self, errors):
        self.errors = sorted(errors, key=lambda error: error.line)
        super().__init__("\n".join(map(str, self.errors)))
