"""The page behind the link on a log-in slip: setting one's first password.

The proof in the address is moved into the session at once: the page with the form has an address that tells nothing.
Opening the link uses nothing up, so that a messenger that looks at links does no harm.
"""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from cms.forms import FirstPasswordForm
from cms.services.first_passwords import set_first_password, whose_link

LINK = "first_password"


@never_cache
def enter(request, who, proof):
    """Take the proof out of the address; say so when the link is no good any more."""
    if whose_link(who, proof) is None:
        response = _used_up(request)
    else:
        request.session[LINK] = [who, proof]
        response = redirect("first_password")
    return _unseen(response, referrer="no-referrer")


@never_cache
@sensitive_post_parameters()
def choose(request):
    """Ask for the password twice and set it; then one logs in with it."""
    who, proof = request.session.get(LINK, ("", ""))
    user = whose_link(who, proof)
    if user is None:
        return _unseen(_used_up(request))
    form = FirstPasswordForm(user, request.POST or None)
    if form.is_valid():
        password = form.cleaned_data["new_password1"]
        if not set_first_password(who=who, proof=proof, password=password):
            return _unseen(_used_up(request))
        del request.session[LINK]
        messages.success(request, "密码设好了。请用账号名和这个密码登录。")
        return _unseen(redirect("wagtailadmin_login"))
    status = 422 if form.errors else 200
    return _unseen(render(request, "cms/first_password.html", {"form": form}, status=status))


def _used_up(request):
    return render(request, "cms/first_password_used_up.html", status=410)


def _unseen(response, *, referrer: str = "same-origin"):
    """No search engine, no cache keeps it. With no-referrer a browser sends no Origin, and a form is refused."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = referrer
    return response
