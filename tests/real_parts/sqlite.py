"""SQLite as a file: a template is a file too, kept in var/ until the code changes."""

import fcntl
import shutil
from pathlib import Path

from tests.real_parts.templates import ROOT, fingerprint, run_builder

STORE = ROOT / "var" / "test-templates"
KEPT = 4


class SqliteDatabases:
    """Hands out copies of the template files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def clone(self, name: str, stage: str) -> str:
        """Put a fresh copy of the template ``stage`` where ``name`` was; return what settings call NAME."""
        target = self.folder / f"{name}.sqlite3"
        self.drop(name)
        shutil.copyfile(_template(stage), target)
        return str(target)

    def drop(self, name: str) -> None:
        """Remove the copy with its journals: a left-over journal would be played into the next copy."""
        for suffix in ("", "-wal", "-shm"):
            (self.folder / f"{name}.sqlite3{suffix}").unlink(missing_ok=True)


def _template(stage: str) -> Path:
    path = STORE / f"{stage}-{fingerprint(stage)}.sqlite3"
    if path.exists():
        return path
    STORE.mkdir(parents=True, exist_ok=True)
    with (STORE / "lock").open("w") as lock:
        # The workers start together: the first builds, the others wait for what it built.
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            _build(stage, path)
    return path


def _build(stage: str, path: Path) -> None:
    unfinished = path.with_suffix(".unfinished")
    unfinished.unlink(missing_ok=True)
    if stage == "demo":
        shutil.copyfile(_template_beneath_lock("seeded"), unfinished)
    run_builder(stage, f"sqlite:///{unfinished}")
    unfinished.rename(path)
    for old in sorted(STORE.glob(f"{stage}-*.sqlite3"), key=lambda file: file.stat().st_mtime)[:-KEPT]:
        old.unlink()


def _template_beneath_lock(stage: str) -> Path:
    path = STORE / f"{stage}-{fingerprint(stage)}.sqlite3"
    if not path.exists():
        _build(stage, path)
    return path
