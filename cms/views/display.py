from urllib.parse import urlsplit

from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache

from cms.forms import DisplayForm
from cms.services.display import COOKIE, COOKIE_AGE, Display


@never_cache
def display(request):
    """Show and keep how a reader wants the pages: size of the words, colours, kind of phone.

    The way for readers without scripts; with scripts the same cookie is written on the page itself.
    """
    back = _safe(
        request, request.POST.get("next") or request.GET.get("next") or request.headers.get("Referer", "")
    )
    chosen = Display.of(request)
    form = DisplayForm(request.POST if request.method == "POST" else None, initial=chosen.as_dict())
    if form.is_valid():
        response = redirect(back)
        response.set_cookie(
            COOKIE, Display(**form.cleaned_data).as_cookie(), max_age=COOKIE_AGE, samesite="Lax"
        )
        return response
    status = 422 if form.is_bound else 200
    return render(request, "cms/display.html", {"form": form, "next": back}, status=status)


def _safe(request, target: str) -> str:
    """Return where to go back to: a page of this site other than this form, else home."""
    ours = url_has_allowed_host_and_scheme(target, {request.get_host()})
    return target if ours and urlsplit(target).path != request.path else "/"
