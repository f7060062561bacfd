"""报名凭证 and 查我的报名: only as much as the form needs to lead somewhere."""

from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from courses.views.keeping import kept_enrolment


@never_cache
@require_safe
def my_enrolment(request):
    """Show the voucher this browser may see."""
    found = kept_enrolment(request)
    return HttpResponse(found.voucher if found else "", content_type="text/plain; charset=utf-8")


@never_cache
@require_safe
def look_up(request):
    """Lead to a voucher by its number."""
    return HttpResponse("", content_type="text/plain; charset=utf-8")
