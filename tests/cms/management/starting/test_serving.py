import multiprocessing
import subprocess
import sys
import threading

import pytest

from cms.management.starting import serving


def test_the_server_is_given_the_address_and_the_site(monkeypatch):
    served = {}

    class Server:
        def __init__(self, target, **options):
            served.update(options, target=target)

        def serve(self, target_loader):
            served["loader"] = target_loader

    monkeypatch.setattr(serving, "Granian", Server)
    serving.serve("127.0.0.1", 8123)
    assert served["target"] == "cms.wsgi:application"
    assert (served["address"], served["port"]) == ("127.0.0.1", 8123)
    assert served["loader"] is serving.load_application


def test_the_worker_gets_the_application_and_watches_its_parent(monkeypatch):
    watching = threading.Event()
    groups: list[tuple[int, int]] = []
    monkeypatch.setattr(serving, "_leave_with_parent", watching.set)
    monkeypatch.setattr(serving.os, "setpgid", lambda *group: groups.append(group))
    application = serving.load_application("cms.wsgi:application")
    assert callable(application)
    assert groups == [(0, 0)]
    assert watching.wait(5)


def test_the_worker_leaves_when_its_parent_is_gone(monkeypatch):
    left: list[int] = []

    class Gone:
        def join(self):
            return None

    monkeypatch.setattr(multiprocessing, "parent_process", Gone)
    monkeypatch.setattr(serving.os, "_exit", left.append)
    serving._leave_with_parent()
    assert left == [1]


def test_outside_a_worker_nobody_leaves(monkeypatch):
    left = []
    monkeypatch.setattr(multiprocessing, "parent_process", lambda: None)
    monkeypatch.setattr(serving.os, "_exit", left.append)
    serving._leave_with_parent()
    assert left == []


@pytest.fixture
def child(monkeypatch) -> list[subprocess.Popen]:
    """The process that stands in for `run_jobs --forever`: it waits for its input to close."""
    started: list[subprocess.Popen] = []

    def start(command, **options):
        assert command[-2:] == ["run_jobs", "--forever"]
        started.append(real([sys.executable, "-c", "import sys; sys.stdin.read()"], **options))
        return started[0]

    real = subprocess.Popen
    monkeypatch.setattr(serving.subprocess, "Popen", start)
    return started


def test_the_jobs_run_beside_the_server_and_stop_with_it(child):
    with serving.jobs_running():
        assert child[0].poll() is None
    assert child[0].poll() is not None


def test_the_jobs_stop_too_when_the_server_fails(child):
    with pytest.raises(RuntimeError), serving.jobs_running():
        raise RuntimeError
    assert child[0].poll() is not None
