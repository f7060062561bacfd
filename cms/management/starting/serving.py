"""The web server and the process that runs the jobs beside it; they live and die together."""

import multiprocessing
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.conf import settings
from django.utils.module_loading import import_string
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels


def serve(host: str, port: int) -> None:
    """Serve until Ctrl-C or SIGTERM."""
    server = Granian(
        "cms.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        blocking_threads=4,
        # When enrolment opens, everybody comes in the same second: let them wait, not be turned away.
        backlog=4096,
        log_level=LogLevels.warning,
        workers_kill_timeout=5,
    )
    server.serve(target_loader=load_application)


def load_application(target: str) -> Callable:
    """Return the WSGI application, in the worker process."""
    # Ctrl-C goes to the whole group. The worker is to hear of it once, from its server: hearing it twice at
    # the same moment has left it hanging.
    os.setpgid(0, 0)
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    return import_string(target.replace(":", "."))


def _leave_with_parent() -> None:
    # A server that is killed cannot stop its worker, which would go on holding the port.
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


@contextmanager
def jobs_running() -> Iterator[None]:
    """Keep `run_jobs --forever` running; it stops when its standard input closes: at the latest with us."""
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "run_jobs", "--forever"]
    child = subprocess.Popen(command, stdin=subprocess.PIPE, process_group=0)
    try:
        yield
    finally:
        child.terminate()
        child.wait(timeout=10)
