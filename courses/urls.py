"""The public addresses of classes and of what stands around them."""

from django.urls import path

from courses.views.privacy import privacy
from courses.views.signs import sign

urlpatterns = [
    path("privacy/", privacy, name="privacy"),
    path("signs/<slug:code>/", sign, name="sign"),
]
