import io
from contextlib import nullcontext

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command

from cms.management.commands import up
from cms.services.demo import demo_logins


@pytest.fixture
def steps(monkeypatch) -> list:
    """What `up` did, in order, without doing it."""
    done: list = []
    monkeypatch.setattr(up, "listening_address", lambda: ("127.0.0.1", 8123))
    monkeypatch.setattr(up, "prepare", lambda say: done.append("prepare"))
    monkeypatch.setattr(up, "jobs_running", lambda: nullcontext(done.append("jobs")))
    monkeypatch.setattr(up, "serve", lambda host, port: done.append((host, port)))
    monkeypatch.setattr(up.connections, "close_all", lambda: done.append("close"))
    return done


def run() -> str:
    out = io.StringIO()
    call_command("up", stdout=out)
    return out.getvalue()


def test_it_prepares_before_it_serves_and_forks_without_connections(steps):
    run()
    assert steps == ["prepare", "close", "jobs", ("127.0.0.1", 8123)]


def test_it_prints_the_address_and_every_demo_log_in(steps):
    said = run()
    assert "http://127.0.0.1:8123/\n" in said
    assert len(demo_logins()) >= 3
    for role, username, password in demo_logins():
        assert any({role, username, password} <= set(line.split()) for line in said.splitlines()), role


def test_a_taken_port_stops_it_before_anything_is_touched(steps, monkeypatch):
    def refuse():
        raise ImproperlyConfigured("端口 8123 已经被别的程序占用")

    monkeypatch.setattr(up, "listening_address", refuse)
    with pytest.raises(CommandError, match="端口 8123"):
        run()
    assert steps == []


@pytest.mark.parametrize(("host", "warned"), [("0.0.0.0", True), ("127.0.0.1", False), ("::1", False)])
def test_demo_passwords_on_an_open_network_are_warned_of(steps, monkeypatch, host, warned):
    monkeypatch.setattr(up, "listening_address", lambda: (host, 8123))
    assert ("密码是公开的" in run()) is warned


def test_an_address_of_version_6_is_written_in_brackets(steps, monkeypatch):
    monkeypatch.setattr(up, "listening_address", lambda: ("::1", 8123))
    assert "http://[::1]:8123/\n" in run()
