"""Structured logs: one JSON object a line, with no personal data in it.

Nothing is logged of a request but its method, path, status and time: no address, no query string, no
form values, no user name. Tracebacks carry code lines, never the values of variables.
"""

import json
import logging
from datetime import UTC, datetime

EXTRA_FIELDS = ("method", "path", "status", "milliseconds", "request_id", "job", "task", "by", "count")


class JsonFormatter(logging.Formatter):
    """Writes a record as one line of JSON with the fields named in EXTRA_FIELDS."""

    def format(self, record: logging.LogRecord) -> str:
        entry = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": _message(record),
        }
        entry |= {name: getattr(record, name) for name in EXTRA_FIELDS if hasattr(record, name)}
        if record.exc_info:
            entry["traceback"] = self.formatException(record.exc_info)
        return json.dumps(entry, ensure_ascii=False)


def _message(record: logging.LogRecord) -> str:
    """Django's own lines about a request name its address, and an address can hold a token."""
    message, request = record.getMessage(), getattr(record, "request", None)
    return message.replace(request.path, "…") if hasattr(request, "path") else message


def logging_for(level: str, *, as_json: bool) -> dict:
    """Return Django's LOGGING: everything of ``level`` and above to standard error.

    ``level`` is a name such as "INFO"; ``as_json`` chooses one JSON object a line over plain words.
    """
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {"()": JsonFormatter},
            "plain": {"format": "{levelname} {name}: {message}", "style": "{"},
        },
        "handlers": {
            "console": {"class": "logging.StreamHandler", "formatter": "json" if as_json else "plain"}
        },
        "root": {"handlers": ["console"], "level": level},
        # Django hands these to a console handler of its own under DEBUG; one handler is enough.
        "loggers": {"django": {"handlers": [], "level": level, "propagate": True}},
    }
