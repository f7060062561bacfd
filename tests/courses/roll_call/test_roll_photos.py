"""Photos of signed sheets: drawn anew, outside public media, looked at only by whom it concerns, gone in time."""

import io
import stat
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from PIL import Image

from cms.enums import AuditVerb
from cms.models import AuditEntry
from courses.enums import Duty, TeachingRole
from courses.errors import NotAllowed, Refused
from courses.models import RollPhoto, RollPhotoRemoval
from courses.services.purging import purge_expired
from courses.services.roll_paper import photos
from courses.services.roll_paper.photos import keep_photos, remove_photo, view_photo
from tests.factories.classes import a_college, a_member, a_person, a_school
from tests.factories.roll_call import a_held_session

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.EVIDENCE_FOLDER = tmp_path / "evidence"
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.EVIDENCE_FOLDER


@pytest.fixture
def session():
    school = a_school(a_college())
    return a_held_session(organiser=school)


@pytest.fixture
def now(session):
    return session.ends_at


@pytest.fixture
def clerk(session):
    return a_member(Duty.SCHOOL_STAFF, session.run.organiser)


@pytest.fixture
def kept(session, clerk, now):
    """A function that hands pictures in."""
    return lambda *uploads: keep_photos(session=session, uploads=uploads, by=clerk, now=now)


def a_photo(name="sheet.jpg", *, kind="JPEG", shade=200, **how) -> SimpleUploadedFile:
    written = io.BytesIO()
    Image.new("RGB", how.pop("size", (60, 80)), (shade, shade, 255)).save(written, kind, **how)
    return SimpleUploadedFile(name, written.getvalue())


def files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*")) if folder.exists() else []


@pytest.mark.parametrize(("name", "kind"), [("a.jpg", "JPEG"), ("b.PNG", "PNG"), ("c.heic", "HEIF")])
def test_what_telephones_take_is_kept_as_a_jpeg(kept, clerk, folder, name, kind):
    (photo,) = kept(a_photo(name, kind=kind))
    data = view_photo(photo=photo, by=clerk)
    assert Image.open(io.BytesIO(data)).format == "JPEG"
    assert (photo.size, [path.name for path in files(folder)]) == (len(data), [photo.name])


def test_nothing_comes_along_but_what_is_seen(kept, clerk):
    exif = Image.Exif()
    exif[0x010E], exif[0x9286] = "secret place", "secret place"
    upload = a_photo(exif=exif, comment=b"secret place", size=(4000, 200))
    assert b"secret" in upload.read()
    upload.seek(0)
    data = view_photo(photo=kept(upload)[0], by=clerk)
    assert b"secret" not in data
    assert max(Image.open(io.BytesIO(data)).size) == 2000


def test_only_the_program_reads_it_and_never_below_media(kept, folder, settings):
    kept(a_photo())
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(files(folder)[0].stat().st_mode) == 0o600
    settings.EVIDENCE_FOLDER = settings.MEDIA_ROOT / "evidence"
    with pytest.raises(ImproperlyConfigured, match="EVIDENCE_FOLDER"):
        kept(a_photo(shade=3))


@pytest.mark.parametrize(
    ("upload", "said"),
    [
        (SimpleUploadedFile("scan.pdf", b"%PDF-1.7"), "“scan.pdf”是 PDF"),
        (SimpleUploadedFile("drawing.svg", b"<svg/>"), "图片只用 png、jpg、webp、heic"),
        (SimpleUploadedFile("page.jpg", b"<html>"), "打不开"),
        (SimpleUploadedFile("page.jpg", b"\xff\xd8\xff" * 9), "打不开"),
        (SimpleUploadedFile("big.jpg", b"x" * (photos.MAX_BYTES + 1)), "最多 10 MB"),
    ],
)
def test_one_bad_picture_is_named_and_none_is_kept(kept, folder, upload, said):
    with pytest.raises(Refused, match=said) as refusal:
        kept(a_photo(), upload)
    assert "一张也没有存" in refusal.value.fields["photos"]
    assert (RollPhoto.objects.count(), files(folder)) == (0, [])


def test_none_at_all_and_too_many(kept):
    with pytest.raises(Refused, match="请选照片"):
        kept()
    with pytest.raises(Refused, match="一次最多 6 张"):
        kept(*[a_photo() for _ in range(7)])
    # Three hundred people sign on twenty-one sheets: all of them are taken.
    for first in range(0, 30, 6):
        kept(*[a_photo(shade=each * 8) for each in range(first, first + 6)])
    with pytest.raises(Refused, match="已经有 30 张了"):
        kept(a_photo(shade=255))


def test_the_same_picture_twice_is_kept_once(kept, folder):
    assert len(kept(a_photo(), a_photo())) == 1
    assert kept(a_photo()) == []
    assert len(files(folder)) == 1


