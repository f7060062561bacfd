import socket

import pytest
from django.core.exceptions import ImproperlyConfigured

from cms.management.starting.ports import listening_address


@pytest.fixture
def taken_port():
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield server.getsockname()[1]


def test_port_and_host_come_from_the_environment(monkeypatch, taken_port):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    monkeypatch.setenv("PORT", str(port))
    assert listening_address() == ("127.0.0.1", port)
    monkeypatch.setenv("HOST", "0.0.0.0")
    assert listening_address() == ("0.0.0.0", port)


def test_a_taken_port_is_named_with_the_way_out(monkeypatch, taken_port):
    monkeypatch.setenv("PORT", str(taken_port))
    with pytest.raises(
        ImproperlyConfigured, match=f"端口 {taken_port} 已经被别的程序占用.*PORT=8001 make run"
    ):
        listening_address()


@pytest.mark.parametrize("port", ["0", "-1", "65536"])
def test_a_port_out_of_range_is_refused(monkeypatch, port):
    monkeypatch.setenv("PORT", port)
    with pytest.raises(ImproperlyConfigured, match="1 到 65535"):
        listening_address()


def test_a_port_that_is_no_number_is_refused(monkeypatch):
    monkeypatch.setenv("PORT", "八千")
    with pytest.raises(ImproperlyConfigured, match="PORT"):
        listening_address()


@pytest.mark.parametrize(
    ("error", "words"),
    [(PermissionError(), "没有权限用端口 80"), (socket.gaierror(), "HOST"), (OSError(), "端口 80 已经被")],
)
def test_every_refusal_of_the_system_has_words(monkeypatch, error, words):
    def refuse(host, port):
        raise error

    monkeypatch.setenv("PORT", "80")
    monkeypatch.setattr("cms.management.starting.ports._try", refuse)
    with pytest.raises(ImproperlyConfigured, match=words):
        listening_address()
