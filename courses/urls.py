"""The public addresses of classes and of what stands around them."""

from django.urls import path

from courses.views.privacy import privacy

urlpatterns = [
    path("privacy/", privacy, name="privacy"),
]
