"""Typed readers of environment variables that fail loudly, at start, with the variable's name."""

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

_TRUE = {"1", "true", "yes", "on"}
_FALSE = {"0", "false", "no", "off", ""}
_MISSING = object()


def text(name: str, default: object = _MISSING) -> str:
    """Return the variable as it stands.

    Raises ImproperlyConfigured when it is unset or empty and there is no default.
    """
    value = os.environ.get(name, "")
    if value:
        return value
    if default is _MISSING:
        raise ImproperlyConfigured(f"请设置环境变量 {name}。")
    return str(default)


def flag(name: str, default: bool = False) -> bool:
    """Return the variable as yes or no (1/true/yes/on, 0/false/no/off)."""
    value = os.environ.get(name, "1" if default else "0").strip().lower()
    if value in _TRUE:
        return True
    if value in _FALSE:
        return False
    raise ImproperlyConfigured(f"环境变量 {name} 要写 1 或 0，现在是 {value!r}。")


def number(name: str, default: int) -> int:
    """Return the variable as a whole number."""
    value = os.environ.get(name, "") or str(default)
    try:
        return int(value)
    except ValueError:
        raise ImproperlyConfigured(f"环境变量 {name} 要写整数，现在是 {value!r}。") from None


def at_least(name: str, least: int, *, default: int) -> int:
    """Return the variable as a whole number that is not below ``least``."""
    value = number(name, default)
    if value < least:
        raise ImproperlyConfigured(f"环境变量 {name} 不能小于 {least}，现在是 {value}。")
    return value


def items(name: str, default: str = "") -> list[str]:
    """Return a comma-separated variable as a list, empty entries dropped."""
    return [item.strip() for item in os.environ.get(name, default).split(",") if item.strip()]


def secret(name: str) -> str:
    """Return a secret that must be at least 50 characters long."""
    return _long_enough(name, text(name))


def secrets(name: str) -> list[str]:
    """Return comma-separated secrets, at least one, each at least 50 characters long."""
    return [_long_enough(name, value) for value in items(name) or [text(name)]]


def _long_enough(name: str, value: str) -> str:
    if len(value) < 50:
        raise ImproperlyConfigured(f"环境变量 {name} 太短：要 50 个字符以上。")
    return value


def database(name: str, default: str) -> dict:
    """Return a DATABASES entry from a URL: ``sqlite:///path`` or ``postgres://user:password@host:port/name``."""
    url = urlsplit(text(name, default))
    if url.scheme == "sqlite":
        return _sqlite(Path("/" + unquote(url.path).lstrip("/")))
    if url.scheme in {"postgres", "postgresql"}:
        return _postgres(url, _port(name, url))
    raise ImproperlyConfigured(f"环境变量 {name} 要以 sqlite:// 或 postgres:// 开头。")


def _sqlite(path: Path) -> dict:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        # Opening the file and setting it up costs a quarter of a page.
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
        },
    }


def _port(name: str, url) -> str:
    try:
        return str(url.port or "")
    except ValueError:
        raise ImproperlyConfigured(f"环境变量 {name} 里的端口要写数字。") from None


# Nobody waits longer for a lock than SQLite lets them, and who vanished in the middle holds nothing for long.
POSTGRES_LIMITS = "-c lock_timeout=20s -c idle_in_transaction_session_timeout=60s"


def _postgres(url, port: str) -> dict:
    is_pooled = flag("DATABASE_POOLED")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": url.path.lstrip("/"),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": url.hostname or "",
        "PORT": port,
        "CONN_MAX_AGE": number("DATABASE_CONN_MAX_AGE", 60),
        "CONN_HEALTH_CHECKS": True,
        # PgBouncer takes no such options: there the role has them (docs/operations.md).
        "OPTIONS": {} if is_pooled else {"options": POSTGRES_LIMITS},
        # PgBouncer in transaction mode cannot keep a cursor open between statements.
        "DISABLE_SERVER_SIDE_CURSORS": is_pooled,
    }


def cache(name: str) -> dict:
    """Return a CACHES entry: in-process when the variable is empty, else Redis or Valkey by URL."""
    url = os.environ.get(name, "")
    if not url:
        return {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    if urlsplit(url).scheme not in {"redis", "rediss", "unix", "valkey"}:
        raise ImproperlyConfigured(f"环境变量 {name} 要以 redis:// 或 unix:// 开头。")
    location = url.replace("valkey://", "redis://", 1)
    return {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": location}
