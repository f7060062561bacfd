"""What a page's steps chose - shared steps, pictures, recordings - fetched at once, not step by step.

Wagtail fetches what one kind of block in one stream chose with one query; a lesson of shared steps is as
many streams, and each picture would then look for its size by itself.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from wagtail.blocks import StreamValue
from wagtail.images.models import SourceImageIOError

from cms.blocks.chosen import already_fetched
from cms.models import ContentDocument, ContentImage, ContentRendition

SCREENSHOT_SIZE = "width-560|format-webp"


@contextmanager
def chosen_at_hand(*streams: Iterable) -> Iterator[None]:
    """Within, the steps of all ``streams`` find what they chose without asking the database again."""
    raw = [part for stream in streams for part in _raw(stream)]
    images = _images({value for part in raw for value in _chosen(part, "screenshot")})
    documents = _documents({value for part in raw for value in _chosen(part, "recording")})
    with already_fetched({ContentImage: images, ContentDocument: documents}):
        yield


def rendition_of(image: ContentImage) -> ContentRendition | None:
    """Return the picture in the size readers get; None when its file is gone or cannot be read."""
    try:
        return image.get_rendition(SCREENSHOT_SIZE)
    except SourceImageIOError:
        return None


def _raw(stream: Iterable) -> Iterator:
    """Yield the stored form of the stream and of every shared step in it."""
    if not isinstance(stream, StreamValue):
        return
    for place, raw in enumerate(stream.raw_data):
        yield raw
        # Only these are touched: a touched block fetches what it chose.
        if raw["type"] == "shared_step" and (shared_step := stream[place].value):
            yield from shared_step.body.raw_data


def _chosen(raw, field: str) -> Iterator[int]:
    if isinstance(raw, dict):
        for name, value in raw.items():
            if name == field and isinstance(value, int):
                yield value
            else:
                yield from _chosen(value, field)
    elif isinstance(raw, list):
        for value in raw:
            yield from _chosen(value, field)


def _images(ids: set[int]) -> dict[int, ContentImage | None]:
    # One query brings a picture with its size; one that has none yet is fetched the plain way.
    sized = ContentRendition.objects.filter(image_id__in=ids, filter_spec=SCREENSHOT_SIZE)
    found: dict[int, ContentImage] = {}
    for rendition in sized.select_related("image") if ids else ():
        image = found.setdefault(rendition.image_id, rendition.image)
        image.prefetched_renditions = [*getattr(image, "prefetched_renditions", ()), rendition]
    missing = ids - found.keys()
    if missing:
        found |= ContentImage.objects.in_bulk(missing)
    return {key: found.get(key) for key in ids}


def _documents(ids: set[int]) -> dict[int, ContentDocument | None]:
    found = ContentDocument.objects.in_bulk(ids) if ids else {}
    return {key: found.get(key) for key in ids}
