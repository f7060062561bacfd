"""Content packages in the making, and looking at what an import left behind."""

import copy
import io
import zipfile
from pathlib import Path

import yaml
from django.conf import settings
from django.db import connection
from PIL import Image as Pillow

from cms.models import ContentDocument, ContentImage, SharedStep, StableCode
from courses.models import LessonPage, ModulePage
from handbook.models import ChapterPage

SCREEN = "标题栏 微信 | + *\n列表 大女儿\n撕口"
MP3 = b"ID3\x04\x00\x00\x00\x00\x00\x00" + b"\x00" * 64


def a_step(do: str = "点右上角的小加号。", **parts) -> dict:
    """A step as it stands in a package's file."""
    return {"do": do} | parts


def a_lesson(code: str = "SCAN-91", **fields) -> dict:
    """A lesson as it stands in its file, complete enough to go on line."""
    lesson = {
        "code": code,
        "slug": code.lower(),
        "title": f"第 {code} 课",
        "goal": "会打开扫一扫。",
        "minutes": 15,
        "main_scenario": "scan-code",
        "touches_money_or_privacy": False,
        "steps": [{"step": a_step()}],
    }
    return lesson | fields


def a_shared_step(key: str = "tap-here", **step) -> dict:
    """A shared step as it stands in its file."""
    return {"key": key, "title": f"共用的 {key}", "step": a_step("点一下这里。") | step}


def a_package(*lessons: dict, shared_steps=(), images=None, page=None, **others) -> dict:
    """A module's package: file name → plain value (or bytes)."""
    lessons = lessons or (a_lesson(),)
    root = {"slug": "xue-sao-ma", "title": "学扫码", "goal": "会扫码。", "main_scenario": "scan-code"}
    package = {
        "package.yaml": {
            "format": 1,
            "kind": "module",
            "page": root | (page or {}),
            "pages": [lesson["code"] for lesson in lessons],
        }
    }
    package |= {f"pages/{lesson['code']}.yaml": lesson for lesson in lessons}
    package |= {f"shared-steps/{step['key']}.yaml": step for step in shared_steps}
    package |= {f"images/{name}": data for name, data in (images or {}).items()}
    return copy.deepcopy(package) | others


def as_bytes(package: dict) -> dict[str, bytes]:
    """The package's files; what is bytes or text already stays as it is."""
    return {name: _bytes(value) for name, value in package.items()}


def as_folder(package: dict, folder: Path) -> Path:
    """Write the package below ``folder``; return it."""
    for name, data in as_bytes(package).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def as_zip(package: dict, path: Path) -> Path:
    """Write the package as a zip; return its path."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in as_bytes(package).items():
            archive.writestr(name, data)
    return path


def picture(kind: str = "PNG", size: tuple[int, int] = (6, 8), colour: str = "teal") -> bytes:
    """The bytes of a small picture."""
    buffer = io.BytesIO()
    Pillow.new("RGB", size, colour).save(buffer, kind)
    return buffer.getvalue()


def files_in(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by its name."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def everything() -> tuple[dict[str, int], dict[str, bytes]]:
    """How many rows each table holds, and every uploaded file: to see that nothing has changed."""
    with connection.cursor() as cursor:
        tables = sorted(connection.introspection.table_names(cursor))
        counts = {}
        for table in tables:
            cursor.execute(f"SELECT COUNT(*) FROM {connection.ops.quote_name(table)}")
            counts[table] = cursor.fetchone()[0]
    return counts, files_in(Path(settings.MEDIA_ROOT))


def empty_site() -> None:
    """Take away all content that packages bring, as if the site were another one."""
    for model in (LessonPage, ChapterPage, ModulePage):
        for page in model.objects.all():
            model.objects.get(pk=page.pk).delete()
    for model in (StableCode, SharedStep, ContentImage, ContentDocument):
        model.objects.all().delete()


def _bytes(value) -> bytes:
    if isinstance(value, bytes):
        return value
    text = value if isinstance(value, str) else yaml.safe_dump(value, allow_unicode=True, sort_keys=False)
    return text.encode()
