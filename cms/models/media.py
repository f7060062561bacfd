"""Uploaded images and documents, of our own so that fields can be added later."""

from django.db import models
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image


class ContentImage(AbstractImage):
    """A picture used in content. Its description is the default text alternative."""

    description = models.CharField(
        "文字说明",
        blank=True,
        max_length=255,
        default="",
        help_text="看不见图的人，听这一句。写图上有什么，比如：右上角的小加号。",
    )

    admin_form_fields = Image.admin_form_fields

    class Meta(AbstractImage.Meta):
        verbose_name = "图片"
        verbose_name_plural = "图片"
        permissions = [("choose_image", "Can choose image")]


class ContentRendition(AbstractRendition):
    """A picture in one size."""

    image = models.ForeignKey(ContentImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = [("image", "filter_spec", "focal_point_key")]


class ContentDocument(AbstractDocument):
    """A file used in content, such as a recording of a step read aloud."""

    admin_form_fields = Document.admin_form_fields

    class Meta(AbstractDocument.Meta):
        verbose_name = "文件"
        verbose_name_plural = "文件"
        permissions = [("choose_document", "Can choose document")]
