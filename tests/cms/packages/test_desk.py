"""内容包 in the staff area: out at once, in after a look at every change, long ones in the background."""

import io
import zipfile
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry

from cms.enums import TaskState
from cms.models import PackageTask, SharedStep
from cms.services import package_tasks
from cms.services.package_files import folder, path_of, progress_of
from cms.services.packages import import_package
from courses.models import LessonPage, ModulePage
from tests.factories.content import (
    a_lesson,
    a_package,
    a_shared_step,
    a_step,
    as_bytes,
    as_folder,
    as_zip,
    everything,
    picture,
)
from tests.factories.people import a_designer, a_manager, a_reviewer

pytestmark = pytest.mark.django_db

INDEX = "/admin/packages/"


@pytest.fixture(autouse=True)
def var(settings, tmp_path):
    """The tasks' files lie in a folder of this test."""
    settings.VAR_DIR = tmp_path / "var"


@pytest.fixture
def manager(client):
    """A browser in which a manager is logged in."""
    client.force_login(a_manager())
    return client


def zipped(package: dict) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in as_bytes(package).items():
            archive.writestr(name, data)
    return buffer.getvalue()


def upload(browser, package: dict | bytes, name: str = "saoma.zip"):
    data = package if isinstance(package, bytes) else zipped(package)
    return browser.post(f"{INDEX}upload/", {"package": SimpleUploadedFile(name, data)}, follow=True)


def text_of(answer) -> str:
    assert answer.status_code in (200, 400)
    return answer.content.decode()


def press(browser, verb: str):
    return browser.post(f"{INDEX}{PackageTask.objects.get().pk}/{verb}/", follow=True)


def there(package: dict, tmp_path) -> None:
    import_package(as_folder(package, tmp_path / "there"))


def test_a_look_changes_nothing_and_tells_everything(manager, tmp_path):
    shared = a_shared_step("tap-here")
    lesson = a_lesson(steps=[{"shared_step": "tap-here"}, {"step": a_step("点一下。")}], minutes=15)
    there(a_package(lesson, a_lesson("SCAN-92"), shared_steps=[shared]), tmp_path)
    other = a_package(
        a_lesson("SCAN-93", steps=[{"shared_step": "tap-here"}], title="别的课"),
        page={"slug": "other", "title": "别的"},
    )
    import_package(as_folder(other, tmp_path / "other"))
    drafted = LessonPage.objects.get(code="SCAN-91")
    drafted.goal = "写了一半。"
    drafted.save_revision()
    before = everything()[0] | {"cms_packagetask": 1}
    changed = a_package(
        a_lesson(
            steps=[
                {"shared_step": "tap-here"},
                {"step": a_step("按住不放。", picture={"screenshot": "a.png", "alt": "一张图"})},
                {"step": a_step("再点一下。")},
            ],
            minutes=20,
            touches_money_or_privacy=True,
            safety_note="先看清楚。",
        ),
        a_lesson("SCAN-92", live=False),
        a_lesson("SCAN-94", title="全新的课"),
        shared_steps=[a_shared_step("tap-here", do="点这里两下。")],
        images={"a.png": picture()},
    )
    text = text_of(upload(manager, changed))
    assert everything()[0] == before
    for words in (
        "会改 5 处",
        "新放进来的文件：a.png",
        "修改共用步骤：共用的 tap-here",
        "点一下这里。",
        "点这里两下。",
        "这一步还用在别的页面里，一起变：别的课。",
        "修改课时：第 SCAN-91 课",
        "大约几分钟",
        "按住不放。",
        "新的第 3 条",
        "再点一下。",
        "“a.png”",
        "涉及钱或个人信息",
        "草稿只在“历史”里",
        "读者看得到",
        "新建课时：全新的课",
    ):
        assert words in text, words


