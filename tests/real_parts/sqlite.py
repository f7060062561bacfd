"""SQLite as a file: a template is a file too, kept in var/ until what it is made of changes."""

import fcntl
import shutil
from functools import cache
from itertools import count
from pathlib import Path

from tests.real_parts.templates import ROOT, before, fingerprint, run_builder

STORE = ROOT / "var" / "test-templates"
KEPT = 4


class SqliteDatabases:
    """Hands out copies of the template files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.numbers = count(1)

    def clone(self, name: str, stage: str) -> str:
        """Make a fresh copy of the template ``stage`` instead of ``name``; return what settings call NAME.

        Each copy has a number: a server thread that is still answering must not write its journal into the
        next one.
        """
        self.drop(name)
        target = self.folder / f"{name}-{next(self.numbers)}.sqlite3"
        shutil.copyfile(_template(stage), target)
        return str(target)

    def drop(self, name: str) -> None:
        """Remove the copy with its journals."""
        for file in self.folder.glob(f"{name}-*"):
            file.unlink(missing_ok=True)


# One look for each run: code that is being written meanwhile is for the next run.
@cache
def _template(stage: str) -> Path:
    STORE.mkdir(parents=True, exist_ok=True)
    with (STORE / "lock").open("w") as lock:
        # The workers start together: the first builds, the others wait for what it built.
        fcntl.flock(lock, fcntl.LOCK_EX)
        return _built(stage)


def _built(stage: str) -> Path:
    path = STORE / f"{stage}-{fingerprint(stage)}.sqlite3"
    if not path.exists():
        unfinished = path.with_suffix(".unfinished")
        unfinished.unlink(missing_ok=True)
        if previous := before(stage):
            shutil.copyfile(_built(previous), unfinished)
        run_builder(stage, f"sqlite:///{unfinished}")
        unfinished.rename(path)
        _forget_old(stage)
    path.touch()
    return path


def _forget_old(stage: str) -> None:
    for old in sorted(STORE.glob(f"{stage}-*.sqlite3"), key=lambda file: file.stat().st_mtime)[:-KEPT]:
        old.unlink()
