"""The files of the project, as the architecture tests see them."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
APPS = ("cms", "courses", "handbook")


def files(pattern: str) -> list[Path]:
    """Return the files of the three apps that match, without migrations and caches."""
    found = (path for app in APPS for path in (ROOT / app).rglob(pattern))
    return [path for path in found if path.is_file() and "migrations" not in path.parts]


def kept_files() -> list[Path]:
    """Return what git keeps, or would keep with the next commit."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    names = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    paths = (ROOT / name for name in names.split("\0") if name)
    return [path for path in paths if path.is_file()]


def shown(path: Path) -> str:
    """Return the path as a developer writes it."""
    return str(path.relative_to(ROOT))


def lines(path: Path) -> int:
    """Return how many lines the file has."""
    return len(path.read_text(encoding="utf-8").splitlines())
