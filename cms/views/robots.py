"""What machines ask for at the root of a site."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.views.decorators.cache import cache_control

# Nothing to be found there, or another answer for every asker.
NOT_FOR_ROBOTS = ("/admin/", "/search/", "/feedback/", "/feeds/", "/display/", "/documents/", "/enrolments/")
A_DAY = 24 * 60 * 60


@cache_control(public=True, max_age=A_DAY)
def robots(request):
    """Let search engines read what readers read, and tell them where the list of pages is."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in NOT_FOR_ROBOTS)]
    lines += ["", f"Sitemap: {settings.PUBLIC_URL}/sitemap.xml", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@cache_control(public=True, max_age=A_DAY)
def favicon(request):
    """Lead browsers and chat programs that look at the root to the icon."""
    return redirect(static("cms/favicon.ico"))
