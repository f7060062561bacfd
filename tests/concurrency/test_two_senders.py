"""Two workers empty one outbox, and workers are killed in the middle: each message goes out once, and none is lost."""

import os
import subprocess
import sys
import threading
from collections import Counter
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.db.models import F

from courses.enums import MessageState
from courses.models import Message
from courses.services.messages import sending
from courses.services.messages.sending import LEASE, send_due
from tests.architecture.sources import ROOT
from tests.factories.dying import DYING
from tests.factories.enrolments import NOW, an_open_run, enrolled
from tests.factories.messages import GATEWAY, Gateway
from tests.factories.nodes import in_own_connection

pytestmark = pytest.mark.django_db(transaction=True)

LONGEST = 60
# How long one waits for the other to have looked as well; held back by a lock, it never comes.
TOGETHER = 1.5
MANY = 6


@pytest.fixture
def gateway(settings):
    settings.MESSAGES_ADAPTER = GATEWAY
    return Gateway.start_anew()


@pytest.fixture
def both_look_before_either_takes(gateway, monkeypatch):
    """Make two workers look each other in the eye between looking and claiming, and before the first is sent."""
    meetings = [threading.Barrier(2), threading.Barrier(2)]

    def meet(meeting):
        with suppress(threading.BrokenBarrierError):
            meeting.wait(TOGETHER)

    def meet_and_add(name):
        meet(meetings[0])
        return F(name)

    monkeypatch.setattr(sending, "F", meet_and_add)
    gateway.before = staticmethod(lambda number: meet(meetings[1]))
    # Else the lease, which is another one's by a millisecond, would be a second net.
    monkeypatch.setattr(sending, "monotonic", lambda: 0.0)


def sent_by_two() -> Counter:
    """Let two workers send at once; return how often each key was given."""
    enrolled(an_open_run(), MANY)
    errors = []

    @in_own_connection
    def go():
        try:
            send_due(now=NOW)
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=go, daemon=True) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(LONGEST)
    assert errors == []
    return Counter(key for key, _, _ in Gateway.given)


def test_two_workers_send_each_message_once(both_look_before_either_takes):
    given = sent_by_two()
    assert len(given) == MANY
    assert set(given.values()) == {1}
    assert set(Message.objects.values_list("state", flat=True)) == {MessageState.SENT}


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite lets one writer in at a time")
def test_control_without_the_claims_lock_they_send_twice(both_look_before_either_takes, monkeypatch):
    monkeypatch.setattr(sending, "_held", lambda rows: rows)
    assert max(sent_by_two().values()) == 2
    assert connection.vendor == "postgresql"


SEND = """
import sys, django
from datetime import datetime
django.setup()
from courses.services.messages.sending import send_due
send_due(now=datetime.fromisoformat(sys.argv[1]))
"""


def in_a_process(now: datetime, folder: Path, **environment: str) -> int:
    """Send what is due in a process of its own, on this test's database; return how it ended."""
    name = connection.settings_dict["NAME"]
    url = f"sqlite:///{name}" if connection.vendor == "sqlite" else f"postgres://postgres@/{name}"
    here = {
        "DJANGO_SETTINGS_MODULE": "cms.settings.test",
        "DATABASE_URL": url,
        "MESSAGES_FOLDER": str(folder),
        "VAR_DIR": str(folder.parent),
    }
    command = [sys.executable, "-c", SEND, now.isoformat()]
    return subprocess.run(
        command, cwd=ROOT, env=os.environ | here | environment, check=False, timeout=LONGEST * 3
    ).returncode


@pytest.mark.parametrize(("dies", "written"), [("before", 2), ("after", 3)])
def test_a_killed_worker_loses_nothing_and_nothing_goes_out_twice(tmp_path, dies, written):
    enrolled(an_open_run(), MANY)
    folder = tmp_path / "messages"
    assert in_a_process(NOW, folder, MESSAGES_ADAPTER=DYING, DIES=dies, DIES_AT="3") == -9
    first = {path.name: path.stat().st_mtime_ns for path in folder.glob("*.txt")}
    assert len(first) == written
    assert Counter(Message.objects.values_list("state", flat=True)) == {"sent": 2, "claimed": MANY - 2}
    after = NOW + LEASE + timedelta(minutes=1)
    assert in_a_process(after, folder, MESSAGES_ADAPTER="file") == 0
    last = {path.name: path.stat().st_mtime_ns for path in folder.glob("*.txt")}
    assert set(last) == {f"{pk}.txt" for pk in Message.objects.values_list("pk", flat=True)}
    # What was out already was not written again.
    assert first.items() <= last.items()
    assert set(Message.objects.values_list("state", flat=True)) == {MessageState.SENT}
