"""Every address of the site. Pages of the content tree come last: they take what is left."""

from django.contrib.sitemaps.views import sitemap
from django.urls import include, path, re_path
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.urls import serve_pattern

from cms.page_cache import kept
from cms.views import (
    display,
    feedback,
    first_password,
    health,
    pages,
    robots,
    screens,
    search,
    short,
    uploads,
)
from cms.views.sitemap import PagesSitemap

urlpatterns = [
    path("healthz", health.live, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("screens/<slug:digest>.svg", screens.screen, name="screen"),
    path("l/<slug:code>/", short.by_code, name="short_address"),
    path("display/", display.display, name="display"),
    path("feedback/", feedback.tap, name="feedback"),
    path("feedback/<str:token>/", feedback.words, name="feedback_words"),
    path("first-password/", first_password.choose, name="first_password"),
    path("first-password/<str:who>/<str:proof>/", first_password.enter, name="first_password_link"),
    path("search/", search.search, name="search"),
    path("search/suggest", search.suggest, name="search_suggest"),
    path("sitemap.xml", kept(sitemap), {"sitemaps": {"pages": PagesSitemap}}, name="sitemap"),
    path("robots.txt", robots.robots, name="robots"),
    path("favicon.ico", robots.favicon, name="favicon"),
    re_path(r"^media/(?P<path>.+)$", uploads.upload, name="upload"),
    path("", include("courses.urls")),
    re_path(serve_pattern, pages.serve, name="wagtail_serve"),
]

handler400 = "cms.views.errors.bad_request"
handler403 = "cms.views.errors.forbidden"
handler404 = "cms.views.errors.not_found"
handler500 = "cms.views.errors.broken"
