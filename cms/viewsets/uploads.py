"""What the staff area shows of pictures and files beside what Wagtail does."""

from typing import Any

from wagtail.documents.views.documents import DeleteView as DocumentDelete
from wagtail.documents.views.documents import UsageView as DocumentUsage
from wagtail.images.views.images import DeleteView as ImageDelete
from wagtail.images.views.images import UsageView as ImageUsage

from cms.services.usage import users_of
from cms.viewsets.used_in import UsedInMixin


class ImageUsageView(UsedInMixin, ImageUsage):
    """Where a picture is used, drafts too."""


class DocumentUsageView(UsedInMixin, DocumentUsage):
    """Where a file is used, drafts too."""


class KeptWhileUsedMixin:
    """Wagtail counts no drafts: while one shows it, nothing offers to delete it."""

    # What the view it is mixed into has.
    object: Any

    def get_context_data(self, **kwargs):
        used = len(users_of(self.object))
        context = super().get_context_data(**kwargs)
        return context | {"usage_count": used, "is_protected": used > 0}


class ImageDeleteView(KeptWhileUsedMixin, ImageDelete):
    """Asks before a picture is deleted."""

    confirmation_message = "确定要删这张图片吗？"


class DocumentDeleteView(KeptWhileUsedMixin, DocumentDelete):
    """Asks before a file is deleted."""

    confirmation_message = "确定要删这个文件吗？"
