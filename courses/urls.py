"""The public addresses of classes and of what stands around them."""

from django.urls import path

from courses.views import check_in, classes, feeds, progress
from courses.views.privacy import privacy
from courses.views.signs import sign

urlpatterns = [
    path("classes/", classes.classes, name="classes"),
    path("classes/<slug:code>/", classes.one_class, name="class"),
    path("classes/<slug:code>/calendar.ics", classes.calendar, name="class_calendar"),
    path("progress/", progress.progress, name="progress"),
    path("progress/chart.svg", progress.chart, name="progress_chart"),
    path("progress/<slug:name>.xlsx", progress.table, name="progress_table"),
    path("check-in/<str:token>/", check_in.check_in, name="check_in"),
    path("privacy/", privacy, name="privacy"),
    path("signs/<slug:code>/", sign, name="sign"),
    path("classes/<slug:code>/poster.pdf", classes.poster, name="class_poster"),
    path("feeds/<slug:token>.ics", feeds.feed, name="feed"),
    # A secret that was copied without its end is not to stand in the log as the address of a page.
    path("feeds/<path:rest>", feeds.no_feed),
]
