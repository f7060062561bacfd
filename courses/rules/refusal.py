"""Why something cannot be, as data: a code for programs, a sentence that can be read aloud."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Refusal:
    """``code`` names the reason, ``message`` says it and how to mend it; ``field`` is where a form shows it."""

    code: str
    message: str
    field: str = ""
