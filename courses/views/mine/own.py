"""What every page about one person's enrolment has in common."""

from collections.abc import Callable
from functools import wraps

from django.shortcuts import redirect
from django.utils.cache import add_never_cache_headers

from courses.views.keeping import kept_enrolment


def see_other(name: str):
    """Lead on after a form, to a page that can be loaded again."""
    response = redirect(name)
    response.status_code = 303
    return response


def private(view: Callable) -> Callable:
    """No cache keeps it, no search engine lists it, and no other site learns of it by a Referer.

    Not ``no-referrer``: browsers would then send their forms with the Origin "null", which Django refuses.
    """

    @wraps(view)
    def answering(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        add_never_cache_headers(response)
        response["X-Robots-Tag"] = "noindex"
        response["Referrer-Policy"] = "same-origin"
        return response

    return answering


def of_one_enrolment(view: Callable) -> Callable:
    """Give the view the enrolment whose voucher this browser may see; without one, lead to the look-up.

    What stands in the address the view gets by name.
    """

    @private
    @wraps(view)
    def answering(request, **captured):
        enrolment = kept_enrolment(request)
        return see_other("enrolments") if enrolment is None else view(request, enrolment, **captured)

    return answering
