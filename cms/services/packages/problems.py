"""What is wrong with a package, gathered, so that its author mends all of it in one go."""

from dataclasses import dataclass, field

from cms.errors import PackageError

MOST_SHOWN = 50


@dataclass
class Problems:
    """Problems found so far, each with its file, its line where there is one, and the reason."""

    found: list[str] = field(default_factory=list)

    def add(self, file: str, line: int | None, reason: str) -> None:
        """Note a problem at a place."""
        place = f"{file} 第 {line} 行" if line else file
        self.found.append(f"{place}：{reason}")

    def refuse_if_any(self) -> None:
        """Raise PackageError when there is at least one."""
        if self.found:
            rest = len(self.found) - MOST_SHOWN
            tail = [f"还有 {rest} 处，先改好上面的再导入。"] if rest > 0 else []
            raise PackageError(self.found[:MOST_SHOWN] + tail)
