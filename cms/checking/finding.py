"""What a check says: where, what, how to mend it, and how much it matters."""

from dataclasses import dataclass

from django.db.models import TextChoices


class Severity(TextChoices):
    """How much a finding matters. Neither stops publishing: what must not go on line is refused elsewhere."""

    MEND = "mend", "要改"
    LOOK = "look", "看一看"


@dataclass(frozen=True)
class Spot:
    """A place on a page, in words, and where it stands in the editor.

    ``block`` is the id of a StreamField block; it is empty for a field of the page itself.
    """

    where: str
    field: str = ""
    block: str = ""

    @property
    def anchor(self) -> str:
        """The place in the editor's form."""
        return f"block-{self.block}-section" if self.block else f"id_{self.field}"


@dataclass(frozen=True)
class Finding:
    """One thing to look at. ``check`` is the code of the check that found it."""

    spot: Spot
    message: str
    how_to_mend: str
    severity: Severity = Severity.MEND
    check: str = ""
