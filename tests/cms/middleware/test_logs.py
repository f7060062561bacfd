"""One line a request, and nothing in it that says who asked or what for."""

import json
import logging

import pytest
from django.test import Client

from cms.middleware import loggable_path
from cms.settings.logs import JsonFormatter, logging_for
from tests.factories.pages import a_lesson

SECRETS = ["13800138000", "203.0.113.9", "geheim-cookie", "wer-bin-ich", "张三"]


class Lines(logging.Handler):
    """Keeps what would be written, as production writes it."""

    def __init__(self):
        super().__init__()
        self.setFormatter(JsonFormatter())
        self.written: list[str] = []

    def emit(self, record):
        self.written.append(self.format(record))


@pytest.fixture
def lines():
    handler, root = Lines(), logging.getLogger()
    names = ("cms.requests", "django.request", "django")
    before = [(logging.getLogger(name), logging.getLogger(name).level) for name in names] + [
        (root, root.level)
    ]
    for logger, _ in before:
        logger.setLevel("INFO")
    root.addHandler(handler)
    yield handler.written
    root.removeHandler(handler)
    for logger, level in before:
        logger.setLevel(level)


def ask(path, method="get", **kwargs):
    client = Client(raise_request_exception=False)
    client.cookies["session"] = "geheim-cookie"
    headers = {"x-forwarded-for": "203.0.113.9", "user-agent": "wer-bin-ich"}
    return getattr(client, method)(path, headers=headers, REMOTE_ADDR="203.0.113.9", **kwargs)


@pytest.mark.django_db
def test_a_request_is_one_line_of_json(lines):
    response = ask("/courses/?q=张三&phone=13800138000")
    (line,) = [line for line in lines if '"cms.requests"' in line]
    entry = json.loads(line)
    assert "\n" not in line
    assert entry["method"] == "GET"
    assert entry["path"] == "/courses/"
    assert entry["status"] == 200
    assert entry["milliseconds"] > 0
    assert entry["request_id"] == response["X-Request-ID"]
    assert set(entry) == {
        "time", "level", "logger", "message", "method", "path", "status", "milliseconds", "request_id"
    }  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "method", "kwargs"),
    [
        ("/search/?q=张三 13800138000", "get", {}),
        ("/display/", "post", {"data": {"size": "张三", "next": "/13800138000"}}),
        ("/nicht-da/?phone=13800138000", "get", {}),
        ("/l/MED-1/?who=张三", "get", {}),
        ("/l/13800138000/", "get", {}),
        ("/l/13800138000/", "post", {}),
    ],
)
def test_no_line_holds_anything_personal(lines, path, method, kwargs):
    ask(path, method, **kwargs)
    written = "".join(lines)
    assert written
    assert not [secret for secret in SECRETS if secret in written]


@pytest.mark.django_db
def test_failure_is_an_error_with_code_lines_and_no_values(lines, monkeypatch):
    def fail(self, request, *args, **kwargs):
        name = "张三"
        raise RuntimeError(f"{len(name)}")

    monkeypatch.setattr("cms.models.HomePage.get_context", fail)
    assert ask("/?q=张三").status_code == 500
    entries = [json.loads(line) for line in lines]
    assert {"error"} == {entry["level"] for entry in entries}
    assert any("RuntimeError" in entry.get("traceback", "") for entry in entries)
    assert not [secret for secret in SECRETS if secret in "".join(lines).replace('name = "张三"', "")]


@pytest.mark.django_db
def test_content_page_is_logged_by_its_address(lines):
    lesson = a_lesson()
    ask(lesson.url)
    assert json.loads(lines[-1])["path"] == lesson.url


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "logged"),
    [
        ("/l/MED-1/", "/l/<slug:code>/"),
        ("/screens/0123.svg", "/screens/<slug:digest>.svg"),
        ("/healthz", "/healthz"),
        ("/admin/password_reset/confirm/Mg/set-geheim/", "/admin/password_reset/confirm/<uidb64>/<token>/"),
    ],
)
def test_other_addresses_are_logged_by_their_pattern(lines, path, logged):
    ask(path)
    paths = [json.loads(line).get("path") for line in lines if '"cms.requests"' in line]
    assert paths == [logged]


def test_address_nobody_matched_is_cut(rf):
    assert loggable_path(rf.get("/" + "x" * 500)) == "/" + "x" * 199


@pytest.mark.django_db
def test_strange_method_is_not_written_out(lines):
    Client().generic("张三", "/")
    (line,) = [line for line in lines if '"cms.requests"' in line]
    assert json.loads(line)["method"] == "?"


def test_formatter_leaves_out_what_it_was_not_told_to_write():
    record = logging.makeLogRecord(
        {"msg": "x %s", "args": ("y",), "user": "张三", "job": "seal", "levelname": "INFO"}
    )
    entry = json.loads(JsonFormatter().format(record))
    assert (entry["message"], entry["job"]) == ("x y", "seal")
    assert "user" not in entry


@pytest.mark.parametrize(("as_json", "name"), [(True, "json"), (False, "plain")])
def test_everything_goes_to_one_handler(as_json, name):
    logs = logging_for("WARNING", as_json=as_json)
    assert logs["handlers"]["console"]["formatter"] == name
    assert logs["root"] == {"handlers": ["console"], "level": "WARNING"}
    assert logs["loggers"]["django"]["handlers"] == []
