"""Notices every write that readers could see, whichever way it comes, and renews the content version for it.

It looks at the statements themselves, not at signals: moving pages in the tree, ``update()``, ``bulk_create()``
and relations send no signal. A table counts as seen unless it is known not to be: a new one costs a few
drawings too many at worst, never a stale page.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache

from django.apps import apps
from django.db import transaction
from django.db.backends.signals import connection_created

from cms.page_cache.versions import content_version

READS = (
    "SELECT",
    "SAVEPOINT",
    "RELEASE",
    "ROLLBACK",
    "BEGIN",
    "COMMIT",
    "PRAGMA",
    "SET ",
    "SHOW",
    "EXPLAIN",
    "DECLARE",
    "FETCH",
    "CLOSE",
    "ANALYZE",
)
WRITE = re.compile(
    r'\s*(INSERT (?:OR \w+ )?INTO|REPLACE INTO|UPDATE(?: OR \w+)?|DELETE FROM)\s+"?(\w+)"?', re.IGNORECASE
)
# Who works here, what they did, and what is only there for finding things: none of it stands on a page.
APPS_BEHIND_THE_SCENES = {
    "auth",
    "axes",
    "contenttypes",
    "otp_static",
    "otp_totp",
    "sessions",
    "wagtailadmin",
    "wagtailembeds",
    "wagtailsearch",
    "wagtailusers",
}
MODELS_BEHIND_THE_SCENES = {
    f"wagtailcore.{name}"
    for name in (
        *("revision", "pagelogentry", "modellogentry", "referenceindex", "uploadedfile"),
        *("comment", "commentreply", "pagesubscription", "grouppagepermission", "groupcollectionpermission"),
        *("task", "taskstate", "workflow", "workflowpage", "workflowstate", "workflowtask"),
        *("workflowcontenttype", "groupapprovaltask", "groupapprovaltask_groups", "groupsitepermission"),
    )
}
# New rows here only hold ready what a page is being drawn from.
MADE_READY = {"cms.drawnscreen", "cms.contentrendition"}
# What Wagtail notes on a page or shared step while a draft is written, and the tree while a page is made.
BOOK_KEEPING = {
    "draft_title",
    "has_unpublished_changes",
    "latest_revision_id",
    "latest_revision_created_at",
    "locked",
    "locked_at",
    "locked_by_id",
    "numchild",
}

_unseen: ContextVar[bool] = ContextVar("unseen", default=False)


def watch() -> None:
    """Look at what is written over every connection from now on."""
    connection_created.connect(_watch_connection, dispatch_uid="page-cache")


@contextmanager
def unseen() -> Iterator[None]:
    """Within, what is written is seen by no reader, such as a page that was never on line."""
    token = _unseen.set(True)
    try:
        yield
    finally:
        _unseen.reset(token)


def _watch_connection(connection, **kwargs) -> None:
    # A connection that was lost and made anew is the same object.
    if _notice not in connection.execute_wrappers:
        connection.execute_wrappers.append(_notice)


def _notice(execute, sql, params, many, context):
    try:
        return execute(sql, params, many, context)
    finally:
        # Also after an error: half of many statements may have been carried out.
        if not _unseen.get() and is_seen(sql):
            _renew_after_commit(context["connection"])


def _renew_after_commit(connection) -> None:
    """Renew the version once, when all that the transaction wrote can be read by others."""
    saved = set(connection.savepoint_ids)
    planned = any(task is renew and sids <= saved for sids, task, *_ in connection.run_on_commit)
    if not planned:
        transaction.on_commit(renew, using=connection.alias)


def renew() -> None:
    """Let no page be given out again that was drawn before now."""
    content_version().renew()


def is_seen(sql) -> bool:
    """True when the statement may change something that readers see."""
    words = str(sql).lstrip()
    if words[:10].upper().startswith(READS):
        return False
    write = WRITE.match(words)
    if write is None:
        return True
    verb, table = write.groups()
    label = _labels().get(table, "")
    if label in _behind_the_scenes() or (label in MADE_READY and verb.upper().startswith("INSERT")):
        return False
    return not (verb.upper().startswith("UPDATE") and _columns(words) <= BOOK_KEEPING)


def _columns(update: str) -> set[str]:
    """Return the columns an UPDATE sets. A comma inside a value gives a name too many: then it counts as seen."""
    changes = update.partition(" SET ")[2].partition(" WHERE ")[0]
    return {change.partition("=")[0].strip().strip('"') for change in changes.split(",")}


@cache
def _labels() -> dict[str, str]:
    models = apps.get_models(include_auto_created=True)
    return {model._meta.db_table: model._meta.label_lower for model in models}


@cache
def _behind_the_scenes() -> frozenset[str]:
    """Return the labels of the models no page shows; one of ours says so itself: ``shown_to_readers = False``."""
    models = apps.get_models(include_auto_created=True)
    named = {model._meta.label_lower for model in models if not getattr(model, "shown_to_readers", True)}
    apart = {model._meta.label_lower for model in models if model._meta.app_label in APPS_BEHIND_THE_SCENES}
    return frozenset(named | apart | MODELS_BEHIND_THE_SCENES)
