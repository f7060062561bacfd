"""Content out: a module or a handbook as a package's files."""

from pathlib import Path, PurePath
from typing import Any

from wagtail.models import Page

from cms.errors import ContentError
from cms.hooks import PACKAGE_KINDS, PackageKind, ask
from cms.models import ContentDocument, ContentImage, SharedStep
from cms.services.packages import archive, words, yaml_text
from cms.services.packages.block_values import to_plain
from cms.services.packages.fields import page_to_plain

FORMAT = 1


def export_package(page: Page, target: Path) -> None:
    """Write the module or handbook ``page`` with everything it needs to ``target`` (a folder or .zip).

    What is on line is exported; a page that is not, as its latest draft, marked ``live: false``.
    Raises ContentError for a page that is no package's root and for a draft that has no code yet, PackageError
    for a folder that is not empty.
    """
    archive.write_files(package_files(page), target)


def package_files(page: Page, progress=lambda done, total: None) -> archive.Files:
    """Return the package of ``page`` as files by name; ``progress`` is told of every page."""
    root = page.specific
    kind = kind_of(root)
    names = LeavingNames()
    pages: Any = kind.child
    children = [as_published(child) for child in pages.objects.child_of(root).order_by("path")]
    for child in children:
        if not child.code:
            raise ContentError(f"“{child.title}”还没有编号，放不进内容包。先选好它的主要场景，保存，再导出。")
    plain = {}
    for child in children:
        plain[child.code] = page_plain(child, names)
        progress(len(plain), len(children))
    manifest = {"format": FORMAT, "kind": kind.kind, "page": page_plain(as_published(root), names)}
    manifest["pages"] = list(plain)
    files = {"package.yaml": yaml_text.write(manifest)}
    files |= {f"pages/{code}.yaml": yaml_text.write(value) for code, value in plain.items()}
    return files | names.files()


def kind_of(page: Page) -> PackageKind:
    """Return the kind of package ``page`` is the root of. Raises ContentError when it is none."""
    for kind in ask(PACKAGE_KINDS):
        if isinstance(page, kind.root):
            return kind
    raise ContentError(f"“{page.title}”不是课程模块，也不是手册，不能导出成内容包。")


def as_published(content):
    """Return what readers see of a page or shared step, or its latest draft when they see nothing of it."""
    return content if content.live else content.get_latest_revision_as_object()


def page_plain(page: Page, names, *, live: bool | None = None) -> dict:
    """Return the page as it stands in its file; ``live`` for one that is about to be on line, or not."""
    return page_to_plain(page, names) | _off_line(page.live if live is None else live)


def shared_step_plain(step: SharedStep, names, *, live: bool | None = None) -> dict:
    """Return a shared step as it stands in its file; ``live`` as for a page."""
    raw = step.body.get_prep_value()
    steps = to_plain(step.body.stream_block, raw, names) or [{}]
    plain = {"key": step.key, "title": words.tidy(step.title), "step": steps[0]}
    return plain | _off_line(step.live if live is None else live)


def _off_line(live: bool) -> dict:
    return {} if live else {"live": False}


class LeavingNames:
    """Names what leaves with the pages, and gathers it: pictures, recordings, shared steps."""

    def __init__(self):
        self.images: dict[str, ContentImage] = {}
        self.recordings: dict[str, ContentDocument] = {}
        self.shared_steps: dict[str, SharedStep] = {}

    def image(self, pk) -> str | None:
        """Return the picture's file name in the package; None for one that is gone."""
        return self._named(self.images, ContentImage.objects.filter(pk=pk).first())

    def recording(self, pk) -> str | None:
        """Return the recording's file name in the package; None for one that is gone."""
        return self._named(self.recordings, ContentDocument.objects.filter(pk=pk).first())

    def shared_step(self, pk) -> str | None:
        """Return the shared step's key; None for one that is gone."""
        step = SharedStep.objects.filter(pk=pk).first()
        if step is None:
            return None
        self.shared_steps[step.key] = as_published(step)
        return step.key

    def titles(self) -> dict[str, str]:
        """Return what people call all that was named, by its name."""
        files: dict[str, Any] = {**self.images, **self.recordings}
        media = {name: f"“{item.title}”" for name, item in files.items()}
        return media | {key: f"共用步骤“{step.title}”" for key, step in self.shared_steps.items()}

    def files(self) -> archive.Files:
        """Return the files of all that was named. Shared steps first: they name pictures of their own."""
        steps = {key: shared_step_plain(step, self) for key, step in sorted(self.shared_steps.items())}
        files = {f"shared-steps/{key}.yaml": yaml_text.write(plain) for key, plain in steps.items()}
        files |= _media("images", self.images)
        return files | _media("recordings", self.recordings)

    @staticmethod
    def _named(items: dict, item) -> str | None:
        if item is None:
            return None
        name = content_name(item)
        items.setdefault(name, item)
        return name


def content_name(item) -> str:
    """Name an uploaded file after its content: the same file always leaves under the same name."""
    suffix = PurePath(item.file.name).suffix.lower()
    return f"{item.get_file_hash()[:16]}{suffix}"


def media_plain(item) -> dict:
    """Return what is kept about an uploaded file beside its bytes."""
    description = words.tidy(getattr(item, "description", ""))
    return {"title": words.tidy(item.title)} | ({"description": description} if description else {})


def _media(folder: str, items: dict) -> archive.Files:
    if not items:
        return {}
    about = {name: media_plain(item) for name, item in sorted(items.items())}
    files = {f"{folder}.yaml": yaml_text.write(about)}
    for name, item in sorted(items.items()):
        with item.open_file() as stream:
            files[f"{folder}/{name}"] = stream.read()
    return files
