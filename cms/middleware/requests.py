"""What is asked, whoever asks: guarded, logged, compressed, answered in plain words when refused."""

import logging
import time
import uuid

from csp.middleware import CSPMiddleware
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from cms.errors import ContentError
from cms.page_cache import is_kept
from cms.services.audit import coming_from
from cms.services.limits import sender

logger = logging.getLogger("cms.requests")

ALLOWED_METHODS = {"GET", "HEAD", "POST", "OPTIONS"}
ADMIN_METHODS = ALLOWED_METHODS | {"PUT", "PATCH", "DELETE"}
# Of what readers send; files are only taken in the staff area.
LONGEST_BODY = 1024 * 1024
# The admin's own scripts write styles and a few inline scripts; nothing foreign is let in there either.
ADMIN_POLICY = {
    "script-src": ["'self'", "'unsafe-inline'"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:"],
    "frame-src": ["'self'"],
}
# The editor shows its preview in a frame.
ADMIN_FRAMES = {"frame-ancestors": ["'self'"]}


def is_admin(request) -> bool:
    """True for the staff area, which follows Wagtail's rules."""
    return request.path_info.startswith("/admin/")


class RequestGuardMiddleware:
    """Refuses what no reader sends: strange methods (405), another character set (415), far too much (413), a
    zero byte (404).

    Django answers a form in utf-7 with a 500 and TRACE with the page; PostgreSQL takes no zero byte.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.method not in (ADMIN_METHODS if is_admin(request) else ALLOWED_METHODS):
            response = refused(request, 405, "这样打不开", "请用平常的办法打开网页。")
            response["Allow"] = ", ".join(sorted(ALLOWED_METHODS))
            return response
        charset = request.content_params.get("charset", "utf-8").strip("\"'").lower()
        if charset != "utf-8":
            return refused(request, 415, "这些字读不出来", "请换一个浏览器，再填一次。")
        if _is_too_long(request):
            return refused(request, 413, "送来的太多了", "请少写一些，再送一次。")
        if "\x00" in request.path_info:
            return not_found(request)
        return self.get_response(request)


def _is_too_long(request) -> bool:
    length = request.META.get("CONTENT_LENGTH") or "0"
    return not is_admin(request) and length.isdecimal() and (len(length) > 9 or int(length) > LONGEST_BODY)


class RefusalMiddleware:
    """Says in the staff area what our own rules refused, where Wagtail itself asks for no reason.

    Wagtail's forms show what is missing; its bulk actions and its approval of a moderated page do not, and
    what they had begun is undone by their transaction.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if not is_admin(request) or not isinstance(exception, ValidationError | ContentError):
            return None
        for message in getattr(exception, "messages", [str(exception)]):
            messages.error(request, message)
        return redirect(_back(request))


def _back(request) -> str:
    asked = request.POST.get("next") or request.GET.get("next") or request.headers.get("Referer", "")
    return asked if url_has_allowed_host_and_scheme(asked, {request.get_host()}) else "/admin/"


class CompressionMiddleware(GZipMiddleware):
    """Compresses what goes straight to the browser. What is kept is compressed by the page cache, once."""

    def process_response(self, request, response):
        return response if is_kept(request) else super().process_response(request, response)


class ContentPolicyMiddleware(CSPMiddleware):
    """The strict policy of django-csp on public pages, a wider one in the staff area."""

    def process_response(self, request, response):
        if is_admin(request):
            response._csp_update = ADMIN_POLICY
            response._csp_replace = ADMIN_FRAMES
        elif getattr(request, "is_preview", False):
            # Wagtail makes a preview like a reader's page, and shows it in the editor.
            response._csp_replace = ADMIN_FRAMES
        return super().process_response(request, response)


class RequestLogMiddleware:
    """One line per request, without address, query or name; the answer carries the line's number."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        started = time.perf_counter()
        request_id = uuid.uuid4().hex[:12]
        with coming_from(sender(request), lambda: getattr(request, "user", None)):
            response = self.get_response(request)
        response["X-Request-ID"] = request_id
        extra = {
            "request_id": request_id,
            "method": request.method if request.method in ADMIN_METHODS else "?",
            "path": loggable_path(request),
            "status": response.status_code,
            "milliseconds": round((time.perf_counter() - started) * 1000, 1),
        }
        logger.log(logging.ERROR if response.status_code >= 500 else logging.INFO, "request", extra=extra)
        return response


def loggable_path(request) -> str:
    """Return the address of a content page, else only its pattern: a pattern holds nobody's token."""
    match = getattr(request, "resolver_match", None)
    if match is None or match.url_name == "wagtail_serve":
        return request.path_info[:200]
    return "/" + match.route


def not_found(request):
    """Answer with the page for an address that leads nowhere."""
    return render(request, "404.html", status=404)


def refused(request, status: int, heading: str, message: str):
    """Answer with a friendly page that says what was refused."""
    context = {"heading": heading, "message": message, "debug": settings.DEBUG}
    return render(request, "cms/errors/refused.html", context, status=status)
