"""Content in: a package becomes pages, all of it or nothing."""

from pathlib import Path
from typing import Any

from django.db import transaction

from cms.errors import PackageError, PackageMoved
from cms.services.packages import archive
from cms.services.packages.arriving import ArrivingNames
from cms.services.packages.manifest import read_package
from cms.services.packages.pages_in import bring_child, bring_root
from cms.services.packages.problems import Problems
from cms.services.packages.report import ImportReport
from cms.services.packages.shared_steps_in import bring_shared_step
from cms.services.packages.uploads import Uploads
from cms.services.packages.work import Progress, Work


def nobody_waits(done: int, total: int) -> None:
    """Take what is told of the progress where nobody looks at it."""


def import_package(
    source: Path,
    *,
    dry_run: bool = False,
    by=None,
    expected: list | None = None,
    progress: Progress = nobody_waits,
) -> ImportReport:
    """Import the package at ``source`` (folder or zip) and publish it; ``by`` is the user it is logged under.

    With ``dry_run`` nothing is changed, only told. Importing the same package again changes nothing.
    ``expected`` is what somebody agreed to (``ImportReport.plain()`` of a dry run): another outcome is not kept.
    ``progress`` is told of every page. Raises PackageError, with everything that is wrong, and PackageMoved when
    the outcome is another than expected; then nothing was changed either.
    """
    problems = Problems()
    package = read_package(archive.read_files(source), problems)
    uploads = Uploads(problems)
    report = ImportReport(str(package.root.value["page"].get("title", "")))
    work = Work(package, problems, ArrivingNames(package, uploads), report, by)
    try:
        with transaction.atomic():
            _import_or_note(work, progress)
            if expected is not None and report.plain() != expected:
                uploads.note_sizes()
                raise PackageMoved
            if dry_run:
                uploads.note_sizes()
                transaction.set_rollback(True)
    except BaseException:
        uploads.undo()
        raise
    if dry_run:
        uploads.undo()
    return report


def look_at(source: Path) -> tuple[str, int]:
    """Return a package's title and how many pages it holds. Raises PackageError for one that cannot be read."""
    package = read_package(archive.read_files(source), Problems())
    return str(package.root.value["page"].get("title", "")), len(package.pages)


def is_there(source: Path) -> bool:
    """Return whether the package's own page is on this site already and has pages below it.

    Raises PackageError for a package that cannot be read.
    """
    package = read_package(archive.read_files(source), Problems())
    root = package.kind.find_root(package.root.value["page"])
    return root is not None and root.get_children().exists()


def _import_or_note(work: Work, progress: Progress) -> None:
    try:
        _import(work, progress)
    except PackageError:
        work.names.uploads.note_sizes()
        raise


def _import(work: Work, progress: Progress) -> None:
    """Bring everything in, from what is named to what names it; each part builds on the one before."""
    package, problems = work.package, work.problems
    work.report.tell(*work.names.receive_media())
    problems.refuse_if_any()
    for key, document in package.shared_steps.items():
        bring_shared_step(work, key, document)
    problems.refuse_if_any()
    work.report.page = root = bring_root(work)
    problems.refuse_if_any()
    pages = []
    for code, document in package.pages.items():
        pages.append(bring_child(work, root, code, document))
        progress(len(pages), len(package.pages))
    for name in work.names.never_asked_for():
        problems.add(name, None, "包里没有地方用到它。用上，或者把文件拿掉。")
    problems.refuse_if_any()
    _reorder(work, root, pages)


def _reorder(work: Work, root, pages: list) -> None:
    wanted = [page.pk for page in pages]
    child: Any = work.package.kind.child
    children = child.objects.child_of(root).filter(pk__in=wanted).order_by("path")
    if list(children.values_list("pk", flat=True)) == wanted:
        return
    work.report.tell(f"重新排顺序：{root.title}")
    for page in pages:
        page.refresh_from_db()
        root.refresh_from_db()
        page.move(root, pos="last-child", user=work.by)
