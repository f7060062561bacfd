"""The address that `make run` serves at."""

import socket

from django.core.exceptions import ImproperlyConfigured

from cms.settings import env


def listening_address() -> tuple[str, int]:
    """Return (host, port) from HOST and PORT.

    Raises ImproperlyConfigured, in words for the person at the keyboard, when the port cannot be used.
    """
    host, port = env.text("HOST", "127.0.0.1"), env.number("PORT", 8000)
    if not 1 <= port <= 65535:
        raise ImproperlyConfigured(f"环境变量 PORT 要在 1 到 65535 之间，现在是 {port}。")
    try:
        _try(host, port)
    except PermissionError:
        raise ImproperlyConfigured(f"没有权限用端口 {port}，请换一个：PORT=8001 make run") from None
    except OSError as error:
        raise ImproperlyConfigured(_taken(host, port, error)) from None
    return host, port


def _try(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        # Without this, a port would count as taken for a minute after the last server left it.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind((host, port))


def _taken(host: str, port: int, error: OSError) -> str:
    if isinstance(error, socket.gaierror):
        return f"环境变量 HOST 写的地址用不了：{host}"
    other = 8001 if port != 8001 else 8002
    return f"端口 {port} 已经被别的程序占用，网站没有启动。请换一个端口：PORT={other} make run"
