"""What the staff area does with pictures and files."""

from django.urls import path
from wagtail import hooks

from cms.viewsets.uploads import DocumentDeleteView, DocumentUsageView, ImageDeleteView, ImageUsageView


# Before Wagtail's own addresses, which are the same.
@hooks.register("register_admin_urls", order=-10)
def uses_with_drafts():
    return [
        path("images/usage/<int:image_id>/", ImageUsageView.as_view()),
        path("images/<int:image_id>/delete/", ImageDeleteView.as_view()),
        path("documents/delete/<int:document_id>/", DocumentDeleteView.as_view()),
        path("documents/usage/<int:document_id>/", DocumentUsageView.as_view()),
    ]
