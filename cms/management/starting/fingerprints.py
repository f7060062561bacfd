"""What a preparation was made from, as a hash: the same hash next time means there is nothing to do."""

import hashlib
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from cms.hooks import DEMO_CONTENT, ask
from cms.screens import DRAWING_VERSION

BUILDERS = ("django", "wagtail", "whitenoise")


def of_migrations() -> str:
    """Hash the migration files of all apps and what the database says it has applied.

    The database's own word is in it, so a database that was removed or exchanged is noticed.
    """
    files = (path for app in apps.get_app_configs() for path in Path(app.path, "migrations").glob("*.py"))
    applied = sorted(MigrationRecorder(connection).applied_migrations())
    return _hash([_database(), settings.INSTALLED_APPS, applied], files)


def of_demo() -> str:
    """Hash the content packages, what makes the demo site out of them and how screens are drawn."""
    folders = [Path(path) for paths in ask(DEMO_CONTENT) for path in paths]
    makers = [app / "services" for app in _own_apps()]
    files = [path for folder in [*folders, *makers] for path in folder.rglob("*")]
    return _hash([_database(), DRAWING_VERSION], files)


def of_static() -> str:
    """Hash our own static files and the versions of the packages that bring theirs."""
    files = [path for app in _own_apps() for path in (app / "static").rglob("*")]
    return _hash([settings.INSTALLED_APPS, [version(name) for name in BUILDERS]], files)


def unchanged(name: str, fingerprint: str) -> bool:
    """True when ``name`` was prepared from just this last time."""
    path = _path(name)
    return path.exists() and path.read_text() == fingerprint


def remember(name: str, fingerprint: str) -> None:
    """Note what ``name`` was prepared from."""
    path = _path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(fingerprint)


def forget(*names: str) -> None:
    """Let the preparations ``names`` run again next time, whatever they are made from."""
    for name in names:
        _path(name).unlink(missing_ok=True)


def _own_apps() -> list[Path]:
    paths = [Path(app.path) for app in apps.get_app_configs()]
    return [path for path in paths if path.parent == settings.BASE_DIR]


def _path(name: str) -> Path:
    return Path(settings.VAR_DIR, "up", name)


def _database() -> list[str]:
    return [str(connection.settings_dict.get(key, "")) for key in ("ENGINE", "HOST", "PORT", "NAME")]


def _hash(facts: list, files: Iterable[Path]) -> str:
    digest = hashlib.sha256(repr(facts).encode())
    for path in sorted(files):
        if path.is_file() and path.suffix != ".pyc":
            digest.update(str(path).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
