"""`/enrolments/`: finding an enrolment again, by its voucher and something only the person knows.

Without a token, so that it also works where no cookie is kept: it does nothing but ask.
"""

from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from cms.rules import is_said_to_be_foreign
from cms.services.limits import sender
from courses.errors import Refused
from courses.forms.mine import LookUpForm
from courses.services.enrolment.guessing import look_up_within_limits
from courses.views.keeping import keep_voucher, kept_enrolment
from courses.views.mine.own import private, see_other

WRONG, TOO_MANY = 422, 429


@private
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def look_up(request):
    """Ask for voucher and proof; show the enrolment they belong to."""
    if request.method != "POST":
        return _asked(request, LookUpForm())
    form = LookUpForm(request.POST)
    if not form.is_valid():
        return _asked(request, form, status=WRONG)
    try:
        if is_said_to_be_foreign(request.headers, request.get_host()):
            raise Refused("elsewhere", "请在这一页再按一次“查报名”。")
        found = look_up_within_limits(sender=sender(request), **form.cleaned_data)
    except Refused as refusal:
        form.refuse(refusal)
        return _asked(request, form, status=TOO_MANY if refusal.code == "too-many" else WRONG)
    response = see_other("my_enrolment")
    keep_voucher(response, found, is_secure=request.is_secure())
    return response


@private
@require_safe
def closed(request):
    """Say that this browser shows the voucher no more."""
    return render(request, "courses/mine/closed.html")


def _asked(request, form: LookUpForm, *, status: int = 200):
    context = {"form": form, "is_kept": kept_enrolment(request) is not None}
    return render(request, "courses/mine/look_up.html", context, status=status)
