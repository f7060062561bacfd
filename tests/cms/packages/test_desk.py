"""内容包 in the staff area: out at once, in after a look at every change, long ones in the background."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry

from cms.models import PackageTask, SharedStep
from cms.services import package_tasks
from cms.services.package_files import folder, path_of
from cms.services.packages import import_package
from courses.models import LessonPage, ModulePage
from tests.cms.packages.desk import INDEX, press, text_of, there, upload, zipped
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
from tests.factories.people import a_designer, a_reviewer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("var")]


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
