"""How a short message leaves the house: the one thing to write for a gateway. `docs/operations.md` says how.

MESSAGES_ADAPTER names the adapter: "" none, so that everybody is rung up; ``console``, ``file``, or the dotted path of
a class of one's own. No gateway is made believe.
"""

import os
import re
import secrets
import sys
from datetime import datetime
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string

from cms.services.private_folder import private_folder, write_new
from courses.rules.phones import masked

# A message of FileFolder by its key, and one that is still being written.
OURS = re.compile(r"\d+\.txt|\.\d+-[0-9a-f]{16}")


class Undeliverable(Exception):
    """This number will never get it: it does not exist, or wants none. Somebody rings up instead."""


class TryLater(Exception):
    """It did not work this time: the gateway is down, or too busy."""


class Adapter(Protocol):
    """Hands a message to a gateway."""

    def send(self, key: str, number: str, words: str) -> None:
        """Return once the gateway has taken it: a mobile ``number`` of 11 digits, at most 70 signs of ``words``.

        A ``key`` that was taken before is done already: return, and send nothing. After a crash the same key comes
        again, minutes or hours later. Take no longer than 10 seconds. Neither number nor words go into a log, nor into
        an exception's words. Raises Undeliverable, TryLater.
        """


class Console:
    """For development: shows what would be sent, the number masked. It knows a key again for a week."""

    def send(self, key: str, number: str, words: str) -> None:
        if cache.add(f"message-sent:{key}", True, 7 * 24 * 60 * 60):
            sys.stdout.write(f"短信 {masked(number)} {words}\n")
            sys.stdout.flush()


class FileFolder:
    """A file for each message in MESSAGES_FOLDER, named by its key, for whoever hands them on; only the owner reads.

    The first line is the number, the second the words. A file appears whole or not at all, and never twice while it
    lies there.
    """

    def __init__(self) -> None:
        self.folder = private_folder("MESSAGES_FOLDER")

    def send(self, key: str, number: str, words: str) -> None:
        target = self.folder / f"{key}.txt"
        if target.exists():
            return
        draft = self.folder / f".{key}-{secrets.token_hex(8)}"
        try:
            write_new(draft, f"{number}\n{words}\n".encode())
            # Unlike a renaming, this fails where there is one already.
            os.link(draft, target)
        except FileExistsError:
            return
        except OSError as error:
            raise TryLater(type(error).__name__) from None
        finally:
            draft.unlink(missing_ok=True)


def purge_files(*, before: datetime) -> int:
    """Delete what FileFolder wrote before a moment, and drafts of a process that was killed; return how many.

    Numbers are in them, so it does not ask which adapter is in use now: another may have been before.
    """
    ours = [path for path in Path(settings.MESSAGES_FOLDER).glob("*") if OURS.fullmatch(path.name)]
    return sum(_delete_if_older(path, before.timestamp()) for path in ours)


def _delete_if_older(path: Path, moment: float) -> bool:
    try:
        if path.stat().st_mtime >= moment:
            return False
        path.unlink()
    except FileNotFoundError:
        # Whoever hands them on took it away meanwhile.
        return False
    return True


SHIPPED: dict[str, type[Adapter]] = {"console": Console, "file": FileFolder}


def the_adapter() -> Adapter | None:
    """Return the adapter that MESSAGES_ADAPTER names, None for none. Raises ImproperlyConfigured."""
    name = settings.MESSAGES_ADAPTER
    if not name:
        return None
    try:
        chosen: type[Adapter] = SHIPPED[name] if name in SHIPPED else import_string(name)
    except ImportError:
        raise ImproperlyConfigured(
            f"MESSAGES_ADAPTER 写的 {name!r} 找不到。可以写 console、file，或者一个类的完整路径；空着就是全部打电话。"
        ) from None
    return chosen()
