"""Content in: a package becomes pages, all of it or nothing."""

from dataclasses import dataclass, field
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction

from cms.models import SharedStep, StableCode
from cms.services.packages import archive
from cms.services.packages.arriving import ArrivingNames
from cms.services.packages.block_values import WrongShape, from_plain, problems_in
from cms.services.packages.exporting import as_published, page_plain, shared_step_plain
from cms.services.packages.fields import fill_page
from cms.services.packages.manifest import Package, read_package
from cms.services.packages.problems import Problems
from cms.services.packages.uploads import Uploads
from cms.services.packages.yaml_text import Document


@dataclass
class ImportReport:
    """What an import changed, or would change, in words; empty when everything is there already."""

    title: str
    changes: list[str] = field(default_factory=list)


def import_package(source: Path, *, dry_run: bool = False, by=None) -> ImportReport:
    """Import the package at ``source`` (folder or zip) and publish it; ``by`` is the user it is logged under.

    With ``dry_run`` nothing is changed, only told. Importing the same package again changes nothing.
    Raises PackageError, with everything that is wrong, and then nothing was changed either.
    """
    problems = Problems()
    package = read_package(archive.read_files(source), problems)
    uploads = Uploads(problems)
    try:
        with transaction.atomic():
            report = _Import(package, problems, uploads, by).run()
            problems.refuse_if_any()
            if dry_run:
                transaction.set_rollback(True)
    except BaseException:
        uploads.undo()
        raise
    if dry_run:
        uploads.undo()
    return report


class _Import:
    """One import under way, inside its transaction."""

    def __init__(self, package: Package, problems: Problems, uploads: Uploads, by):
        self.package = package
        self.problems = problems
        self.by = by
        self.names = ArrivingNames(package, uploads)
        self.report = ImportReport(str(package.root.value["page"].get("title", "")))

    def run(self) -> ImportReport:
        self.report.changes += self.names.receive_media()
        self.problems.refuse_if_any()
        for key, document in self.package.shared_steps.items():
            self._shared_step(key, document)
        self.problems.refuse_if_any()
        root = self._root()
        self.problems.refuse_if_any()
        pages = [self._child(root, code, document) for code, document in self.package.pages.items()]
        self.problems.refuse_if_any()
        self._reorder(root, pages)
        return self.report

    def _shared_step(self, key: str, document: Document) -> None:
        step = SharedStep.objects.filter(key=key).first() or SharedStep(key=key, live=False)
        before = shared_step_plain(step, self.names.leaving()) if step.pk else None
        if not self._fill_shared_step(step, document):
            return
        after = shared_step_plain(step, self.names.leaving())
        if before == after and step.live:
            return
        self._note("共用步骤", before, after, step.title)
        if not step.pk:
            step.save()
        step.save_revision(user=self.by, log_action=True).publish(user=self.by)

    def _fill_shared_step(self, step: SharedStep, document: Document) -> bool:
        unknown = set(document.value) - {"key", "title", "step"}
        for name in sorted(unknown):
            self.problems.add(document.file, document.line((name,)), f"没有“{name}”这一项，可以用：key、title、step。")
        try:
            step.title = self._title(document)
            step.body = self._body(document)
            step.full_clean(exclude=["latest_revision"])
        except WrongShape as shape:
            for path, reason in shape.found:
                self.problems.add(document.file, document.line(path), reason)
        except ValidationError as error:
            self._explain_fields(document, error, ())
        else:
            return not unknown
        return False

    def _body(self, document: Document):
        stream = SharedStep._meta.get_field("body").stream_block
        block = stream.child_blocks["step"]
        raw = from_plain(block, document.value.get("step"), self.names, ("step",))
        try:
            block.clean(block.to_python(raw))
        except ValidationError as error:
            raise WrongShape(found=list(problems_in(error, block, raw, ("step",)))) from None
        return stream.to_python([{"type": "step", "value": raw}])

    def _title(self, document: Document) -> str:
        title = document.value.get("title")
        if not isinstance(title, str):
            raise WrongShape(("title",), "这里要写文字。")
        return title

    def _explain_fields(self, document: Document, error: ValidationError, prefix: tuple) -> None:
        for name, messages in error.message_dict.items():
            for message in messages:
                self.problems.add(document.file, document.line((*prefix, name)), f"{name}：{message}")

    def _root(self):
        plain = self.package.root.value["page"]
        kind = self.package.kind
        page = kind.find_root(plain)
        if page is None:
            page = kind.root(live=False)
        return self._page(page, kind.find_parent(plain), self.package.root, plain, ("page",))

    def _child(self, root, code: str, document: Document):
        found = StableCode.objects.select_related("page").filter(code=code).first()
        if found and found.page is None:
            self.problems.add(document.file, document.line(("code",)), f"编号 {code} 用过，那一页已经删了。换一个新编号。")
            return None
        page = found.page.specific if found else self.package.kind.child(live=False)
        if not isinstance(page, self.package.kind.child) or (page.pk and page.get_parent().pk != root.pk):
            self.problems.add(document.file, document.line(("code",)), f"编号 {code} 已经是别处的“{page.title}”了。")
            return None
        return self._page(page, root, document, document.value, ())

    def _page(self, page, parent, document: Document, plain: dict, prefix: tuple):
        """Fill, check, compare and save one page; return it, or None with problems noted."""
        shown = as_published(page) if page.pk else None
        before = page_plain(shown, self.names.leaving()) if shown else None
        values = {name: value for name, value in plain.items() if name != "live"}
        live = plain.get("live", True) is not False
        if not self._fill(page, parent, document, values, prefix, live):
            return None
        page.live, was_live = live, page.live
        after = page_plain(page, self.names.leaving())
        page.live = was_live
        if before != after:
            self._note(page._meta.verbose_name, before, after, page.title)
            self._save(page, parent, live)
        return page

    def _fill(self, page, parent, document, values, prefix, live) -> bool:
        wrong = fill_page(page, values, self.names)
        for path, reason in wrong:
            self.problems.add(document.file, document.line((*prefix, *path)), reason)
        if wrong:
            return False
        if not page.pk:
            # full_clean looks for a free address below the parent, which a new page does not know yet.
            page.path, page.depth = parent.path + "0000", parent.depth + 1
        try:
            page.full_clean(exclude=[] if page.pk else ["path", "depth"])
        except ValidationError as error:
            self._explain_fields(document, error, prefix)
            return False
        refusals = page.publish_refusals() if live else {}
        for name, reason in refusals.items():
            self.problems.add(document.file, document.line((*prefix, name)), reason)
        return not refusals

    def _save(self, page, parent, live: bool) -> None:
        if not page.pk:
            page.path, page.depth = "", None
            parent.refresh_from_db()
            parent.add_child(instance=page)
        revision = page.save_revision(user=self.by, log_action=True)
        if live:
            revision.publish(user=self.by)
            page.refresh_from_db()

    def _note(self, what: str, before: dict | None, after: dict, title: str) -> None:
        if before is None:
            self.report.changes.append(f"新建{what}：{title}")
            return
        names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
        self.report.changes.append(f"修改{what}：{title}（{'、'.join(names) or '发布'}）")

    def _reorder(self, root, pages: list) -> None:
        wanted = [page.pk for page in pages]
        now = list(self.package.kind.child.objects.child_of(root).filter(pk__in=wanted).order_by("path"))
        if [page.pk for page in now] == wanted:
            return
        self.report.changes.append(f"重新排顺序：{root.title}")
        for page in pages:
            page.refresh_from_db()
            root.refresh_from_db()
            page.move(root, pos="last-child", user=self.by)
