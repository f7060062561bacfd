"""`/classes/<code>/enrol/`: a seat in a class, without an account.

No CSRF token: nothing the browser is trusted with is used, and what it says of another site's page is believed.
"""

from django.conf import settings
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from cms.rules import is_said_to_be_foreign
from cms.services.limits import sender, within_limit
from courses.enums import RunState
from courses.errors import Refused
from courses.forms.enrolment import EnrolForm
from courses.models import CourseRun
from courses.services.enrolment.enrolling import enrol_person
from courses.services.seats import states_of
from courses.views.keeping import form_token, keep_form_token, keep_voucher

VOUCHER = "my_enrolment"
TEN_MINUTES = 10 * 60
FOREIGN = "这张表不是从我们网站送来的。请在这里再填一次。"
TOO_MANY = "这里报名的人太多了。请过 10 分钟再来，或者打电话报名。"


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enrol_page(request, code: str):
    """Ask who comes, and lead to the voucher."""
    run, now = _run(code), timezone.now()
    token = form_token(request)
    if request.method != "POST":
        return _page(request, run, EnrolForm(initial={"token": token, "filled_by": "self"}), token)
    form = EnrolForm(request.POST)
    if is_said_to_be_foreign(request.headers, request.get_host()):
        form.add_error(None, FOREIGN)
    if not form.is_valid():
        return _page(request, run, form, token, status=422)
    most = settings.ENROLMENTS_PER_ADDRESS
    if not within_limit("enrol", sender(request), most=most, seconds=TEN_MINUTES):
        form.add_error(None, TOO_MANY)
        return _page(request, run, form, token, status=429)
    try:
        done = enrol_person(run=run, facts=form.facts(), wish=form.wish(token), now=now)
    except Refused as refusal:
        form.refuse(refusal)
        return _page(request, run, form, token, status=422)
    if not done.is_own:
        return render(request, "courses/enrolment/already.html", {"run": run})
    response = redirect(VOUCHER)
    response.status_code = 303
    keep_voucher(response, done.enrolment, is_secure=request.is_secure())
    return response


def _run(code: str) -> CourseRun:
    found = CourseRun.objects.published().select_related("organiser", "venue").filter(code=code).first()
    if found is None:
        raise Http404
    return found


def _page(request, run: CourseRun, form: EnrolForm, token: str, *, status: int = 200):
    state, seats = states_of([run], now=timezone.now())[run.pk]
    context = {"run": run, "form": form, "state": state, "seats": seats, "states": RunState}
    response = render(request, "courses/enrolment/form.html", context, status=status)
    keep_form_token(response, form["token"].value() or token, is_secure=request.is_secure())
    return response