def test_confirming_brings_in_what_was_looked_at(manager):
    upload(manager, a_package())
    assert not ModulePage.objects.exists()
    assert "装好了，改了 2 处" in text_of(press(manager, "confirm"))
    lesson = LessonPage.objects.get(code="SCAN-91")
    assert lesson.live
    assert lesson.owner.username == "test-manager"
    logged = PageLogEntry.objects.get(action="cms.package_import")
    assert (logged.user.username, logged.page_id, logged.data) == (
        "test-manager",
        ModulePage.objects.get().pk,
        {"changes": 2},
    )
    # A second press does nothing: it is done.
    revisions = lesson.revisions.count()
    press(manager, "confirm")
    assert lesson.revisions.count() == revisions


def test_the_same_package_again_changes_nothing(manager, tmp_path):
    there(a_package(), tmp_path)
    text = text_of(upload(manager, a_package()))
    assert "没有变化" in text
    assert "confirm" not in text
    press(manager, "drop")
    assert not PackageTask.objects.exists()


def test_not_importing_leaves_neither_content_nor_file(manager):
    upload(manager, a_package())
    assert len(list(folder().iterdir())) == 2
    press(manager, "drop")
    assert list(folder().iterdir()) == []
    assert not ModulePage.objects.exists()


def test_what_changed_since_the_look_is_shown_again(manager, tmp_path, media):
    there(a_package(), tmp_path)
    upload(manager, a_package(a_lesson(goal="包里的话。"), images={}))
    lesson = LessonPage.objects.get(code="SCAN-91")
    lesson.minutes = 99
    lesson.save_revision().publish()
    text = text_of(press(manager, "confirm"))
    assert "预览以后，网站上的内容又有人改过" in text
    assert "99" in text
    assert LessonPage.objects.get(code="SCAN-91").goal == "会打开扫一扫。"
    assert "装好了" in text_of(press(manager, "confirm"))
    assert LessonPage.objects.get(code="SCAN-91").goal == "包里的话。"


def test_exactly_the_file_that_was_looked_at_comes_in(manager):
    upload(manager, a_package())
    path_of(PackageTask.objects.get()).write_bytes(zipped(a_package(a_lesson(title="换过的包"))))
    assert "变过了" in text_of(press(manager, "confirm"))
    assert not LessonPage.objects.exists()


WRONG = {
    "no zip": (b"just words", "不是一个好的 zip 文件"),
    "no plan": (zipped({"a.yaml": "a: 1"}), "package.yaml：没有这个文件"),
    "bad yaml": (zipped(a_package() | {"pages/SCAN-91.yaml": "a: [\n"}), "pages/SCAN-91.yaml 第"),
    "bad value": (zipped(a_package(a_lesson(minutes="十"))), "pages/SCAN-91.yaml 第 5 行"),
    "bad picture": (
        zipped(
            a_package(
                a_lesson(steps=[{"step": a_step(picture={"screenshot": "a.png", "alt": "图"})}]),
                images={"a.png": b"x"},
            )
        ),
        "images/a.png：打不开",
    ),
}


@pytest.mark.parametrize(("data", "words"), WRONG.values(), ids=WRONG)
def test_what_cannot_come_in_is_refused_with_the_place(data, words, manager):
    text = text_of(upload(manager, data))
    assert words in text
    assert not ModulePage.objects.exists()


def test_a_file_that_is_too_big_is_not_kept(manager, monkeypatch):
    monkeypatch.setattr("cms.services.package_files.MAX_TOTAL", 100)
    assert "内容太大了" in text_of(upload(manager, a_package()))
    assert list(folder().iterdir()) == []


def test_no_file_is_said(manager):
    assert "还没有选文件" in text_of(manager.post(f"{INDEX}upload/", {}, follow=True))


