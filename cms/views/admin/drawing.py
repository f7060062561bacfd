"""The screen beside its text, drawn anew while somebody types. Nothing is kept."""

from django.http import HttpResponseBadRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from wagtail.admin.auth import permission_required

from cms import screens
from cms.enums import PhoneKind
from cms.services.roles import MAY_WRITE

LONGEST = 1000


@require_POST
@permission_required(MAY_WRITE)
@never_cache
def draw(request):
    """Answer with the drawing, its text alternative and what is wrong, line by line.

    While something is wrong there is no drawing: the editor goes on showing the last good one.
    """
    text, phone = request.POST.get("text", ""), request.POST.get("phone", "")
    # A browser counts a line end as one character and sends two.
    if len(text.replace("\r\n", "\n")) > LONGEST or phone not in PhoneKind.values:
        return HttpResponseBadRequest()
    try:
        screen = screens.parse(text)
    except screens.ScreenErrors as problems:
        errors = [{"line": error.line, "message": error.message} for error in problems.errors]
        return JsonResponse({"svg": "", "alt": "", "errors": errors})
    drawing = screens.draw(screen, phone)
    return JsonResponse({"svg": drawing.svg, "alt": screens.describe(screen), "errors": []})
