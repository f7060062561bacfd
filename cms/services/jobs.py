"""The jobs that a clock sets off: a register of them, and running those that are due.

A job is registered in the ``jobs.py`` of its app:

    @job("send-reminders", every=timedelta(minutes=10))
    def send_reminders() -> None: ...

It must do no harm when it runs more often than asked: a restart forgets when it ran last.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.cache import cache

from cms.services.locks import sole_run

logger = logging.getLogger("cms.jobs")


@dataclass(frozen=True)
class Job:
    """A job: its name in logs, what it does, and how long it rests between two runs."""

    name: str
    function: Callable[[], object]
    every: timedelta

    @property
    def cache_key(self) -> str:
        return f"job-last-run:{self.name}"

    def is_due(self, now: datetime) -> bool:
        """True when it never ran, or not for as long as it rests."""
        last = cache.get(self.cache_key)
        return last is None or now - last >= self.every


JOBS: dict[str, Job] = {}


def job(name: str, *, every: timedelta) -> Callable[[Callable[[], object]], Callable[[], object]]:
    """Register the decorated function as the job ``name``. Raises ValueError when the name is taken."""

    def register(function: Callable[[], object]) -> Callable[[], object]:
        if name in JOBS:
            raise ValueError(f"there is a job called {name} already")
        JOBS[name] = Job(name, function, every)
        return function

    return register


def run_due(*, now: datetime) -> list[str]:
    """Run the jobs that are due at ``now``, one after the other; return the names of those that went well.

    A job that fails is logged and tried again when it is due next. Nothing is done while another process is
    running jobs.
    """
    with sole_run("run_jobs") as alone:
        return [each.name for each in JOBS.values() if each.is_due(now) and _run(each, now)] if alone else []


def _run(each: Job, now: datetime) -> bool:
    cache.set(each.cache_key, now, timeout=None)
    try:
        each.function()
    except Exception:
        logger.exception("job failed", extra={"job": each.name})
        return False
    logger.info("job done", extra={"job": each.name})
    return True
