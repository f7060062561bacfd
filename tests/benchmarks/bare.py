"""The reference: Django with one view and nothing else."""

from django.http import HttpResponse
from django.urls import path

# With its length, which a middleware would add: the asker waits for as many bytes.
urlpatterns = [path("", lambda request: HttpResponse("ok", headers={"Content-Length": "2"}))]
