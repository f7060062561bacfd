"""What the staff area shows of pictures and files beside what Wagtail does."""

from wagtail.documents.views.documents import UsageView as DocumentUsage
from wagtail.images.views.images import UsageView as ImageUsage

from cms.viewsets.used_in import UsedInMixin


class ImageUsageView(UsedInMixin, ImageUsage):
    """Where a picture is used, drafts too."""


class DocumentUsageView(UsedInMixin, DocumentUsage):
    """Where a file is used, drafts too."""
