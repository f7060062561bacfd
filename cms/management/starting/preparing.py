"""Brings database, content and static files to where the code wants them; leaves alone what is there."""

import time
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from cms.management.starting import fingerprints

Say = Callable[[str], object]


def prepare(say: Say) -> None:
    """Migrate, seed, load the demo content and collect the static files, as far as anything changed."""
    Path(settings.VAR_DIR).mkdir(parents=True, exist_ok=True)
    migrate(say)
    call_command("seed", verbosity=0)
    load_demo(say)
    if not settings.DEBUG:
        collect_static(say)


def migrate(say: Say) -> None:
    """Migrate, unless the files and the database are as the last run left them."""
    if fingerprints.unchanged("migrations", fingerprints.of_migrations()):
        return
    # Another database, or another shape of it: what was loaded into the last one is not here.
    fingerprints.forget("migrations", "demo")
    _timed(say, "正在建库（第一次约 20 秒）", lambda: call_command("migrate", verbosity=0))
    fingerprints.remember("migrations", fingerprints.of_migrations())


def load_demo(say: Say) -> None:
    """Load the demo content, unless the packages are those of the last run."""
    fingerprint = fingerprints.of_demo()
    if fingerprints.unchanged("demo", fingerprint):
        return
    _timed(say, "正在装入演示内容", lambda: call_command("seed_demo"))
    fingerprints.remember("demo", fingerprint)


def collect_static(say: Say) -> None:
    """Collect and compress the static files, unless they are there already."""
    fingerprint = fingerprints.of_static()
    collected = Path(settings.STATIC_ROOT, "staticfiles.json").exists()
    if collected and fingerprints.unchanged("static", fingerprint):
        return
    _timed(
        say,
        "正在收集并压缩静态文件（第一次约半分钟）",
        lambda: call_command("collectstatic", interactive=False, verbosity=0),
    )
    fingerprints.remember("static", fingerprint)


def _timed(say: Say, what: str, do: Callable[[], object]) -> None:
    say(f"{what}……")
    started = time.monotonic()
    do()
    say(f"  好了，用了 {time.monotonic() - started:.0f} 秒。")