def test_when_the_row_fails_the_file_goes_too(kept, folder, monkeypatch):
    def fail(*args, **how):
        raise DatabaseError

    monkeypatch.setattr(photos, "record", fail)
    with pytest.raises(DatabaseError):
        kept(a_photo())
    assert (RollPhoto.objects.count(), files(folder)) == (0, [])


def test_not_of_a_session_to_come_nor_of_one_that_was_not_held(session, clerk, now):
    with pytest.raises(Refused, match="还没有到上课的时间"):
        keep_photos(session=session, uploads=[a_photo()], by=clerk, now=now - timedelta(days=9))
    type(session).objects.filter(pk=session.pk).update(state="not-held")
    with pytest.raises(Refused, match="没有上"):
        keep_photos(session=session, uploads=[a_photo()], by=clerk, now=now)


def test_who_looks_is_put_down(kept, clerk, session):
    (photo,) = kept(a_photo())
    auditor = a_member(Duty.AUDITOR, session.run.organiser.guided_by)
    view_photo(photo=photo, by=auditor)
    entry = AuditEntry.objects.get(verb=AuditVerb.VIEWED)
    assert (entry.by, entry.subject, entry.subject_id) == (auditor, "rollphoto", str(photo.pk))
    assert entry.organisation_id == session.run.organiser_id


def test_who_has_nothing_to_do_with_it_neither_looks_nor_takes_away(kept, session, now):
    (photo,) = kept(a_photo())
    school = session.run.organiser
    teacher = a_member(Duty.TEACHER, school)
    for user in (
        teacher,
        a_member(Duty.VOLUNTEER, school),
        a_member(Duty.DISTRICT_MANAGER, a_college("西学院", district="西区")),
    ):
        with pytest.raises(NotAllowed):
            view_photo(photo=photo, by=user)
        with pytest.raises(NotAllowed):
            remove_photo(photo=photo, because="看看", by=user, now=now)
    with pytest.raises(NotAllowed):
        remove_photo(photo=photo, because="看看", by=a_member(Duty.AUDITOR, school.guided_by), now=now)
    session.teacher = a_person(school, "周老师", role=TeachingRole.TEACHER, user=teacher)
    session.save()
    assert view_photo(photo=RollPhoto.objects.get(), by=teacher)


def test_a_file_that_was_changed_or_lost_is_said_to_be(kept, clerk, folder):
    (photo,) = kept(a_photo())
    files(folder)[0].write_bytes(b"another")
    with pytest.raises(Refused, match="被改过"):
        view_photo(photo=photo, by=clerk)
    files(folder)[0].unlink()
    with pytest.raises(Refused, match="不在了"):
        view_photo(photo=photo, by=clerk)
    assert not AuditEntry.objects.filter(verb=AuditVerb.VIEWED).exists()


def test_taken_away_the_picture_goes_and_its_row_says_why(kept, clerk, now, folder):
    (photo,) = kept(a_photo())
    with pytest.raises(Refused, match="为什么"):
        remove_photo(photo=photo, because="  ", by=clerk, now=now)
    remove_photo(photo=photo, because="拍了别的班的", by=clerk, now=now)
    assert files(folder) == []
    assert (photo.removal.because, photo.removal.by) == ("拍了别的班的", clerk)
    assert not RollPhoto.objects.there().exists()
    with pytest.raises(Refused, match="已经拿掉了"):
        remove_photo(photo=photo, because="再拿", by=clerk, now=now)
    # It can be handed in again.
    assert len(kept(a_photo())) == 1


def test_a_removal_that_is_taken_back_keeps_the_file(kept, clerk, now, folder):
    (photo,) = kept(a_photo())
    with transaction.atomic():
        remove_photo(photo=photo, because="错", by=clerk, now=now)
        transaction.set_rollback(True)
    assert len(files(folder)) == 1


def test_rows_are_only_added(kept):
    (photo,) = kept(a_photo())
    for change in (lambda: RollPhoto.objects.update(digest=""), photo.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_its_time_is_up_with_the_session_and_not_with_the_upload(kept, session, folder):
    (photo,) = kept(a_photo())
    last = session.starts_at + timedelta(days=540)
    assert purge_expired(now=last)["签到表照片"] == 0
    assert purge_expired(now=last + timedelta(seconds=1))["签到表照片"] == 1
    assert purge_expired(now=last + timedelta(seconds=1))["签到表照片"] == 0
    assert files(folder) == []
    removal = RollPhotoRemoval.objects.get(photo=photo)
    assert (removal.because, removal.by) == ("到期", None)


def test_files_that_no_row_speaks_of_go_after_a_day(kept, now, folder):
    kept(a_photo())
    left = folder / "left.jpg"
    left.write_bytes(b"half")
    moment = now.fromtimestamp(left.stat().st_mtime, tz=now.tzinfo)
    photos.purge(older_than=now - timedelta(days=99), now=moment + timedelta(hours=23))
    assert left.exists()
    photos.purge(older_than=now - timedelta(days=99), now=moment + timedelta(hours=25))
    assert not left.exists()
    assert len(files(folder)) == 1
