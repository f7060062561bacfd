"""Looking first: every hit in its place, and what would become of each page."""

import copy
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from wagtail.models import Page

from cms.errors import ContentError
from cms.hooks import PACKAGE_KINDS, ask
from cms.models import SharedStep, User
from cms.services.both_versions import refusal_to_change
from cms.services.replacing.texts import Scope, change, hits_in
from cms.services.replacing.wording import Hit, Renaming
from cms.services.stored import drafted, drafts_of, state_of, stored, written_fields

SHARED_STEPS = "shared-steps"


@dataclass(frozen=True)
class Found:
    """A page or shared step in which the words stand. ``refusal`` says why it cannot be changed, or is empty.

    ``only_live`` are hits readers see and the draft no longer has.
    """

    content: Any
    hits: tuple[Hit, ...]
    only_live: tuple[Hit, ...]
    outcome: str
    refusal: str

    @property
    def key(self) -> str:
        """Names it in a form."""
        return key_of(self.content)

    @property
    def kind(self) -> str:
        """课时, 章, 共用步骤…"""
        return str(self.content._meta.verbose_name)

    @property
    def state(self) -> str:
        """Whether readers see it."""
        return state_of(self.content)


def key_of(content) -> str:
    """Return the name of a page or shared step in a form."""
    return f"{content._meta.model_name}-{content.pk}"


def places() -> list[tuple[str, str, tuple]]:
    """Return where one can look, each with its name, its label and its models."""
    kinds = [
        (
            kind.kind,
            f"{kind.root._meta.verbose_name}和{kind.child._meta.verbose_name}",
            (kind.root, kind.child),
        )
        for kind in ask(PACKAGE_KINDS)
    ]
    return [*kinds, (SHARED_STEPS, str(SharedStep._meta.verbose_name_plural), (SharedStep,))]


def contents_of(wanted: Iterable[str]) -> list:
    """Return everything that stands in the wanted places, in the order of the tree."""
    names = set(wanted)
    models = [model for name, _, models in places() if name in names for model in models]
    return [
        content
        for model in models
        for content in model.objects.order_by("path" if issubclass(model, Page) else "pk")
    ]


def find(*, renaming: Renaming, where: Iterable[str], scope: Scope, by: User) -> list[Found]:
    """Return everything that holds the words, on line or in a draft, with what would become of it."""
    contents = contents_of(where)
    drafts = drafts_of(contents)
    found = []
    for content in contents:
        live, newest = _versions(content, drafts, renaming, scope)
        if live or newest:
            only_live = tuple(hit for hit in live if hit not in newest)
            refusal = _refusal(content, drafts, renaming, scope, by)
            if not newest and not may_publish(content, by):
                refusal = refusal or "草稿里没有，线上才有。请审核者来换。"
            found.append(Found(content, newest, only_live, _outcome(content, by, bool(live)), refusal))
    return found


def _versions(content, drafts, renaming: Renaming, scope: Scope) -> tuple[tuple[Hit, ...], tuple[Hit, ...]]:
    """Return the hits in what readers see, and in what is newest."""
    model = type(content)
    fields = written_fields(model)
    row = tuple(hits_in(model, stored(content, fields), renaming, scope))
    draft = drafts.get(content.latest_revision_id)
    newest = tuple(hits_in(model, drafted(draft, fields), renaming, scope)) if draft else row
    return (row if content.live else ()), newest


def may_publish(content, by: User) -> bool:
    """True when what ``by`` changes may go on line at once."""
    if isinstance(content, Page):
        return content.permissions_for_user(by).can_publish()
    return by.has_perm("cms.publish_sharedstep")


def right_refusal(content, by: User) -> str:
    """Return why ``by`` cannot change this now, or ""."""
    if isinstance(content, Page):
        return refusal_to_change(content, by) or ""
    return "" if by.has_perm("cms.change_sharedstep") else "您没有改共用步骤的权限。"


def _refusal(content, drafts, renaming: Renaming, scope: Scope, by: User) -> str:
    if refusal := right_refusal(content, by):
        return refusal
    draft = drafts.get(content.latest_revision_id)
    try:
        if content.live and (may_publish(content, by) or not draft):
            # A copy: only to see whether it can be done.
            change(copy.copy(content), renaming, scope)
        if draft:
            change(draft.as_object(), renaming, scope)
    except ContentError as problem:
        return str(problem)
    return ""


def _outcome(content, by: User, is_on_line: bool) -> str:
    if not may_publish(content, by):
        return "换在草稿里，送审以后上线" if content.live else "换在草稿里"
    if not content.live:
        return "换在草稿里"
    if not content.has_unpublished_changes:
        return "换好就上线"
    return "线上的换好就上线，草稿也换，还是草稿" if is_on_line else "换在草稿里"
