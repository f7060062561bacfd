"""The addresses of the desk, below /admin/desk/. Each part of it has a list of its own."""

from django.urls import include, path

from courses.desk.start import IdentitiesPage, StartPage

app_name = "desk"
PARTS = (
    *("classes", "organisations", "accounts", "places", "people", "learners"),
    *("enrolments", "messages", "rolls"),
    *("programme", "progress"),
)

urlpatterns = [
    path("", StartPage.as_view(), name="index"),
    path("identities/", IdentitiesPage.as_view(), name="identities"),
    *(path("", include(f"courses.desk.{part}.urls")) for part in PARTS),
    path("", include("courses.desk.classes.plan_import_urls")),
]
