"""/check-in/…: what a learner sees who scans the code at the door. Nobody is named; nothing counts by a GET."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from cms.services.limits import sender
from courses.errors import Refused
from courses.forms.check_in import CheckInForm
from courses.services.roll_call.check_in import HERE_ALREADY, session_behind
from courses.services.roll_call.guessing import check_in_within_limits


# The code at the door is the only authority there is: a browser brings none of its own.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check_in(request, token: str):
    """Ask for four digits, then put the learner down as there."""
    now = timezone.now()
    try:
        session = session_behind(token, now=now)
    except Refused as refusal:
        return _refused(request, refusal, status=404)
    form = CheckInForm(request.POST if request.method == "POST" else None)
    if not form.is_bound:
        return _asked(request, session, form)
    if not form.is_valid():
        return _asked(request, session, form, status=422)
    return _put_down(request, session, form, token, now)


def _put_down(request, session, form: CheckInForm, token: str, now):
    try:
        line = check_in_within_limits(token=token, now=now, sender=sender(request), **form.said())
    except Refused as refusal:
        return _not_found(request, session, form, refusal)
    words = "签到好了。请进去坐。" if line else HERE_ALREADY
    return render(request, "courses/check_in/done.html", {"session": session, "words": words})


def _not_found(request, session, form: CheckInForm, refusal: Refused):
    if refusal.code == "too-many":
        return _refused(request, refusal, status=429)
    form.refuse(refusal)
    return _asked(request, session, form, status=422)


def _asked(request, session, form: CheckInForm, *, status: int = 200):
    return render(request, "courses/check_in/ask.html", {"session": session, "form": form}, status=status)


def _refused(request, refusal: Refused, *, status: int):
    context = {"heading": "现在签不了到", "message": str(refusal)}
    return render(request, "cms/errors/refused.html", context, status=status)
