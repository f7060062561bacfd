"""Long packages in the background: waiting, progress, ends of all kinds, and tidying up."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cms.enums import TaskState
from cms.models import PackageTask
from cms.services import package_tasks
from cms.services.package_files import folder, path_of, progress_of
from courses.models import LessonPage, ModulePage
from tests.cms.packages.desk import INDEX, press, text_of, there, upload
from tests.factories.content import a_lesson, a_package

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("var")]


@pytest.fixture
def all_long(monkeypatch):
    """No package is short enough to be done at once."""
    monkeypatch.setattr(package_tasks, "SHORT_PAGES", 0)


def test_a_long_import_waits_for_the_clock_twice(manager, all_long):
    text = text_of(upload(manager, a_package(a_lesson(), a_lesson("SCAN-92"))))
    assert "排着队" in text
    assert "看看做到哪了" in text
    task = PackageTask.objects.get()
    assert manager.get(f"{INDEX}{task.pk}/progress/").json() == {"under_way": True, "done": 0, "total": 2}
    package_tasks.run_waiting()
    assert manager.get(f"{INDEX}{task.pk}/progress/").json() == {"under_way": False, "done": 2, "total": 2}
    assert "会改 3 处" in text_of(manager.get(f"{INDEX}{task.pk}/"))
    assert "排着队" in text_of(press(manager, "confirm"))
    assert not LessonPage.objects.exists()
    package_tasks.run_waiting()
    assert LessonPage.objects.live().count() == 2
    assert "装好了，改了 3 处" in text_of(manager.get(f"{INDEX}{task.pk}/"))


def test_progress_is_seen_while_the_import_is_one_transaction(manager, all_long, monkeypatch):
    upload(manager, a_package(a_lesson(), a_lesson("SCAN-92")))
    seen = []
    real = package_tasks.package_files.note_progress

    def look(task, done, total):
        real(task, done, total)
        seen.append(progress_of(task))

    monkeypatch.setattr(package_tasks.package_files, "note_progress", look)
    package_tasks.run_waiting()
    assert seen == [(1, 2), (2, 2)]


def test_a_long_export_is_fetched_later(manager, all_long, tmp_path):
    there(a_package(), tmp_path)
    answer = manager.post(f"{INDEX}export/{ModulePage.objects.get().pk}/", follow=True)
    assert "排着队" in text_of(answer)
    package_tasks.run_waiting()
    task = PackageTask.objects.get()
    assert "下载" in text_of(manager.get(f"{INDEX}{task.pk}/"))
    assert manager.get(f"{INDEX}{task.pk}/download/")["Content-Type"] == "application/zip"


def test_the_clock_says_of_a_worker_that_died(manager, all_long):
    upload(manager, a_package())
    long_ago = timezone.now() - package_tasks.STUCK_AFTER - timedelta(seconds=1)
    PackageTask.objects.update(state=TaskState.RUNNING, started_at=long_ago)
    package_tasks.run_waiting()
    assert "做到一半停了" in text_of(manager.get(f"{INDEX}{PackageTask.objects.get().pk}/"))
    assert PackageTask.objects.get().state == TaskState.FAILED


def test_one_that_is_still_at_work_is_left_alone(manager, all_long):
    upload(manager, a_package())
    PackageTask.objects.update(state=TaskState.RUNNING, started_at=timezone.now())
    package_tasks.run_waiting()
    assert PackageTask.objects.get().state == TaskState.RUNNING


def test_what_nobody_thought_of_is_said_too(manager, monkeypatch):
    def fail(*args, **kwargs):
        raise OSError("disk full")

    monkeypatch.setattr(package_tasks, "import_package", fail)
    assert "没想到的错" in text_of(upload(manager, a_package()))
    assert PackageTask.objects.get().state == TaskState.FAILED


def test_one_at_work_cannot_be_dropped(manager, all_long):
    upload(manager, a_package())
    task = PackageTask.objects.get()
    PackageTask.objects.update(state=TaskState.RUNNING, started_at=timezone.now())
    answer = manager.post(f"{INDEX}{task.pk}/drop/", follow=True)
    assert "停不下来" in text_of(answer)
    assert path_of(task).exists()


def test_what_a_killed_process_left_goes_too(manager):
    stray = folder() / f"{'0' * 32}.zip"
    stray.write_bytes(b"half")
    package_tasks.purge(now=timezone.now() + timedelta(days=6))
    assert stray.exists()
    package_tasks.purge(now=timezone.now() + timedelta(days=8))
    assert not stray.exists()


def test_files_go_after_a_week(manager):
    upload(manager, a_package())
    package_tasks.purge(now=timezone.now() + timedelta(days=6))
    assert PackageTask.objects.exists()
    package_tasks.purge(now=timezone.now() + timedelta(days=8))
    assert not PackageTask.objects.exists()
    assert list(folder().iterdir()) == []
