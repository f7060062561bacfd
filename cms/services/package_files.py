"""The files of package tasks: zips on their way in or out, and how far each task is.

They lie in one folder under VAR_DIR, which several machines have to share. How far a task is stands in a file as
well: an import is one transaction, and with SQLite nobody else could write meanwhile.
"""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from django.conf import settings

from cms.errors import PackageError
from cms.models import PackageTask
from cms.services.packages.archive import MAX_TOTAL


def folder() -> Path:
    """Return the folder, made if it is not there."""
    path = Path(settings.VAR_DIR) / "packages"
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def path_of(task: PackageTask) -> Path:
    """Return where the task's zip lies."""
    return folder() / task.file_name


def new_name() -> str:
    """Return a name nobody can guess."""
    return f"{secrets.token_hex(16)}.zip"


def store(chunks: Iterable[bytes], name: str) -> str:
    """Write an upload under ``name``; return its SHA-256. Raises PackageError when it is too big."""
    digest, size = hashlib.sha256(), 0
    with (folder() / name).open("wb") as file:
        for chunk in chunks:
            size += len(chunk)
            if size > MAX_TOTAL:
                file.close()
                (folder() / name).unlink()
                raise PackageError([f"内容太大了，最多 {MAX_TOTAL // 1024 // 1024} MB。"])
            digest.update(chunk)
            file.write(chunk)
    return digest.hexdigest()


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def note_progress(task: PackageTask, done: int, total: int) -> None:
    """Write down how many pages are done; whoever reads meanwhile reads the old numbers or the new."""
    fresh = _progress_path(task).with_suffix(".new")
    fresh.write_text(f"{done} {total}")
    fresh.replace(_progress_path(task))


def progress_of(task: PackageTask) -> tuple[int, int]:
    """Return how many pages are done, and of how many; (0, 0) before the first."""
    try:
        done, total = _progress_path(task).read_text().split()
    except (OSError, ValueError):
        return task.done, task.total
    return int(done), int(total)


def forget(task: PackageTask) -> None:
    """Delete the task's files."""
    _progress_path(task).unlink(missing_ok=True)
    if task.file_name:
        path_of(task).unlink(missing_ok=True)


def forget_strays(*, before: datetime) -> None:
    """Delete what was written before then: no task is that old, so whoever wrote it was killed."""
    for path in folder().iterdir():
        if path.stat().st_mtime < before.timestamp():
            path.unlink(missing_ok=True)


def _progress_path(task: PackageTask) -> Path:
    return folder() / f"{task.pk}.progress"
