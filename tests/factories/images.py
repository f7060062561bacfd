"""Uploaded pictures."""

from io import BytesIO

from django.core.files.base import ContentFile
from PIL import Image

from cms.models import ContentImage


def an_image(title: str = "截图") -> ContentImage:
    """Make a small uploaded picture."""
    bytes_ = BytesIO()
    Image.new("RGB", (60, 120), "white").save(bytes_, "PNG")
    return ContentImage.objects.create(title=title, file=ContentFile(bytes_.getvalue(), "screen.png"))
