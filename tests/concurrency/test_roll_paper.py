"""One sheet typed in by several people at once, one photo handed in by several: each counts once."""

import io
import threading

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection  # noqa: F401  # the condition of the control asks it
from PIL import Image

from courses.models import Attendance, RollPhoto
from courses.services.counting.recount import check
from courses.services.counting.totals import THE_CITY, total
from courses.services.roll_paper import photos
from courses.services.roll_paper.entering import put_down_paper
from courses.services.roll_paper.photos import keep_photos
from tests.concurrency.test_counting import LONGEST, at_once
from tests.factories.enrolments import an_open_run, enrolled

pytestmark = pytest.mark.django_db(transaction=True)

PEOPLE = 4


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.EVIDENCE_FOLDER = tmp_path / "evidence"
    return settings.EVIDENCE_FOLDER


@pytest.fixture
def session():
    run = an_open_run(seats=20)
    enrolled(run, 5)
    return run.sessions.select_related("run__organiser__area", "teacher").get()


def hand_in(session):
    written = io.BytesIO()
    Image.new("RGB", (60, 80)).save(written, "PNG")
    upload = SimpleUploadedFile("sheet.png", written.getvalue())
    return keep_photos(session=session, uploads=[upload], by=None, now=session.ends_at)


def test_one_sheet_typed_in_by_four_counts_once(session):
    jobs = [
        lambda: put_down_paper(
            session=session, written="1-4", rest_is_absent=True, by=None, now=session.ends_at
        )
    ] * PEOPLE
    assert at_once(jobs) == []
    assert Attendance.objects.count() == 5
    assert total(THE_CITY, "2026").attendances == 4
    assert not check()


def test_one_photo_handed_in_by_four_is_kept_once(session, folder):
    assert at_once([lambda: hand_in(session)] * PEOPLE) == []
    assert RollPhoto.objects.count() == len(list(folder.iterdir())) == 1


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite lets one writer in at a time")
def test_control_without_the_lock_it_is_kept_twice(session, monkeypatch):
    looked, really = threading.Barrier(2), photos.write_new

    def write(path, data):
        looked.wait(LONGEST)
        really(path, data)

    monkeypatch.setattr(photos, "lock_session", lambda session: None)
    monkeypatch.setattr(photos, "write_new", write)
    assert at_once([lambda: hand_in(session)] * 2) == []
    assert RollPhoto.objects.count() == 2
