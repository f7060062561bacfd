"""Sending what is due: never twice, never lost, never at night.

A batch is claimed in a short transaction, for the length of a lease; then each message is worded from the rows as they
are, handed over, and put down as sent. Whoever is killed in between leaves the lease to run out: the message is taken
up again under the same key, which the adapter knows (docs/decisions/0026-messages.md).
"""

import logging
from datetime import datetime, timedelta
from time import monotonic

from django.db import connection, transaction
from django.db.models import F

from courses.enums import MessageState
from courses.models import Message
from courses.models.message import MessageQuerySet
from courses.rules.messages import may_be_told_at
from courses.services.messages.adapters import Adapter, TryLater, Undeliverable, the_adapter
from courses.services.messages.telling import Telling, tellings
from courses.services.messages.truth import drop, still_true

logger = logging.getLogger("courses.messages")

# At ten seconds each a batch is done in half its lease.
LEASE, BATCH = timedelta(minutes=6), 18
# What the other jobs can wait for.
LONGEST_RUN = timedelta(seconds=40)
# How long to wait before trying again; after the last time somebody rings up.
BACK_OFF = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120))
# So often in a row, and the gateway is taken to be down.
DOWN_AFTER = 3


class _Down(Exception):
    """The gateway takes nothing now."""


def send_due(*, now: datetime) -> int:
    """Send what is due until nothing is, or the time for it is over; return how many were handed over.

    Whom no short message reaches goes onto the call list.
    """
    run = _Run(the_adapter(), now)
    try:
        while run.may_go_on() and run.take_batch():
            pass
    except _Down:
        logger.warning("gateway takes nothing")
    return run.sent


def drop_from_call_list(*, now: datetime) -> int:
    """Take off the call list what nobody need be told any more; return how many."""
    return drop(Message.objects.to_call(), now=now)


class _Run:
    """One go at what is due."""

    def __init__(self, adapter: Adapter | None, now: datetime) -> None:
        self.adapter, self.began, self.begin = adapter, monotonic(), now
        self.sent = self.failed_in_a_row = 0

    @property
    def now(self) -> datetime:
        return self.begin + timedelta(seconds=monotonic() - self.began)

    def may_go_on(self) -> bool:
        """True by day, while there is time."""
        now = self.now
        return now - self.begin < LONGEST_RUN and may_be_told_at(now) == now

    def take_batch(self) -> bool:
        """Claim some and send them; False when nothing is due."""
        until = self.now + LEASE
        ids = claim(now=self.now, until=until)
        mine = Message.objects.filter(pk__in=ids, state=MessageState.CLAIMED, claimed_until=until)
        drop(mine, now=self.now)
        for telling in tellings(still_true(mine, now=self.now).order_by("due_at", "pk"), now=self.now):
            # Half a lease is left for the one that is under way.
            if until - self.now < LEASE / 2:
                _give_back(mine)
                return False
            self._tell(telling, mine.filter(pk=telling.message.pk))
            if self.failed_in_a_row == DOWN_AFTER:
                _give_back(mine)
                raise _Down
        return bool(ids)

    def _tell(self, telling: Telling, row: MessageQuerySet) -> None:
        reader, message = telling.written_to, telling.message
        # Taken up more often than it can fail: it takes its worker along each time.
        if reader is None or self.adapter is None or message.attempts > len(BACK_OFF) + 1:
            _to_call_list(row)
            return
        try:
            # Numbers of the demonstration are nobody's, or a stranger's.
            if not message.is_demo:
                self.adapter.send(str(message.pk), reader.number, telling.words)
        except Undeliverable:
            _to_call_list(row)
        except Exception as error:
            self.failed_in_a_row += 1
            if not isinstance(error, TryLater):
                # Without what it says: an exception of a gateway's library may name the number.
                logger.error("adapter failed: %s", type(error).__name__)
            _later(row, message.attempts, now=self.now)
        else:
            self.failed_in_a_row = 0
            self.sent += row.update(state=MessageState.SENT, claimed_until=None, done_at=self.now)


@transaction.atomic
def claim(*, now: datetime, until: datetime) -> list[int]:
    """Take up a batch of what is due, so that nobody else does until then; return the ids."""
    ids = list(_held(Message.objects.due(now=now)).values_list("pk", flat=True)[:BATCH])
    if ids:
        taken = Message.objects.filter(pk__in=ids)
        taken.update(state=MessageState.CLAIMED, claimed_until=until, attempts=F("attempts") + 1)
    return ids


def _held(rows: MessageQuerySet) -> MessageQuerySet:
    """Lock rows, passing over those that others hold; on SQLite the transaction has the database to itself."""
    return rows.select_for_update(skip_locked=True) if connection.vendor == "postgresql" else rows


def _give_back(rows: MessageQuerySet) -> None:
    """Let others take these up at once: nobody tried them."""
    rows.update(state=MessageState.WAITING, claimed_until=None, attempts=F("attempts") - 1)


def _later(row: MessageQuerySet, attempts: int, *, now: datetime) -> None:
    """Try again after a while; whoever was tried often enough is rung up."""
    if attempts > len(BACK_OFF):
        _to_call_list(row)
        return
    again = may_be_told_at(now + BACK_OFF[attempts - 1])
    row.update(state=MessageState.WAITING, claimed_until=None, due_at=again)


def _to_call_list(row: MessageQuerySet) -> None:
    """From here on attempts are calls."""
    row.update(state=MessageState.TO_CALL, claimed_until=None, attempts=0)
