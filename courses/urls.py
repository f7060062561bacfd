"""The public addresses of classes and of what stands around them."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
