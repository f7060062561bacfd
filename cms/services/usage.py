"""Where a shared step, a picture or a file is used: on line, in drafts, and in what is planned.

Wagtail's reference index knows what is saved on pages and shared steps themselves, which is what readers see. A
draft's words are only in its latest revision, and a scheduled publication's in its own: those are read as they are
stored, one query for all of them.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.models import Page, ReferenceIndex, Revision

from cms.errors import UploadInUse
from cms.models import ContentDocument, ContentImage, SharedStep

# (id of the thing used, id of the page or shared step that uses it)
Uses = Iterator[tuple[str, int]]


def pages_using(thing: Model, *, drafts: bool = True) -> list[Page]:
    """Return the pages that show ``thing``, by title; with ``drafts``, also those that will."""
    return _using(Page, thing, drafts)


def users_of(thing: Model) -> list[Model]:
    """Return every page and every shared step that uses ``thing``, drafts too: pages first, each by title."""
    return [*pages_using(thing), *_using(SharedStep, thing, drafts=True)]


def refuse_to_lose_upload(upload: ContentImage | ContentDocument) -> None:
    """Raise UploadInUse when a page or a shared step, on line or in a draft, uses the picture or file."""
    users = users_of(upload)
    if users:
        raise UploadInUse(upload.title, [title_of(user) for user in users])


def title_of(user: Model) -> str:
    """Return what the staff area calls a page or shared step."""
    return user.get_admin_display_title() if isinstance(user, Page) else f"共用步骤“{user}”"


def count_pages_using(model: type[Model]) -> dict[int, int]:
    """Return for each thing of ``model`` that is used, by its id, on how many pages; drafts count too."""
    pages = defaultdict(set)
    for used, page in _uses(Page, model, drafts=True):
        pages[int(used)].add(page)
    return {used: len(found) for used, found in pages.items()}


def _using(user_model, thing: Model, drafts: bool) -> list:
    wanted = str(thing.pk)
    ids = {user for used, user in _uses(user_model, type(thing), drafts, pk=wanted) if used == wanted}
    return list(user_model.objects.filter(pk__in=ids).order_by("title")) if ids else []


def _uses(user_model, model: type[Model], drafts: bool, *, pk: str = "") -> Uses:
    yield from _shown(user_model, model, pk)
    if drafts:
        for revision in _pending(user_model):
            yield from ((used, int(revision.object_id)) for used in _chosen_in(revision, model))


def _shown(user_model, model: type[Model], pk: str) -> Uses:
    references = ReferenceIndex.objects.filter(
        base_content_type=ContentType.objects.get_for_model(user_model),
        to_content_type=ContentType.objects.get_for_model(model),
        **({"to_object_id": pk} if pk else {}),
    )
    found = {(used, int(user)) for used, user in references.values_list("to_object_id", "object_id")}
    # The row of a page that is not on line is only where its first draft began.
    users = (
        user_model.objects.filter(pk__in={user for _, user in found}) if found else user_model.objects.none()
    )
    shown = set(users.filter(Q(live=True) | Q(latest_revision=None)).values_list("pk", flat=True))
    yield from (pair for pair in found if pair[1] in shown)


def _pending(user_model) -> Iterable[Revision]:
    """Yield the revisions of drafts and of scheduled publications."""
    unread = user_model.objects.filter(Q(has_unpublished_changes=True) | Q(live=False))
    newest = Q(pk__in=unread.values("latest_revision"))
    kind = ContentType.objects.get_for_model(user_model)
    waiting = newest | Q(approved_go_live_at__isnull=False)
    return Revision.objects.filter(waiting, base_content_type=kind).only(
        "object_id", "content", "content_type"
    )


def _chosen_in(revision: Revision, model: type[Model]) -> Iterator[str]:
    """Yield the ids of the things of ``model`` a revision chooses."""
    kind = ContentType.objects.get_for_id(revision.content_type_id).model_class()
    for field in kind._meta.get_fields():
        if isinstance(field, StreamField) and field.name in revision.content:
            stored = revision.content[field.name]
            raw = json.loads(stored) if isinstance(stored, str) else stored
            yield from _chosen(field.stream_block, raw, model)


def _chosen(block: blocks.Block, raw: Any, model: type[Model]) -> Iterator[str]:
    if not raw:
        return
    if isinstance(block, blocks.ChooserBlock):
        if block.model_class is model:
            yield str(raw)
        return
    for child, value in _inside(block, raw):
        yield from _chosen(child, value, model)


def _inside(block: blocks.Block, raw: Any) -> Iterator[tuple[blocks.Block, Any]]:
    if isinstance(block, blocks.StreamBlock):
        for item in raw:
            if item["type"] in block.child_blocks:
                yield block.child_blocks[item["type"]], item["value"]
    elif isinstance(block, blocks.ListBlock):
        # Lists were once stored without their items' ids.
        for item in raw:
            is_item = isinstance(item, dict) and item.get("type") == "item"
            yield block.child_block, item["value"] if is_item else item
    elif isinstance(block, blocks.StructBlock):
        yield from ((child, raw.get(name)) for name, child in block.child_blocks.items())
