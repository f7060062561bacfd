"""Folders for files that only the program reads: never below what the web server gives out."""

import os
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


def private_folder(setting: str) -> Path:
    """Return the folder that a setting names. Raises ImproperlyConfigured for one below media or static."""
    folder = Path(getattr(settings, setting)).resolve()
    public = [Path(each).resolve() for each in (settings.MEDIA_ROOT, settings.STATIC_ROOT) if each]
    if any(folder.is_relative_to(each) for each in public):
        raise ImproperlyConfigured(f"{setting} 不能放在 media 或者 static 里：那里谁都看得到。")
    return folder


def write_new(path: Path, data: bytes) -> None:
    """Write a file that only the program reads, all the way to the disk. Raises FileExistsError where there is one."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
