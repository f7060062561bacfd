"""Replacing: one revision a page, all in one transaction, nobody's draft put on line or lost."""

from collections.abc import Iterable

from django.db import transaction
from wagtail.log_actions import log
from wagtail.models import Page

from cms.errors import ContentError
from cms.models import SharedStep, User
from cms.services.both_versions import Changed, change_both
from cms.services.replacing.finding import contents_of, key_of, may_publish, right_refusal
from cms.services.replacing.texts import Scope, change
from cms.services.replacing.wording import Renaming

LOG_ACTION = "cms.replace"
# A page takes 0.6 s (two revisions, index, log): more would outlast the 30 s a web server waits.
AT_ONCE = 40


class TooManyPages(ContentError):
    """More was ticked than one request can do; the message says how many are."""

    def __init__(self, ticked: int):
        super().__init__(
            f"一次最多换 {AT_ONCE} 页，您打勾的有 {ticked} 页，所以一页也没有换。请去掉一些勾，分几次换。"
        )


def replace(
    *, renaming: Renaming, where: Iterable[str], scope: Scope, keys: Iterable[str], by: User
) -> list[Changed]:
    """Replace the words in the pages and shared steps named by ``keys``; return what became of each that held them.

    What readers see and the draft above it are changed apart, each from its own words. A page that cannot be
    changed is left as it is, and the answer says why; everything else is done, or nothing is.
    Raises TooManyPages, and then nothing is changed.
    """
    wanted = set(keys)
    if len(wanted) > AT_ONCE:
        raise TooManyPages(len(wanted))
    with transaction.atomic():
        chosen = [content for content in contents_of(where) if key_of(content) in wanted]
        done = [_replace_in(content, renaming, scope, by) for content in chosen]
    return [each for each in done if each.published or each.drafted or each.refusal]


def note_of(renaming: Renaming) -> str:
    """Return what readers are told about the change."""
    return f"按钮改名：{renaming.what} → {renaming.into}"


def _replace_in(content, renaming: Renaming, scope: Scope, by: User) -> Changed:
    def change_version(version) -> bool:
        return change(version, renaming, scope)

    if isinstance(content, Page):
        changed = change_both(content, change=change_version, by=by, note=note_of(renaming))
    else:
        changed = _change_step(content, change_version, by)
    if changed.published or changed.drafted:
        words = {"what": renaming.what, "into": renaming.into}
        log(instance=content, action=LOG_ACTION, user=by, content_changed=True, data=words)
    return changed


def _change_step(step: SharedStep, change_version, by: User) -> Changed:
    """Change a shared step as `change_both` changes a page."""
    if refusal := right_refusal(step, by):
        return Changed(step, refusal=refusal)
    try:
        with transaction.atomic():
            return _change_versions(
                SharedStep.objects.select_for_update().get(pk=step.pk), change_version, by
            )
    except ContentError as problem:
        return Changed(step, refusal=str(problem))


def _change_versions(step: SharedStep, change_version, by: User) -> Changed:
    has_draft = step.has_unpublished_changes or not step.live
    draft = step.get_latest_revision_as_object() if has_draft else None
    published = step.live and may_publish(step, by) and change_version(step)
    if published:
        step.save_revision(user=by, log_action=True, clean=False).publish(user=by)
        if draft is None:
            return Changed(step, published=True)
    newest = draft or step
    drafted = change_version(newest)
    if drafted or (draft and published):
        newest.save_revision(user=by, log_action=drafted, clean=False)
    return Changed(step, published=published, drafted=drafted)
