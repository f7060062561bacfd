import select
import sys
from collections.abc import Callable

from django.core.management.base import BaseCommand
from django.db import close_old_connections
from django.utils import timezone
from django.utils.module_loading import autodiscover_modules

from cms.services.jobs import run_due

SECONDS_BETWEEN = 30


class Command(BaseCommand):
    """Runs the due jobs once (a timer calls it in production), or for ever beside `make run`."""

    help = "执行到点的任务：定时发布等。加 --forever 每 30 秒看一次。"
    # A check of the whole project twice a minute would cost more than the jobs.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser):
        parser.add_argument("--forever", action="store_true", help="每 30 秒看一次，标准输入关闭时停下")

    def handle(self, *args, **options):
        autodiscover_modules("jobs")
        if options["forever"]:
            run_forever(wait=input_closes_within)
            return
        for name in run_due(now=timezone.now()):
            self.stdout.write(name)


def run_forever(*, wait: Callable[[float], bool]) -> None:
    """Run the due jobs again and again; ``wait(seconds)`` pauses, and tells whether to stop."""
    try:
        while not wait(SECONDS_BETWEEN):
            close_old_connections()
            run_due(now=timezone.now())
            close_old_connections()
    except KeyboardInterrupt:
        # Ctrl-C reaches the server and this process alike; the server says good-bye for both.
        return


def input_closes_within(seconds: float) -> bool:
    """Wait until standard input is closed, at most ``seconds``; tell whether it is.

    `up` holds the other end: even when it is killed, its end closes, and this process goes too.
    """
    readable, _, _ = select.select([sys.stdin], [], [], seconds)
    return bool(readable) and not sys.stdin.read(1)
