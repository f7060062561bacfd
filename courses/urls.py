"""The public addresses of classes and of what stands around them."""

from django.urls import path

from courses.views import classes

urlpatterns = [
    path("classes/", classes.classes, name="classes"),
    path("classes/<slug:code>/", classes.one_class, name="class"),
    path("classes/<slug:code>/calendar.ics", classes.calendar, name="class_calendar"),
]
