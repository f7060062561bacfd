from django.http import Http404, HttpResponse

from cms.models import DrawnScreen
from cms.page_cache import kept

ONE_YEAR = 365 * 24 * 60 * 60


@kept
def screen(request, digest):
    """Answer with a drawn screen. Its address is made from its bytes, so it may be kept for ever."""
    svg = DrawnScreen.objects.filter(digest=digest).values_list("svg", flat=True).first()
    if svg is None:
        raise Http404
    response = HttpResponse(svg, content_type="image/svg+xml; charset=utf-8")
    response["Cache-Control"] = f"public, max-age={ONE_YEAR}, immutable"
    return response
