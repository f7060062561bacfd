"""A gateway whose worker is killed at a chosen message, for tests with real processes."""

import os
import signal

from courses.services.messages.adapters import FileFolder


class DyingGateway(FileFolder):
    """Writes files; at the message numbered DIES_AT (1 is the first) the worker is killed, before or after writing."""

    count = 0

    def send(self, key: str, number: str, words: str) -> None:
        DyingGateway.count += 1
        is_the_one = DyingGateway.count == int(os.environ["DIES_AT"])
        if is_the_one and os.environ["DIES"] == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        super().send(key, number, words)
        if is_the_one:
            os.kill(os.getpid(), signal.SIGKILL)


DYING = "tests.factories.dying.DyingGateway"
