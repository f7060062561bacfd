"""Somebody else holds what is asked for, too long: the answer is "please try again", never a 500."""

import logging

from django.db import OperationalError
from django.shortcuts import render

from cms.middleware.requests import is_admin

logger = logging.getLogger("cms.requests")

SECONDS = 5
# PostgreSQL's: a lock waited for too long, two that wait for each other, two that cannot both have been first.
POSTGRES = {"55P03", "40P01", "40001"}
SQLITE = ("SQLITE_BUSY", "SQLITE_LOCKED")


class BusyMiddleware:
    """Says that it did not work this time, and lets readers send again what they typed with one tap.

    The transaction was undone as a whole, so that sending it again is as good as the first time.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if not is_busy(exception):
            return None
        logger.warning("busy")
        # An editor's form has hundreds of fields and its own way to keep them.
        is_readers = request.method == "POST" and not is_admin(request)
        typed = [(name, value) for name, values in request.POST.lists() for value in values]
        context = {"typed": typed if is_readers else []}
        response = render(request, "cms/errors/busy.html", context, status=503)
        response["Retry-After"] = str(SECONDS)
        response["Cache-Control"] = "no-store"
        return response


def is_busy(error: BaseException) -> bool:
    """True for what goes away by itself: a lock that somebody else holds."""
    cause = error.__cause__
    if not isinstance(error, OperationalError) or cause is None:
        return False
    name = getattr(cause, "sqlite_errorname", "")
    return getattr(cause, "sqlstate", None) in POSTGRES or name.startswith(SQLITE)
