"""`/classes/<code>/enrol/`: a seat in a class, without an account.

No CSRF token: nothing the browser is trusted with is used, and what it says of another site's page is believed.
"""

import re

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from cms.rules import is_said_to_be_foreign
from cms.services.limits import sender, within_limit
from cms.services.prepared import TEXT, Prepared, as_object, row_names
from courses.errors import Refused
from courses.forms.enrolment import EnrolForm
from courses.models import CourseRun
from courses.services.enrolment.enrolling import Enrolled, enrol_person
from courses.views.enrolment_pages import CLOSED, already, form_again, new_form, no_more
from courses.views.keeping import form_token, keep_voucher

TOKEN = re.compile(r"[A-Za-z0-9_-]{1,64}")
VOUCHER = "my_enrolment"
TEN_MINUTES = 10 * 60
FOREIGN = "这张表不是从我们网站送来的。请在这里再按一次“报名”。"
TOO_MANY = "这里报名的人太多了。请过 10 分钟再来，或者打电话报名。"


class CannotTake(Exception):
    """The form is shown again, with what is in the way; ``status`` says it to programs."""

    def __init__(self, status: int):
        self.status = status
        super().__init__(status)


_RUN = Prepared(
    lambda code: (
        CourseRun.objects.published().filter(code=code).order_by().values_list(*row_names(CourseRun))
    ),
    TEXT,
)


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enrol_page(request, code: str):
    """Ask who comes, and lead to the voucher."""
    found = _RUN.rows(code)
    if not found:
        raise Http404
    run = as_object(CourseRun, found[0])
    token = _token(request)
    if request.method != "POST":
        return new_form(request, run, token)
    form = EnrolForm(request.POST)
    try:
        return _answer(request, run, _enrolled(request, run, form, token))
    except CannotTake as refused:
        return form_again(request, run, form, token, status=refused.status)
    except Refused as refusal:
        return no_more(request, run, form, token, refusal)


def _token(request) -> str:
    """Return the token that came with the form, where it looks like one; else this browser's."""
    sent = request.POST.get("token", "")
    return sent if TOKEN.fullmatch(sent) else form_token(request)


def _enrolled(request, run: CourseRun, form: EnrolForm, token: str) -> Enrolled:
    """Enrol who is in the form. Raises CannotTake, having written in the form what is in the way.

    Raises Refused where nothing in the form could be mended. Who waited too long for the class is answered by
    `cms.middleware.busy`, as everywhere: 503, and what they typed goes again with one tap.
    """
    if is_said_to_be_foreign(request.headers, request.get_host()):
        form.add_error(None, FOREIGN)
    if not form.is_valid():
        raise CannotTake(422)
    most = settings.ENROLMENTS_PER_ADDRESS
    if not within_limit("enrol", sender(request), most=most, seconds=TEN_MINUTES):
        form.add_error(None, TOO_MANY)
        raise CannotTake(429)
    try:
        return enrol_person(run=run, facts=form.facts(), wish=form.wish(token), now=timezone.now())
    except Refused as refusal:
        if refusal.code in CLOSED:
            raise
        form.refuse(refusal)
        raise CannotTake(422) from refusal


def _answer(request, run: CourseRun, done: Enrolled) -> HttpResponse:
    """Lead to the voucher whoever sent this very form; tell others no more than that it is done."""
    if not done.is_own:
        return already(request, run)
    response = redirect(VOUCHER)
    # So that going back does not send the form again.
    response.status_code = 303
    keep_voucher(response, done.enrolment, is_secure=request.is_secure())
    return response
