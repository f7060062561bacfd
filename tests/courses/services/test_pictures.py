"""A photo that is uploaded: looked at, drawn anew, and kept without what a telephone hides in it."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from cms.models import ContentImage
from courses.errors import Refused
from courses.services.pictures import LONGEST_SIDE, discard_picture, drawn_anew, keep_picture
from tests.factories.pages import a_lesson, photo_step, stream
from tests.factories.places import a_photo

pytestmark = pytest.mark.django_db

WHERE = "31.1 North"


def with_secrets(**saved) -> bytes:
    """Return a photo turned on its side that says where it was taken, in every place there is."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010E] = WHERE
    return a_photo(exif=exif, comment=WHERE.encode(), **saved).read()


def opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data))


def keep(upload) -> ContentImage:
    kept = keep_picture(upload, title="田林活动室", words="大门", by=None)
    return ContentImage.objects.get(pk=kept.pk)


def test_what_a_telephone_hides_is_not_kept():
    data = with_secrets()
    assert WHERE.encode() in data
    image = keep(SimpleUploadedFile("IMG_2021 王阿姨.jpg", data))
    kept = image.file.read()
    assert WHERE.encode() not in kept
    assert not opened(kept).getexif()
    assert "IMG_2021" not in image.file.name
    assert "王" not in image.file.name
    assert image.description == "大门"


def test_the_size_for_readers_is_ready_before_anybody_looks():
    assert keep(a_photo()).renditions.count() == 1


def test_a_photo_taken_on_its_side_stands_upright():
    assert opened(drawn_anew(with_secrets())).size == (40, 60)


def test_large_photos_become_smaller():
    assert opened(drawn_anew(a_photo(size=(3000, 1500)).read())).size == (LONGEST_SIDE, LONGEST_SIDE // 2)


def test_what_is_seen_through_becomes_white():
    written = BytesIO()
    Image.new("RGBA", (4, 4), (0, 0, 0, 0)).save(written, "PNG")
    assert opened(drawn_anew(written.getvalue())).getpixel((1, 1)) == (255, 255, 255)


@pytest.mark.parametrize(("name", "kind"), [("a.png", "PNG"), ("a.webp", "WEBP"), ("A.JPG", "JPEG")])
def test_pictures_of_three_kinds_are_taken(name, kind):
    assert opened(keep(a_photo(name, kind=kind)).file.read()).format == "JPEG"


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "图片只用 png、jpg、webp。"),
        ("a.jpg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "打不开"),
        ("a.png", a_photo().read(), "打不开"),
        ("a.jpg", a_photo(size=(600, 400)).read()[:400], "打不开"),
        ("a.jpg", b"\xff\xd8\xff" + b"0" * 5 * 1024 * 1024, "最多 5 MB"),
        ("a.png", a_photo(kind="PNG", size=(9000, 6000)).read(), "长宽太大"),
    ],
    ids=["svg", "svg-inside", "other-kind", "torn", "heavy", "bomb"],
)
def test_anything_else_is_refused_beside_the_field(name, data, words):
    with pytest.raises(Refused) as refusal:
        keep(SimpleUploadedFile(name, data))
    assert refusal.value.code == "bad-picture"
    assert words in refusal.value.fields["picture"]
    assert not ContentImage.objects.filter(title="田林活动室").exists()


def test_a_picture_given_up_goes_unless_content_shows_it():
    lonely, used = keep(a_photo()), keep(a_photo())
    a_lesson(title="微信扫一扫", steps=stream(photo_step(used)))
    discard_picture(lonely)
    discard_picture(used)
    assert list(ContentImage.objects.filter(title="田林活动室")) == [used]
