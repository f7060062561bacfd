"""A chapter as plain values with its shared steps written out, and back.

An edition keeps chapters in this form, so that nothing that happens later to a chapter or to a shared step reaches
it; the book on one page is read through the same form, so that all shared steps come with one query.
"""

import datetime
from collections.abc import Iterable, Iterator
from typing import Any

from wagtail.fields import StreamField

from cms.models import SharedStep
from handbook.models import ChapterPage

STREAMS = ("body", "questions")
FIELDS = (
    "goal",
    "main_scenario",
    "offline_way",
    "checked_on",
    "checked_phones",
    "checked_apps",
)


def written_out(chapters: Iterable[ChapterPage]) -> list[dict[str, Any]]:
    """Return the content of each chapter, ready to be kept as JSON."""
    chapters = list(chapters)
    shared_steps = _shared_steps(chapters)
    return [
        {
            "body": list(_blocks(chapter.body.raw_data, shared_steps)),
            "questions": list(chapter.questions.raw_data),
            **{name: _plain(getattr(chapter, name)) for name in FIELDS},
        }
        for chapter in chapters
    ]


def read_back(content: dict[str, Any], **values: Any) -> ChapterPage:
    """Return a chapter that is in no table; ``values`` are what identifies it: number, title, slug, code."""
    chapter = ChapterPage(**values)
    for name in FIELDS:
        setattr(chapter, name, ChapterPage._meta.get_field(name).to_python(content[name]))
    for name in STREAMS:
        field: StreamField = ChapterPage._meta.get_field(name)
        setattr(chapter, name, field.stream_block.to_python(content[name]))
    return chapter


def without_sound(content: dict[str, Any]) -> dict[str, Any]:
    """Return the content without its recordings: paper has no voice, so nobody need look for them."""
    body = [
        {**block, "value": {**block["value"], "recording": None}} if block["type"] == "step" else block
        for block in content["body"]
    ]
    return content | {"body": body}


def _shared_steps(chapters: list[ChapterPage]) -> dict[int, SharedStep]:
    chosen = {
        block["value"]
        for chapter in chapters
        for block in chapter.body.raw_data
        if block["type"] == "shared_step"
    }
    # Readers see what was approved, nothing else.
    return SharedStep.objects.filter(live=True).in_bulk(chosen) if chosen else {}


def _blocks(raw: Iterable[dict], shared_steps: dict[int, SharedStep]) -> Iterator[dict]:
    for block in raw:
        if block["type"] == "step":
            yield {**block, "value": _step(block["value"])}
        elif block["type"] != "shared_step":
            yield block
        elif shared_step := shared_steps.get(block["value"]):
            yield from ({"type": "step", "value": _step(step["value"])} for step in shared_step.body.raw_data)


def _step(value: dict) -> dict:
    picture = value.get("picture") or {}
    if picture.get("alt") and not picture.get("screenshot"):
        # Words left behind by a picture that an editor took away: nothing was there that could be lost.
        return value | {"picture": picture | {"alt": ""}}
    return value


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime.date) else value
