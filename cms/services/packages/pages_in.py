"""Pages of a package come in."""

from typing import Any

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.utils import timezone
from wagtail.models import Page

from cms.errors import PackageError
from cms.models import StableCode
from cms.services.packages.exporting import LeavingNames, as_published, page_plain
from cms.services.packages.fields import fill_page
from cms.services.packages.work import Work
from cms.services.packages.yaml_text import Document

DRAFT_AWAY = "这一页有人在写草稿。装进去以后，草稿只在“历史”里。"


def bring_root(work: Work) -> Page | None:
    """Create, change or leave alone the package's own page; return it, or None with problems noted."""
    document, kind = work.package.root, work.package.kind
    plain = document.value["page"]
    try:
        parent = kind.find_parent(plain)
    except ObjectDoesNotExist:
        raise PackageError(["网站还没有准备好：先运行 manage.py seed，再导入。"]) from None
    page = kind.find_root(plain) or kind.root(live=False)
    return _bring(work, page, parent, document, ("page",))


def bring_child(work: Work, root: Page, code: str, document: Document) -> Page | None:
    """Create, change or leave alone the page ``code``; return it, or None with problems noted."""
    child: Any = work.package.kind.child
    given = StableCode.objects.select_related("page").filter(code=code).first()
    if given and given.page is None:
        work.wrong(document, ("code",), f"编号 {code} 用过，那一页已经删了。换一个新编号。")
        return None
    if given is None:
        return _bring(work, child(live=False), root, document)
    page = given.page.specific
    if not isinstance(page, child) or page.get_parent().pk != root.pk:
        work.wrong(document, ("code",), f"编号 {code} 已经是别处的“{page.title}”了。")
        return None
    return _bring(work, page, root, document)


def _bring(work: Work, page, parent: Page, document: Document, prefix: tuple = ()) -> Page | None:
    """Fill, check, compare and save one page."""
    names = LeavingNames()
    before = page_plain(as_published(page), names) if page.pk else None
    drafted = page.pk and page.live and page.has_unpublished_changes
    live = work.live(document, prefix)
    if not _fill(work, page, parent, document, prefix, live):
        return None
    after = page_plain(page, names, live=live)
    if before != after:
        warnings = [DRAFT_AWAY] if drafted else []
        work.changed(page, before, after, titles=names.titles(), warnings=warnings)
        _save(work, page, parent, live)
    return page


def _fill(work: Work, page, parent: Page, document: Document, prefix: tuple, live: bool) -> bool:
    plain = document.value["page"] if prefix else document.value
    wrong = fill_page(page, {name: value for name, value in plain.items() if name != "live"}, work.names)
    for path, reason in wrong:
        work.wrong(document, (*prefix, *path), reason)
    if wrong:
        return False
    if page.slug and not Page._slug_is_available(page.slug, parent, page if page.pk else None):
        work.wrong(document, (*prefix, "slug"), f"“{page.slug}”这个网址已经有别的页面在用，换一个。")
        return False
    if not page.pk:
        # full_clean looks for a free address below the parent, which a new page does not know yet.
        page.path, page.depth = parent.path + "0000", parent.depth + 1
    try:
        page.full_clean(exclude=[] if page.pk else ["path", "depth"])
    except ValidationError as error:
        work.invalid(document, error, prefix)
        return False
    refusals = page.publish_refusals() if live else {}
    for name, reason in refusals.items():
        work.wrong(document, (*prefix, name), reason)
    return not refusals


def _drop_stale_dates(page) -> None:
    """What a package puts on line goes on line now: no later day, and no day that has passed, stands against it."""
    page.go_live_at, page.expired = None, False
    if page.expire_at and page.expire_at <= timezone.now():
        page.expire_at = None


def _save(work: Work, page, parent: Page, live: bool) -> None:
    if not page.pk:
        # Wagtail logs a new page under its owner.
        page.path, page.depth, page.owner = "", None, work.by
        parent.refresh_from_db()
        parent.add_child(instance=page)
    elif page.live and not live:
        # Off line it goes as it was; what the package says of it becomes its draft.
        page.specific_class.objects.get(pk=page.pk).unpublish(user=work.by)
        page.live = False
    if live:
        _drop_stale_dates(page)
    revision = page.save_revision(user=work.by, log_action=True)
    if live:
        revision.publish(user=work.by)
        page.refresh_from_db()
