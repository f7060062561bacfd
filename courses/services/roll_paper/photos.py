"""签到表照片: evidence of a roll called on paper. Drawn anew, outside public media, each look put down.

A row comes with its file: the file is written first and taken back should the row fail, and deleted only after the row
that says so. What a crash in between leaves on the disk, `purge` finds.
"""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pillow_heif
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from cms.enums import AuditVerb
from cms.models import User
from cms.services.audit import record
from cms.services.packages.uploads import FORMATS, image_problem
from cms.services.private_folder import private_folder, write_new
from courses.enums import Right
from courses.errors import NotAllowed, Refused
from courses.models import ClassSession, RollPhoto, RollPhotoRemoval
from courses.rules.roll_call import session_refusal
from courses.services.branches import refuse_unless_may
from courses.services.pictures import drawn_anew
from courses.services.roll_call.marking import may_call, refuse_unless_may_call
from courses.services.scheduling.locking import lock_session

pillow_heif.register_heif_opener()

# What telephones take; iPhones keep HEIC.
KINDS = FORMATS | {".heic": "HEIF", ".heif": "HEIF"}
MAX_BYTES = 10 * 1024 * 1024
# The web server takes so many of the largest at once (deploy/nginx.conf).
AT_ONE_TIME = 6
# Sheets of one session: three hundred people sign on twenty-one of them. More is a mistake.
MOST = 30
TIME_IS_UP = "到期"
AT_ONCE = 100
# A file that has no row yet may be one that is just being handed in.
SETTLED = timedelta(days=1)


def keep_photos(
    *, session: ClassSession, uploads: Sequence[UploadedFile], by: User | None, now: datetime
) -> list[RollPhoto]:
    """Keep photos of a session's signed sheet, all of them or none; one that is kept already is not kept again.

    Raises NotAllowed; Refused, naming the picture that cannot be taken.
    """
    refuse_unless_may_call(session, by=by)
    if not uploads:
        raise _refused("请选照片。")
    if len(uploads) > AT_ONE_TIME:
        raise _refused(f"一次最多 {AT_ONE_TIME} 张。请分几次交。")
    pictures = [_looked_at(upload) for upload in uploads]
    written: list[Path] = []
    try:
        with transaction.atomic():
            return _kept(session, pictures, written, by=by, now=now)
    except BaseException:
        for path in written:
            path.unlink(missing_ok=True)
        raise


def view_photo(*, photo: RollPhoto, by: User) -> bytes:
    """Return the picture, and put down who looked. Raises NotAllowed; Refused where it is gone or not what it was."""
    _refuse_unless_may_see(photo, by=by)
    try:
        data = _path(photo.name).read_bytes()
    except FileNotFoundError:
        raise Refused("no-file", "这张照片的文件不在了。请告诉管机器的人。") from None
    if hashlib.sha256(data).hexdigest() != photo.digest:
        raise Refused("altered", "这张照片的文件被改过，和交上来的时候不一样。请告诉管机器的人。")
    record(AuditVerb.VIEWED, by=by, subject=photo, organisation_id=photo.session.run.organiser_id)
    return data


@transaction.atomic
def remove_photo(*, photo: RollPhoto, because: str, by: User, now: datetime) -> RollPhotoRemoval:
    """Take a photo away, such as one of another class: its row stays, and says who did it and why.

    Raises NotAllowed, Refused.
    """
    refuse_unless_may_call(photo.session, by=by)
    because = because.strip()
    if not because:
        raise Refused("no-reason", "写一句为什么拿掉。", fields={"because": "写一句为什么。"})
    lock_session(photo.session)
    if RollPhotoRemoval.objects.filter(photo=photo).exists():
        raise Refused("removed-already", "这张照片已经拿掉了。")
    record(
        AuditVerb.DELETED,
        by=by,
        subject=photo,
        organisation_id=photo.session.run.organiser_id,
        detail="removed",
    )
    return _take_away(photo, because=because[:100], by=by, now=now)


def purge(*, older_than: datetime, now: datetime) -> int:
    """Take away the photos of sessions that began before a moment; return how many. Also files without a row."""
    expired = RollPhoto.objects.there().filter(session__starts_at__lt=older_than).order_by("pk")
    count = 0
    while batch := list(expired[:AT_ONCE]):
        with transaction.atomic():
            for photo in batch:
                _take_away(photo, because=TIME_IS_UP, by=None, now=now)
        count += len(batch)
    _sweep(now)
    return count


def _looked_at(upload: UploadedFile) -> bytes:
    name = str(upload.name)
    if name.lower().endswith(".pdf"):
        raise _refused(f"“{name}”是 PDF，不能收。请拍照，或者另存成图片（JPG）再交。")
    if upload.size > MAX_BYTES:
        raise _refused(f"“{name}”太大了，最多 {MAX_BYTES // 1024 // 1024} MB。")
    data = upload.read()
    problem = image_problem(name, data, formats=KINDS, most=MAX_BYTES)
    if problem:
        raise _refused(f"“{name}”：{problem}")
    return drawn_anew(data)


def _kept(
    session: ClassSession, pictures: Sequence[bytes], written: list[Path], *, by: User | None, now: datetime
) -> list[RollPhoto]:
    lock_session(session)
    refusal = session_refusal(state=session.state, starts_at=session.starts_at, now=now)
    if refusal is not None:
        raise _refused(refusal.message)
    there = set(RollPhoto.objects.there().filter(session=session).values_list("digest", flat=True))
    new = {digest: data for data in pictures if (digest := hashlib.sha256(data).hexdigest()) not in there}
    if len(there) + len(new) > MOST:
        raise _refused(f"一次课最多留 {MOST} 张，已经有 {len(there)} 张了。")
    photos = []
    for digest, data in new.items():
        name = f"{secrets.token_hex(16)}.jpg"
        # Noted first: should writing stop half-way, there is something to take back.
        written.append(_path(name))
        write_new(_path(name), data)
        photo = RollPhoto.objects.create(
            session=session, name=name, digest=digest, size=len(data), by=by, at=now
        )
        record(AuditVerb.CREATED, by=by, subject=photo, organisation_id=session.run.organiser_id)
        photos.append(photo)
    return photos


def _take_away(photo: RollPhoto, *, because: str, by: User | None, now: datetime) -> RollPhotoRemoval:
    removal = RollPhotoRemoval.objects.create(photo=photo, because=because, by=by, at=now)
    transaction.on_commit(lambda: _path(photo.name).unlink(missing_ok=True))
    return removal


def _refuse_unless_may_see(photo: RollPhoto, *, by: User) -> None:
    """Raise NotAllowed unless ``by`` may see evidence of this session: staff and auditors, teachers of their own."""
    refuse_unless_may(Right.SEE_EVIDENCE, by=by, organisation=photo.session.run.organiser)
    if not may_call(photo.session, by=by):
        raise NotAllowed("这次课不是您教的，看不了。")


def _sweep(now: datetime) -> None:
    """Delete the files that no row speaks of any more."""
    folder = private_folder("EVIDENCE_FOLDER")
    old = (now - SETTLED).timestamp()
    names = {path.name for path in folder.glob("*.jpg") if path.stat().st_mtime < old}
    there = set(RollPhoto.objects.there().values_list("name", flat=True)) if names else set()
    for name in names - there:
        (folder / name).unlink(missing_ok=True)


def _path(name: str) -> Path:
    return private_folder("EVIDENCE_FOLDER") / name


def _refused(message: str) -> Refused:
    again = f"{message}一张也没有存，改好再选一次。"
    return Refused("photos", again, fields={"photos": again})
