"""What an import changed, or would change, told so that whoever confirms it knows what will happen."""

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Part:
    """One thing that is different on a page: what it is called, and its words before and after."""

    label: str
    before: str
    after: str


@dataclass
class Change:
    """One page, shared step or file that is new or different."""

    summary: str
    # The same without the fields' names in the file, for those who see the parts.
    heading: str = ""
    parts: list[Part] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


@dataclass
class ImportReport:
    """What an import changed, or would change; empty when everything is there already."""

    title: str
    found: list[Change] = field(default_factory=list)
    # The package's own page, once it is there.
    page: Any = None

    @property
    def changes(self) -> list[str]:
        """The changes, a line each."""
        return [change.summary for change in self.found]

    def tell(self, *summaries: str) -> None:
        """Add changes of which there is no more to say."""
        self.found += [Change(summary) for summary in summaries]

    def plain(self) -> list[dict[str, Any]]:
        """Return the changes as they are kept with the task."""
        return [asdict(change) for change in self.found]
