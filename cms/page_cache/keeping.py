"""How a view says that its answer is the same for everyone who asks the same."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponse

# Where in a request's environment the layer in front leaves its offer to keep the answer.
PLACE = "cms.page_cache.offer"


class Offer:
    """The layer's offer to keep the answer to one request; nothing is kept unless a view takes it up."""

    taken = False


def keep(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Let ``response`` be given to every reader who asks the same; return it.

    Only for what depends on nothing but the address and the reader's choices. Browsers are to ask each time
    whether theirs is still good, which costs them a line and keeps every page fresh.
    """
    response.headers.setdefault("Cache-Control", _asked_each_time(request))
    control = response.headers["Cache-Control"]
    offer = request.META.get(PLACE)
    # A view that said otherwise itself, or fell back to an error, has the last word.
    for_all = "private" not in control and "no-store" not in control
    if offer is not None and for_all and response.status_code == 200 and not response.streaming:
        offer.taken = True
    return response


def kept(view: Callable) -> Callable:
    """Let the answers of a whole view be kept."""

    @wraps(view)
    def keeping(request, *args, **kwargs):
        return keep(request, view(request, *args, **kwargs))

    return keeping


def is_kept(request: HttpRequest) -> bool:
    """True when the layer in front will keep the answer; it wants it uncompressed."""
    offer = request.META.get(PLACE)
    return offer is not None and offer.taken


def _asked_each_time(request: HttpRequest) -> str:
    # No store between us and a browser may hold what somebody logged in has seen.
    logged_in = settings.SESSION_COOKIE_NAME in request.COOKIES
    return "private, no-cache" if logged_in else "no-cache"
