"""The kept answers of one process, those nobody reads given up when there is no room."""

import threading
from collections import OrderedDict
from collections.abc import Hashable

from cms.page_cache.answers import Answer

# One long answer must not drive out all others.
LARGEST_SHARE = 8


class Shelf:
    """Room for answers up to ``room`` bytes; safe to be used by several threads."""

    def __init__(self, room: int) -> None:
        self.room = room
        self.filled = 0
        self._answers: OrderedDict[Hashable, Answer] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._answers)

    def get(self, key: Hashable) -> Answer | None:
        """Return the answer kept under ``key``.

        Without the lock: every reader would wait at it. A mark says that somebody read it.
        """
        answer = self._answers.get(key)
        if answer is not None:
            answer.read = True
        return answer

    def put(self, key: Hashable, answer: Answer) -> None:
        """Keep an answer in the place of the one before."""
        with self._lock:
            self._drop(key)
            if answer.size * LARGEST_SHARE > self.room:
                return
            self._answers[key] = answer
            self.filled += answer.size
            while self.filled > self.room:
                self._make_room()

    def _make_room(self) -> None:
        """Give up the oldest answer; one that was read since it was last looked at gets another turn."""
        key, answer = next(iter(self._answers.items()))
        if answer.read:
            answer.read = False
            self._answers.move_to_end(key)
        else:
            self._drop(key)

    def _drop(self, key: Hashable) -> None:
        answer = self._answers.pop(key, None)
        if answer is not None:
            self.filled -= answer.size
