import io
import os

import pytest
from django.core.management import call_command

from cms.management.commands import run_jobs
from cms.management.commands.run_jobs import input_closes_within, run_forever


@pytest.mark.django_db
def test_once_names_what_ran():
    out = io.StringIO()
    call_command("run_jobs", stdout=out)
    assert out.getvalue().split() == [
        "waiting-lists",
        "reminders",
        "messages",
        "purge-message-files",
        "purge-expired",
        "seal",
        "purge-sheets",
        "publish-scheduled",
        "package-tasks",
        "purge-package-tasks",
        "purge-log-in-attempts",
        "purge-sessions",
    ]


def waits(*answers: bool):
    """A wait that asks no clock: it answers in turn whether to stop."""
    left = iter(answers)
    return lambda seconds: next(left)


@pytest.fixture
def runs(monkeypatch) -> list:
    times: list = []
    monkeypatch.setattr(run_jobs, "run_due", lambda *, now: times.append(now))
    monkeypatch.setattr(run_jobs, "close_old_connections", lambda: None)
    return times


def test_for_ever_goes_on_until_it_is_told_to_stop(runs):
    run_forever(wait=waits(False, False, True))
    assert len(runs) == 2
    assert runs[0].tzinfo is not None


def test_the_keyboard_stops_it_without_a_traceback(runs):
    def interrupted(seconds):
        raise KeyboardInterrupt

    run_forever(wait=interrupted)
    assert runs == []


@pytest.mark.django_db
def test_the_command_waits_for_its_input_to_close(runs, monkeypatch):
    monkeypatch.setattr(run_jobs, "input_closes_within", waits(False, True))
    call_command("run_jobs", "--forever")
    assert len(runs) == 1


def test_an_open_input_means_going_on_and_a_closed_one_stopping(monkeypatch):
    reading, writing = os.pipe()
    with os.fdopen(reading) as stdin:
        monkeypatch.setattr("sys.stdin", stdin)
        assert input_closes_within(0) is False
        os.close(writing)
        assert input_closes_within(0) is True
