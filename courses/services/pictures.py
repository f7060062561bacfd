"""Pictures that staff of classes upload: drawn anew before they are kept, so that nothing else comes in with them.

A photo from a telephone says where and when it was taken, and may carry comments; what is kept is only what is seen.
"""

import io

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.crypto import get_random_string
from PIL import Image, ImageOps

from cms.errors import UploadInUse
from cms.models import ContentImage, User
from cms.services.at_hand import rendition_of
from cms.services.packages.uploads import MAX_IMAGE_BYTES, image_problem
from courses.errors import Refused

LONGEST_SIDE = 2000


def keep_picture(upload: UploadedFile, *, title: str, words: str, by: User | None) -> ContentImage:
    """Keep an uploaded picture as a picture of the content; ``words`` say what is on it.

    Nobody needs the rights of an editor for it: whoever may change the thing it belongs to may. Raises Refused.
    """
    too_large = upload.size > MAX_IMAGE_BYTES
    problem = _too_large() if too_large else image_problem(upload.name, data := upload.read())
    if problem:
        raise Refused("bad-picture", problem, fields={"picture": problem})
    name = f"place-{get_random_string(12).lower()}.jpg"
    file = ContentFile(drawn_anew(data), name)
    image = ContentImage.objects.create(title=title, description=words, file=file, uploaded_by_user=by)
    # Made now: a reader who only looks writes nothing, and does not wait.
    rendition_of(image)
    return image


def drawn_anew(data: bytes) -> bytes:
    """Return a good picture's bytes as a JPEG of at most 2000 px, upright, with nothing in it but what is seen."""
    with Image.open(io.BytesIO(data)) as uploaded:
        upright = ImageOps.exif_transpose(uploaded).convert("RGBA")
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    # A new sheet: the old one would take its comments along.
    sheet = Image.new("RGB", upright.size, "white")
    sheet.paste(upright, mask=upright)
    written = io.BytesIO()
    sheet.save(written, "JPEG", quality=85, optimize=True)
    return written.getvalue()


def discard_picture(picture: ContentImage) -> None:
    """Delete a picture that a thing gave up, unless content has come to use it."""
    try:
        # A savepoint: Django holds a refused deletion against the whole transaction.
        with transaction.atomic():
            picture.delete()
    except UploadInUse:
        return


def _too_large() -> str:
    most = MAX_IMAGE_BYTES // 1024 // 1024
    return f"照片太大了，最多 {most} MB。在微信里发给自己，再存下来，就会小一些。"
