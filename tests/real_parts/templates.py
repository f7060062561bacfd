"""What both kinds of database need: running the builder, and a fingerprint of what a template is made of."""

import hashlib
import os
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).parents[2]
STAGES = ("seeded", "demo")


class BuildFailed(Exception):
    """A template could not be built; the message is what the builder printed."""


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


def _sources(stage: str) -> list[Path]:
    patterns = ["*.py"] if stage == "seeded" else ["*.py", "content/**/*.*"]
    apps = [ROOT / name for name in ("cms", "courses", "handbook")]
    return [path for app in apps for pattern in patterns for path in app.rglob(pattern) if path.is_file()]
