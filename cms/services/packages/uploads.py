"""Pictures and recordings that come in with a package: looked at before anything believes their names."""

import hashlib
import io
from collections.abc import Mapping
from pathlib import PurePath

from django.core.files.base import ContentFile
from PIL import Image as Pillow

from cms.models import ContentDocument, ContentImage, ContentRendition
from cms.services.packages.problems import Problems

MAX_IMAGE_BYTES = 5 * 1024 * 1024
MAX_RECORDING_BYTES = 5 * 1024 * 1024
MAX_PIXELS = 40_000_000
TOO_LARGE = "图片的长宽太大了，缩小一些再放进来。"
FORMATS = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG", ".webp": "WEBP"}
# Another ending of a kind that is named already.
SAME_AGAIN = (".jpeg", ".heif")
RECORDING_STARTS = {".mp3": (b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2"), ".m4a": ()}


def image_problem(
    name: str, data: bytes, *, formats: Mapping[str, str] = FORMATS, most: int = MAX_IMAGE_BYTES
) -> str | None:
    """Return why these bytes are no picture we can show, or None; ``most`` bytes are taken."""
    expected = formats.get(PurePath(name).suffix.lower())
    if expected is None:
        return f"图片只用 {'、'.join(ending[1:] for ending in formats if ending not in SAME_AGAIN)}。"
    if len(data) > most:
        return f"图片太大了，最多 {most // 1024 // 1024} MB。"
    try:
        with Pillow.open(io.BytesIO(data), formats=[expected]) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                return TOO_LARGE
            picture.load()
    except (Pillow.DecompressionBombError, Pillow.DecompressionBombWarning):
        return TOO_LARGE
    # Pillow raises all kinds of errors on broken files; to the author they mean one thing.
    except Exception:
        return f"打不开，不是一张好的 {expected} 图片。用看图软件另存一次，再试。"
    return None


def recording_problem(name: str, data: bytes) -> str | None:
    """Return why these bytes are no recording we can play, or None."""
    suffix = PurePath(name).suffix.lower()
    if suffix not in RECORDING_STARTS:
        return "录音只用 mp3、m4a。"
    if len(data) > MAX_RECORDING_BYTES:
        return f"录音太大了，最多 {MAX_RECORDING_BYTES // 1024 // 1024} MB。"
    is_m4a = data[4:8] == b"ftyp"
    if not (is_m4a if suffix == ".m4a" else data.startswith(RECORDING_STARTS[suffix])):
        return "打不开，不是一段好的录音。"
    return None


class Uploads:
    """Finds or creates uploaded files by content; forgets the files it wrote when the import is undone."""

    def __init__(self, problems: Problems):
        self.problems = problems
        self.written: list = []
        self.described: list = []

    def image(self, name: str, data: bytes, about: dict) -> ContentImage | None:
        """Return the picture with these bytes, created if it is not there; None with a problem noted."""
        return self._stored(ContentImage, f"images/{name}", data, about, image_problem(name, data))

    def recording(self, name: str, data: bytes, about: dict) -> ContentDocument | None:
        """Return the recording with these bytes, created if it is not there; None with a problem noted."""
        return self._stored(ContentDocument, f"recordings/{name}", data, about, recording_problem(name, data))

    def note_sizes(self) -> None:
        """Note the sizes made of the new pictures meanwhile, while their rows are still there to be asked."""
        images = [item.pk for item in self.written if isinstance(item, ContentImage)]
        self.written += ContentRendition.objects.filter(image_id__in=images)

    def undo(self) -> None:
        """Delete the files written so far; their rows go with the transaction."""
        for item in self.written:
            # Until it is in the store, the name could be that of somebody else's file.
            if item.file._committed:
                item.file.storage.delete(item.file.name)

    def _stored(self, model, file: str, data: bytes, about: dict, problem: str | None):
        if problem:
            self.problems.add(file, None, problem)
            return None
        digest = hashlib.sha1(data, usedforsecurity=False).hexdigest()
        found = model.objects.filter(file_hash=digest).order_by("pk").first()
        return self._described(found, about) if found else self._created(model, file, data, digest, about)

    def _described(self, item, about: dict):
        changed = [name for name, value in about.items() if getattr(item, name) != value]
        for name in changed:
            setattr(item, name, about[name])
        if changed:
            item.save(update_fields=changed)
            self.described.append(item)
        return item

    def _created(self, model, file: str, data: bytes, digest: str, about: dict):
        item = model(**{"title": PurePath(file).name} | about, file_hash=digest, file_size=len(data))
        item.file = ContentFile(data, name=PurePath(file).name)
        # Noted first: should writing the row fail, the file is there already.
        self.written.append(item)
        item.save()
        return item
