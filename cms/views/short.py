from django.http import Http404
from django.shortcuts import get_object_or_404, redirect

from cms.models import StableCode


def by_code(request, code):
    """Lead from the short address on paper, `/l/SCAN-2/`, to the page, wherever it stands today."""
    entry = get_object_or_404(StableCode.objects.select_related("page"), code=code.upper())
    if entry.page is None or not entry.page.live:
        raise Http404
    return redirect(entry.page.url)
