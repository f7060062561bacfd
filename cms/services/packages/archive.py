"""A package's files, from a folder or a zip, and back. Nothing is ever written where a name inside says."""

import io
import re
import struct
import zipfile
import zlib
from pathlib import Path

from cms.errors import PackageError

Files = dict[str, bytes]

MAX_FILES = 500
MAX_TOTAL = 60 * 1024 * 1024
ALLOWED_NAME = re.compile(r"(?:(?:pages|shared-steps|images|recordings)/)?[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
# A zip remembers times; one fixed time makes the same content the same bytes.
EPOCH = (2021, 1, 1, 0, 0, 0)
METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
# What a damaged zip makes Python's reader raise.
BROKEN_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    RuntimeError,  # also what a password gives, and (NotImplementedError) a way of packing we do not know
    ValueError,
    OverflowError,
    EOFError,
    OSError,
)


def read_files(source: Path) -> Files:
    """Return the package's files by name, as in ``pages/SCAN-1.yaml``.

    Raises PackageError when it is no package, is too big, or holds names that have no place in one.
    """
    if source.is_dir():
        return _from_folder(source)
    if source.is_file():
        return _from_zip(source)
    raise PackageError([f"{source}：找不到这个内容包。"])


def write_files(files: Files, target: Path) -> None:
    """Write the files as a zip (when ``target`` ends in .zip) or into a new or empty folder."""
    if target.suffix == ".zip":
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(zipped(files))
        return
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise PackageError([f"{target}：这里已经有东西了。换一个空的文件夹，或者写成 .zip。"])
    for name, data in files.items():
        path = target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def zipped(files: Files) -> bytes:
    """Return the files as a zip; the same files always give the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, files[name])
    return buffer.getvalue()


def _is_hidden(name: str) -> bool:
    """True for what computers add by themselves: .DS_Store, .git/…, and __MACOSX/… in a zip."""
    return any(re.match(r"\.[^.]|__MACOSX$", part) for part in name.split("/"))


def _top_folder(names: list[str]) -> str:
    """Return the one folder everything lies in, as ``saoma/``: a zip of a folder has one. Else ""."""
    tops = {name.partition("/")[0] for name in names}
    one = len(tops) == 1 and "package.yaml" not in tops and ".." not in tops
    return f"{tops.pop()}/" if one else ""


def _from_folder(folder: Path) -> Files:
    files: Files = {}
    total = 0
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if _is_hidden(name):
            continue
        if path.is_symlink():
            raise PackageError([f"{name}：内容包里不能有链接（快捷方式），请放真的文件。"])
        if path.is_file():
            total += path.stat().st_size
            _check(name, len(files), total)
            files[name] = _read(path, name)
    return files


def _read(path: Path, name: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        raise PackageError([f"{name}：读不出来，看看这个文件有没有读的权限。"]) from None


def _from_zip(source: Path) -> Files:
    _check_size(source.stat().st_size)
    try:
        with zipfile.ZipFile(source) as archive:
            return _unpacked(archive)
    except BROKEN_ZIP:
        raise PackageError([f"{source.name}：不是一个好的 zip 文件，可能没传完，或者加了密码。"]) from None


def _unpacked(archive: zipfile.ZipFile) -> Files:
    files: Files = {}
    total = 0
    entries = [entry for entry in archive.infolist() if not entry.is_dir() and not _is_hidden(entry.filename)]
    top = _top_folder([entry.filename for entry in entries])
    for entry in entries:
        if entry.compress_type not in METHODS:
            raise PackageError([f"{entry.filename[:80]}：压缩的方法不认得。用电脑自带的“压缩”再压一次。"])
        name = entry.filename.removeprefix(top)
        if name in files:
            raise PackageError([f"{name}：这个文件在包里有两份。"])
        _check(name, len(files), total)
        # The size a zip claims may be a lie: read at most one byte more than is allowed.
        with archive.open(entry) as stream:
            files[name] = stream.read(MAX_TOTAL - total + 1)
        total += len(files[name])
        _check(name, len(files) - 1, total)
    return files


def _check(name: str, count: int, total: int) -> None:
    if not ALLOWED_NAME.fullmatch(name):
        raise PackageError([f"{name[:80]}：内容包里不该有这个文件，或者名字不对。"])
    if count >= MAX_FILES:
        raise PackageError([f"文件太多了，最多 {MAX_FILES} 个。"])
    _check_size(total)


def _check_size(total: int) -> None:
    if total > MAX_TOTAL:
        raise PackageError([f"内容太大了，解开来最多 {MAX_TOTAL // 1024 // 1024} MB。"])
