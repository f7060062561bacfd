"""A change to a page as readers see it and, apart from that, to the draft somebody is writing on top of it.

Publishing a page publishes its newest revision. Whoever changes one thing on many pages must not put on line what
others have only begun, nor lose it: what readers see is changed and published from itself, and the scheduled
version and the draft, changed alike, are laid on top of it again.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.locks import ScheduledForPublishLock, WorkflowLock
from wagtail.models import Page, Revision

from cms.errors import ContentError
from cms.models import NotedPage

Change = Callable[[Any], bool]


@dataclass(frozen=True)
class Changed:
    """What became of one page: whether readers see the change, whether a draft carries it, or why neither."""

    page: Page
    published: bool = False
    drafted: bool = False
    refusal: str = ""


def change_both(page: Page, *, change: Change, by, note: str = "") -> Changed:
    """Apply ``change`` to what readers see of ``page`` and to its draft, each from its own words.

    ``change`` is given a version of the page (its specific class), changes it in place and tells whether it did.
    ``by`` needs the right to publish for what readers see; without it only the draft is changed, or begun.
    ``note`` becomes the publication's 更新记录. A review in progress goes on. Nothing is raised for a page that
    cannot be changed: the answer says why.
    """
    try:
        with transaction.atomic():
            return _change(Page.objects.select_for_update().get(pk=page.pk), change, by, note)
    except Page.DoesNotExist:
        return Changed(page, refusal="这一页刚刚删掉了。")
    except ValidationError as error:
        return Changed(page, refusal="".join(error.messages))
    except ContentError as error:
        return Changed(page, refusal=str(error))


def refusal_to_change(page: Page, by) -> str | None:
    """Return why ``by`` cannot change this page now, in words, or None."""
    rights = page.permissions_for_user(by)
    if not rights.can_edit():
        return "您没有改这一页的权限。"
    lock = page.get_lock()
    if lock is None or not lock.for_user(by):
        return None
    if isinstance(lock, WorkflowLock):
        return "这一页正在审核，审好了再改。"
    if isinstance(lock, ScheduledForPublishLock):
        # Wagtail locks it so that nobody wonders which version goes on line. Here each version is kept apart.
        return None if rights.can_publish() else "这一页定好了上线的时间，现在不能改。"
    return "这一页有人锁住了，现在不能改。"


def _change(page: Page, change: Change, by, note: str) -> Changed:
    refusal = refusal_to_change(page, by) if by else None
    if refusal:
        return Changed(page, refusal=refusal)
    versions = _Versions(page)
    if by is None or page.permissions_for_user(by).can_publish():
        return versions.change_each(change, by, note)
    return versions.change_newest(change, by)


class _Versions:
    """The up to three versions of a page: what readers see, what goes on line some day, what is being written."""

    def __init__(self, page: Page):
        self.page = page
        self.live = page.specific if page.live else None
        self.planned: Revision | None = page.scheduled_revision
        is_newest = self.planned is not None and self.planned.pk == page.latest_revision_id
        self.later = self.planned.as_object() if self.planned else None
        finished = is_newest or (page.live and not page.has_unpublished_changes)
        self.draft = None if finished else page.get_latest_revision_as_object()

    def change_each(self, change: Change, by, note: str) -> Changed:
        """Change every version; what lies above a new one is laid on top of it again."""
        published = self.live is not None and change(self.live)
        planned = self.later is not None and change(self.later)
        drafted = self.draft is not None and change(self.draft)
        if published:
            self._publish(by, note)
        if self.later and (published or planned):
            self._plan(by)
        if self.draft and (published or planned or drafted):
            self.draft.save_revision(user=by, log_action=drafted, clean=False)
        return Changed(self.page, published=published, drafted=planned or drafted)

    def change_newest(self, change: Change, by) -> Changed:
        """Change what is being written, or begin to write: only a reviewer changes the others."""
        newest = self.draft or self.later or self.live
        drafted = change(newest)
        if drafted:
            newest.save_revision(user=by, log_action=True, clean=False)
        return Changed(self.page, drafted=drafted)

    def _publish(self, by, note: str) -> None:
        if isinstance(self.live, NotedPage):
            self.live.change_note = note
        revision = self.live.save_revision(user=by, log_action=True, clean=False)
        _PublishBesideReview(revision, user=by).execute(skip_permission_checks=by is None)

    def _plan(self, by) -> None:
        """Lay the scheduled version on top again, for the same day."""
        self.page.revisions.filter(approved_go_live_at__isnull=False).update(approved_go_live_at=None)
        day = self.planned.approved_go_live_at
        self.later.save_revision(user=by, approved_go_live_at=day, log_action=True, clean=False)


class _PublishBesideReview(PublishPageRevisionAction):
    """Publishes without ending a review: under review is the draft, and that stays where it is."""

    def _after_publish(self):
        # Where Wagtail looks first for a review to cancel.
        self.object._current_workflow_states = []
        super()._after_publish()