def test_out_and_in_again_is_the_same(manager, tmp_path):
    step = a_step(picture={"screenshot": "a.png", "alt": "一张图"})
    lesson = a_lesson(steps=[{"step": step}], archived_on=timezone.localdate(), archived_because="停用了。")
    there(a_package(lesson, images={"a.png": picture()}), tmp_path)
    answer = manager.post(f"{INDEX}export/{ModulePage.objects.get().pk}/")
    data = b"".join(answer.streaming_content)
    assert f'filename="xue-sao-ma-{timezone.localdate().isoformat()}.zip"' in answer["Content-Disposition"]
    assert any(name.startswith("images/") for name in zipfile.ZipFile(io.BytesIO(data)).namelist())
    assert "没有变化" in text_of(upload(manager, data))
    assert PageLogEntry.objects.get(action="cms.package_export").user.username == "test-manager"


def test_a_draft_without_a_code_is_named(manager, tmp_path):
    there(a_package(), tmp_path)
    module = ModulePage.objects.get()
    module.add_child(instance=LessonPage(title="还没想好", slug="hai-mei", goal="?", live=False))
    text = text_of(manager.post(f"{INDEX}export/{module.pk}/", follow=True))
    assert "“还没想好”还没有编号" in text


def test_a_page_that_is_no_package_is_refused(manager, tmp_path):
    there(a_package(), tmp_path)
    lesson = LessonPage.objects.get()
    assert "不能导出" in text_of(manager.post(f"{INDEX}export/{lesson.pk}/", follow=True))


@pytest.mark.parametrize("who", [a_designer, a_reviewer])
def test_designers_and_reviewers_take_out_but_do_not_put_in(who, client, tmp_path):
    there(a_package(), tmp_path)
    client.force_login(who())
    text = text_of(client.get(INDEX))
    assert "学扫码" in text
    assert "看看会改什么" not in text
    assert client.post(f"{INDEX}export/{ModulePage.objects.get().pk}/")["Content-Type"] == "application/zip"
    client.post(f"{INDEX}upload/", {"package": SimpleUploadedFile("a.zip", zipped(a_package()))})
    assert PackageTask.objects.filter(direction="import").count() == 0


def test_nobody_sees_anothers_task(client, tmp_path):
    there(a_package(), tmp_path)
    task = package_tasks.ask_export(page=ModulePage.objects.get(), by=a_reviewer())
    client.force_login(a_designer())
    for verb in ("", "progress/", "download/"):
        assert client.get(f"{INDEX}{task.pk}/{verb}").status_code == 404
    assert client.post(f"{INDEX}{task.pk}/drop/").status_code == 404
    assert PackageTask.objects.filter(pk=task.pk).exists()


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


def test_the_module_and_the_book_lead_here(manager, tmp_path):
    there(a_package(), tmp_path)
    module = ModulePage.objects.get()
    text = text_of(manager.get(reverse("wagtailadmin_explore", args=[module.pk])))
    assert f"{INDEX}?page={module.pk}" in text
    assert "导出内容包" in text
    first = text_of(manager.get(f"{INDEX}?page={module.pk}"))
    assert "packages-row-first" in first
    lesson = reverse("wagtailadmin_pages:edit", args=[LessonPage.objects.get().pk])
    assert "导出内容包" not in text_of(manager.get(lesson))


def test_the_list_of_what_there_is_costs_the_same_for_one_and_three(
    manager, tmp_path, django_assert_num_queries
):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            manager.get(INDEX)
        return len(captured)

    there(a_package(), tmp_path)
    upload(manager, a_package())
    manager.get(INDEX)
    one = queries()
    for number in (2, 3):
        package = a_package(
            a_lesson(f"SCAN-9{number}"), page={"slug": f"m{number}", "title": f"模块 {number}"}
        )
        import_package(as_folder(package, tmp_path / str(number)))
        upload(manager, package)
    assert queries() == one


def test_a_folder_in_the_zip_is_no_matter(manager, tmp_path):
    """A zip made by right-clicking a folder holds the folder."""
    inside = {f"saoma/{name}": data for name, data in as_bytes(a_package()).items()}
    path = as_zip(inside, tmp_path / "a.zip")
    assert "会改 2 处" in text_of(upload(manager, path.read_bytes()))
    assert SharedStep.objects.count() == 0
