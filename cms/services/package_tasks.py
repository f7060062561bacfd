"""Packages out of the staff area and into it: asked for, looked at, agreed to, done, and put down in the log.

What is short is done at once; what is long waits for the clock (`run_jobs`), and its asker can see how far it is.
"""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Page

from cms.enums import PackageDirection, TaskState
from cms.errors import ContentError, PackageError, PackageMoved
from cms.models import PackageTask
from cms.services import package_files
from cms.services.packages import archive, import_package
from cms.services.packages.exporting import kind_of
from cms.services.packages.exporting import package_files as files_of
from cms.services.packages.importing import look_at

logger = logging.getLogger("cms.packages")

EXPORTED, IMPORTED = "cms.package_export", "cms.package_import"
# A dozen lessons take about two seconds; nobody should wait much longer for a page to open.
SHORT_PAGES = 12
SHORT_BYTES = 3 * 1024 * 1024
# Far more than the longest package takes: who has not finished by then was killed.
STUCK_AFTER = timedelta(minutes=30)
KEPT = timedelta(days=7)
LOST = "做到一半停了（可能是机器重启了），什么也没有改。请再来一次。"
BROKEN = "出了我们没想到的错，什么也没有改。请告诉管理员。"


def ask_export(*, page: Page, by) -> PackageTask:
    """Ask for the package of a module or book; a short one is done when this returns.

    Raises ContentError for a page that is no package's root.
    """
    root = page.specific
    kind_of(root)
    task = PackageTask.objects.create(
        direction=PackageDirection.EXPORT,
        title=root.title,
        file_name=package_files.new_name(),
        total=root.numchild,
        page_id=root.pk,
        by=by,
    )
    return run(task) if root.numchild <= SHORT_PAGES else task


def ask_import(*, chunks: Iterable[bytes], name: str, by) -> PackageTask:
    """Keep an uploaded zip and ask for a look at what it would change; a short one is looked at when this returns.

    Raises PackageError for a file that is too big or no package.
    """
    file_name = package_files.new_name()
    digest = package_files.store(chunks, file_name)
    path = package_files.folder() / file_name
    try:
        title, pages = look_at(path)
    except PackageError as error:
        path.unlink()
        # The author knows the file by its own name.
        raise PackageError([each.replace(file_name, name) for each in error.problems]) from None
    task = PackageTask.objects.create(
        direction=PackageDirection.IMPORT,
        title=title[:200],
        file_name=file_name,
        digest=digest,
        total=pages,
        by=by,
    )
    return run(task) if is_short(task) else task


def is_short(task: PackageTask) -> bool:
    """Return whether the task is done while its asker waits."""
    if task.total > SHORT_PAGES:
        return False
    path = package_files.path_of(task)
    return not path.exists() or path.stat().st_size <= SHORT_BYTES


def confirm(task: PackageTask) -> PackageTask:
    """Import what was looked at; a short one is done when this returns. Any other state stays as it is."""
    ready = PackageTask.objects.filter(
        pk=task.pk, direction=PackageDirection.IMPORT, state=TaskState.DONE, confirmed=False
    )
    if not ready.update(state=TaskState.WAITING, confirmed=True, ended_at=None):
        return PackageTask.objects.get(pk=task.pk)
    task.refresh_from_db()
    return run(task) if is_short(task) else task


def drop(task: PackageTask) -> bool:
    """Forget a task and its file; one under way goes on. Return whether it is forgotten."""
    idle = PackageTask.objects.filter(pk=task.pk).exclude(state=TaskState.RUNNING)
    forgotten = bool(idle.delete()[0])
    if forgotten:
        package_files.forget(task)
    return forgotten


def run(task: PackageTask) -> PackageTask:
    """Do a waiting task; how it ended stands in what is returned. One that another process took is left to it."""
    waiting = PackageTask.objects.filter(pk=task.pk, state=TaskState.WAITING)
    if waiting.update(state=TaskState.RUNNING, started_at=timezone.now()):
        task.refresh_from_db()
        try:
            _end(task, TaskState.DONE, _WAYS[task.direction](task))
        except PackageMoved:
            _look_again(task)
        except PackageError as error:
            _end(task, TaskState.FAILED, error.problems)
        except ContentError as error:
            _end(task, TaskState.FAILED, [str(error)])
        except Exception:
            logger.exception("package task failed", extra={"task": task.pk})
            _end(task, TaskState.FAILED, [BROKEN])
    return PackageTask.objects.get(pk=task.pk)


def run_waiting() -> None:
    """Do every waiting task, the oldest first; say of those that were killed that they were."""
    give_up_on_lost(now=timezone.now())
    for task in PackageTask.objects.filter(state=TaskState.WAITING).order_by("asked_at", "pk"):
        run(task)


def give_up_on_lost(*, now: datetime) -> None:
    """Say of tasks whose process was killed that nothing came of them."""
    lost = PackageTask.objects.filter(state=TaskState.RUNNING, started_at__lt=now - STUCK_AFTER)
    lost.update(state=TaskState.FAILED, report=[LOST], ended_at=now)


def purge(*, now: datetime) -> None:
    """Forget tasks, and delete their files, a week after they were asked for."""
    for task in PackageTask.objects.filter(asked_at__lt=now - KEPT).exclude(state=TaskState.RUNNING):
        drop(task)
    package_files.forget_strays(before=now - KEPT)


def _export(task: PackageTask) -> list:
    if task.page is None:
        raise ContentError("这一页已经删掉了，导不出来。")
    files = files_of(task.page, progress=_progress(task))
    package_files.path_of(task).write_bytes(archive.zipped(files))
    log(instance=task.page.specific, action=EXPORTED, user=task.by)
    return []


def _import(task: PackageTask) -> list:
    path = package_files.path_of(task)
    if not path.exists() or package_files.digest_of(path) != task.digest:
        raise ContentError("装入的文件找不到了，或者变过了。请重新选一次文件。")
    options = {"by": task.by, "progress": _progress(task)}
    if not task.confirmed:
        return import_package(path, dry_run=True, **options).plain()
    report = import_package(path, expected=_seen(task), **options)
    if report.changes:
        log(instance=report.page, action=IMPORTED, user=task.by, data={"changes": len(report.changes)})
    PackageTask.objects.filter(pk=task.pk).update(page=report.page.pk)
    return report.plain()


def _seen(task: PackageTask) -> list:
    """Return the changes somebody was shown and agreed to."""
    return [change for change in task.report if not change.get("again")]


def _look_again(task: PackageTask) -> None:
    """Show what the import would do by now, and ask again."""
    PackageTask.objects.filter(pk=task.pk).update(confirmed=False)
    task.confirmed = False
    try:
        _end(task, TaskState.DONE, [{"summary": str(PackageMoved()), "again": True}, *_import(task)])
    except PackageError as error:
        _end(task, TaskState.FAILED, error.problems)


def _end(task: PackageTask, state: str, report: list) -> None:
    PackageTask.objects.filter(pk=task.pk).update(state=state, report=report, ended_at=timezone.now())


def _progress(task: PackageTask):
    return lambda done, total: package_files.note_progress(task, done, total)


_WAYS: dict[str, Callable[[PackageTask], list]] = {
    PackageDirection.EXPORT: _export,
    PackageDirection.IMPORT: _import,
}
