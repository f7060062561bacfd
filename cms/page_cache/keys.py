"""What two requests must have in common to get the same answer."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from urllib.parse import parse_qsl

from django.conf import settings
from django.http.cookie import parse_cookie

Environ = dict
# (the choices' cookie, ?phone=) -> what a page is drawn by; equal choices give equal values.
Choices = Callable[[str, str], Hashable]

METHODS = {"GET", "HEAD"}
# Never looked at, whatever a view says.
NEVER = ("/admin/", "/documents/", "/static/", "/media/", "/search/", "/display/")
# What chat programs and campaigns hang on an address; no view reads them.
CARRIED_ALONG = {
    *(
        "from",
        "isappinstalled",
        "scene",
        "subscene",
        "clicktime",
        "enterid",
        "ascene",
        "devicetype",
        "nettype",
    ),
    *("wx_header", "exportkey", "pass_ticket", "sessionid", "nsukey", "wxshare_count", "weixinadkey", "spm"),
    *("utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content"),
}
LONGEST_QUERY = 400


@dataclass(frozen=True)
class Keys:
    """Makes the key of a request, or None when it must be answered by Django each time.

    ``choices`` draws together what a reader chose: the value of ``cookie`` and the phone in the address.
    """

    cookie: str
    choices: Choices

    def of(self, environ: Environ) -> Hashable | None:
        path = environ.get("PATH_INFO", "")
        if environ["REQUEST_METHOD"] not in METHODS or path.startswith(NEVER) or environ.get("SCRIPT_NAME"):
            return None
        if "HTTP_AUTHORIZATION" in environ or not environ.get("HTTP_HOST"):
            return None
        cookies = parse_cookie(environ["HTTP_COOKIE"]) if environ.get("HTTP_COOKIE") else {}
        if settings.SESSION_COOKIE_NAME in cookies:
            return None
        asked = _query(environ.get("QUERY_STRING", ""))
        if asked is None:
            return None
        choices = self.choices(cookies.get(self.cookie, ""), asked.get("phone", ""))
        return environ["HTTP_HOST"], _is_secure(environ), path, asked.get("page", ""), choices


def _query(query: str) -> dict[str, str] | None:
    """Return the parameters that pages are drawn by; None when there is one that nobody here knows."""
    if not query:
        return {}
    if len(query) > LONGEST_QUERY:
        return None
    asked = dict(parse_qsl(query, keep_blank_values=True))
    if not asked.keys() <= {"phone", "page"} | CARRIED_ALONG:
        return None
    page = asked.get("page", "")
    # "?page=٣" is a number too, and "?page=last" is none: rare enough to be drawn each time.
    return asked if not page or (page.isascii() and page.isdigit() and len(page) <= 3) else None


def _is_secure(environ: Environ) -> bool:
    """Pages name their own address in full: with https or without."""
    header = settings.SECURE_PROXY_SSL_HEADER
    if header and header[0] in environ:
        return environ[header[0]].split(",")[0].strip() == header[1]
    return environ.get("wsgi.url_scheme") == "https"
