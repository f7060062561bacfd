"""What both kinds of database need: running the builder, and a fingerprint of what a template is made of."""

import hashlib
import os
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).parents[2]
# Each stage is built on a copy of the one before. What decides what it holds, as patterns below each app:
STAGES = {
    "migrated": ("migrations/*.py",),
    "seeded": ("**/*.py", "data/*.*"),
    "demo": ("**/*.py", "data/*.*", "content/**/*.*"),
}


class BuildFailed(Exception):
    """A template could not be built; the message is what the builder printed."""


def before(stage: str) -> str | None:
    """Return the stage that ``stage`` is built on, or None for the first."""
    names = list(STAGES)
    place = names.index(stage)
    return names[place - 1] if place else None


def run_builder(stage: str, database_url: str) -> None:
    """Build ``stage`` on the database at ``database_url``, in a process of its own.

    Raises BuildFailed with the builder's output.
    """
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "cms.settings.test", "DATABASE_URL": database_url}
    command = [sys.executable, "-m", "tests.real_parts.build", stage]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise BuildFailed(f"{stage}: {done.stdout}{done.stderr}")


def fingerprint(stage: str) -> str:
    """Return a hash over all that decides what a template of ``stage`` holds."""
    digest = hashlib.sha256(f"{stage} {version('django')} {version('wagtail')}".encode())
    for path in sorted(_sources(stage)):
        digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _sources(stage: str) -> set[Path]:
    apps = [ROOT / name for name in ("cms", "courses", "handbook")]
    return {path for app in apps for pattern in STAGES[stage] for path in app.glob(pattern) if path.is_file()}
