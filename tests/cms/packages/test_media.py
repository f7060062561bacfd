"""Pictures and recordings: looked at before they are believed, and gone again when the import is undone."""

import hashlib
import zlib

import pytest

from cms.errors import PackageError
from cms.models import ContentDocument, ContentImage
from cms.services.packages import import_package, uploads
from tests.factories.content import MP3, a_lesson, a_package, a_step, as_folder, everything, files_in, picture

pytestmark = pytest.mark.django_db

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def png_of(width: int, height: int) -> bytes:
    """A PNG whose header claims a size, with hardly any pixels behind it."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")

    header = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x02\x00\x00\x00"
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b""))
        + chunk(b"IEND", b"")
    )


def with_image(name: str, data: bytes, **others) -> dict:
    step = a_step(picture={"screenshot": name, "alt": "一张图"})
    return a_package(a_lesson(steps=[{"step": step}]), images={name: data}) | others


def with_recording(name: str, data: bytes) -> dict:
    return a_package(a_lesson(steps=[{"step": a_step(recording=name)}])) | {f"recordings/{name}": data}


WRONG = [
    (with_image("a.png", b"just words"), "images/a.png：打不开，不是一张好的 PNG 图片"),
    (with_image("a.png", picture(size=(90, 90))[:60]), "images/a.png：打不开"),
    (with_image("a.png", b""), "images/a.png：打不开"),
    (with_image("a.png", SVG), "images/a.png：打不开"),
    (with_image("a.svg", SVG), "images/a.svg：图片只用 png、jpg、webp。"),
    (with_image("a.gif", picture("GIF")), "images/a.gif：图片只用"),
    (with_image("a", picture()), "images/a：图片只用"),
    (with_image("a.png.html", picture()), "images/a.png.html：图片只用"),
    (with_image("a.png", picture("JPEG")), "images/a.png：打不开"),
    (with_image("a.jpg", picture("PNG")), "images/a.jpg：打不开"),
    (with_image("a.png", png_of(8_000, 8_000)), "images/a.png：图片的长宽太大了"),
    (with_image("a.png", png_of(60_000, 60_000)), "images/a.png：图片的长宽太大了"),
    (with_image("a.png", picture() + bytes(5 * 1024 * 1024)), "images/a.png：图片太大了，最多 5 MB。"),
    (with_recording("a.mp3", b"just words"), "recordings/a.mp3：打不开"),
    (with_recording("a.m4a", b"just words"), "recordings/a.m4a：打不开"),
    (with_recording("a.mp3", b"ID3" + bytes(5 * 1024 * 1024)), "recordings/a.mp3：录音太大了，最多 5 MB"),
    (with_recording("a.exe", b"MZ"), "recordings/a.exe：录音只用 mp3、m4a。"),
]


@pytest.mark.parametrize(("package", "reason"), WRONG, ids=range(len(WRONG)))
def test_what_is_no_picture_and_no_recording(package, reason, tmp_path):
    source = as_folder(package, tmp_path / "package")
    before = everything()
    with pytest.raises(PackageError) as refused:
        import_package(source)
    assert str(refused.value).startswith(reason)
    assert everything() == before


def test_a_fault_found_late_leaves_no_file(tmp_path):
    """The picture is stored before the pages are looked at: undone, it is gone from disk too."""
    good, bad = with_image("a.png", picture())["pages/SCAN-91.yaml"], a_lesson("SCAN-92", title="")
    bad["steps"] = [{"step": a_step(recording="a.mp3")}]
    package = a_package(good, bad, images={"a.png": picture()}) | {"recordings/a.mp3": MP3}
    before = everything()
    with pytest.raises(PackageError):
        import_package(as_folder(package, tmp_path / "package"))
    assert everything() == before


def test_a_row_that_cannot_be_written_leaves_no_file(tmp_path, monkeypatch, media):
    def fail(self, *args, **kwargs):
        self.file.save(self.file.name, self.file.file, save=False)
        raise OSError("disk full")

    monkeypatch.setattr(ContentImage, "save", fail)
    with pytest.raises(OSError, match="disk full"):
        import_package(as_folder(with_image("a.png", picture()), tmp_path / "package"))
    assert files_in(media) == {}


def test_undoing_touches_nobody_elses_file(tmp_path, monkeypatch, media):
    (media / "a.png").write_bytes(b"of somebody else")

    def fail(self, *args, **kwargs):
        raise OSError("disk full")

    monkeypatch.setattr(ContentImage, "save", fail)
    with pytest.raises(OSError, match="disk full"):
        import_package(as_folder(with_image("a.png", picture()), tmp_path / "package"))
    assert files_in(media) == {"a.png": b"of somebody else"}


def test_a_dry_run_stores_no_file(tmp_path, media):
    report = import_package(as_folder(with_image("a.png", picture()), tmp_path / "package"), dry_run=True)
    assert "新放进来的文件：a.png" in report.changes
    assert files_in(media) == {}


def test_the_same_picture_is_stored_once(tmp_path, media):
    data = picture()
    import_package(as_folder(with_image("a.png", data), tmp_path / "one"))
    again = with_image("other-name.png", data, **{"images.yaml": {"other-name.png": {"title": "单子\n"}}})
    assert import_package(as_folder(again, tmp_path / "two")).changes == ["修改文件的说明：单子"]
    assert import_package(tmp_path / "two").changes == []
    assert [image.title for image in ContentImage.objects.all()] == ["单子"]
    originals = {name: file for name, file in files_in(media).items() if name.startswith("original_images/")}
    assert list(originals.values()) == [data]


def test_a_picture_and_a_recording_arrive_whole(tmp_path, media):
    package = with_image("a.webp", picture("WEBP")) | with_recording(
        "a.m4a", b"\x00\x00\x00\x18ftypM4A " + bytes(9)
    )
    package["pages/SCAN-91.yaml"]["steps"] += with_image("a.webp", b"")["pages/SCAN-91.yaml"]["steps"]
    import_package(as_folder(package, tmp_path / "package"))
    image, recording = ContentImage.objects.get(), ContentDocument.objects.get()
    assert (image.width, image.height, image.title) == (6, 8, "a.webp")
    assert image.file_hash == hashlib.sha1(package["images/a.webp"]).hexdigest()
    assert set(files_in(media).values()) >= {package["images/a.webp"], package["recordings/a.m4a"]}
    assert recording.file_size == len(package["recordings/a.m4a"])


def test_a_picture_of_many_pixels_is_refused_before_they_are_unpacked(monkeypatch):
    monkeypatch.setattr(uploads, "MAX_PIXELS", 47)
    assert uploads.image_problem("a.png", picture(size=(6, 8))) == "图片的长宽太大了，缩小一些再放进来。"
    monkeypatch.setattr(uploads, "MAX_PIXELS", 48)
    assert uploads.image_problem("a.png", picture(size=(6, 8))) is None
