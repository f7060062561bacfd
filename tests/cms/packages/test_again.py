"""Importing a package over what is there already: only what differs is changed, and told."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import PageLogEntry, Revision

from cms.errors import PackageError
from cms.models import SharedStep
from cms.services.packages import export_package, import_package
from courses.models import LessonPage, ModulePage
from tests.factories.content import (
    a_lesson,
    a_package,
    a_shared_step,
    a_step,
    as_folder,
    everything,
    files_in,
)
from tests.factories.people import an_admin

pytestmark = pytest.mark.django_db


@pytest.fixture
def bring(tmp_path):
    """Import a package; return what it changed."""
    numbers = iter(range(99))

    def bring(package: dict, **options) -> list[str]:
        return import_package(as_folder(package, tmp_path / str(next(numbers))), **options).changes

    return bring


def the_lesson() -> LessonPage:
    return LessonPage.objects.get(code="SCAN-91")


def test_the_second_time_there_is_nothing_to_do(bring):
    package = a_package(a_lesson(topics=["微信"], also_scenarios=["safety"]))
    assert bring(package) == ["新建课程模块：学扫码", "新建课时：第 SCAN-91 课"]
    before = everything()
    assert bring(package) == []
    assert everything() == before


def test_what_differs_is_changed_published_and_told(bring):
    bring(a_package())
    assert bring(a_package(a_lesson(goal="会扫。", minutes=20))) == [
        "修改课时：第 SCAN-91 课（goal、minutes）"
    ]
    assert (the_lesson().goal, the_lesson().minutes, the_lesson().live) == ("会扫。", 20, True)


def test_a_field_left_out_is_emptied(bring):
    bring(a_package(a_lesson(usual_mistake="手抖。", topics=["微信"])))
    bring(a_package())
    assert the_lesson().usual_mistake == ""
    assert list(the_lesson().topics.all()) == []


def test_a_dry_run_over_what_is_there_tells_and_keeps(bring):
    bring(a_package())
    before = everything()
    changed = a_package(a_lesson(goal="会扫。"), a_lesson("SCAN-92"))
    assert bring(changed, dry_run=True) == ["修改课时：第 SCAN-91 课（goal）", "新建课时：第 SCAN-92 课"]
    assert everything() == before
    assert the_lesson().goal == "会打开扫一扫。"


def test_a_page_can_be_taken_off_line(bring):
    bring(a_package())
    off_line = a_package(a_lesson(goal="改过。", live=False))
    assert bring(off_line) == ["修改课时：第 SCAN-91 课（goal、live）"]
    assert not the_lesson().live
    assert the_lesson().get_latest_revision_as_object().goal == "改过。"
    assert bring(off_line) == []
    assert bring(a_package(a_lesson(goal="改过。"))) == ["修改课时：第 SCAN-91 课（live）"]
    assert the_lesson().live


def test_an_editors_draft_is_not_touched_by_an_import_that_changes_nothing(bring):
    bring(a_package())
    page = the_lesson()
    page.goal = "改了一半。"
    page.save_revision()
    revisions = Revision.objects.count()
    assert bring(a_package()) == []
    assert Revision.objects.count() == revisions
    assert the_lesson().get_latest_revision_as_object().goal == "改了一半。"


def test_a_topic_written_two_ways_is_one_topic(bring):
    bring(a_package(a_lesson(topics=["Wi-Fi", "WI-fi"])))
    package = a_package(a_lesson(topics=["wi-fi", "WI-FI", " "]))
    assert bring(package) == []
    assert [tag.name for tag in the_lesson().topics.all()] == ["Wi-Fi"]


def test_a_changed_shared_step_shows_on_the_pages_of_other_packages(bring, client):
    using = a_package(a_lesson(steps=[{"shared_step": "tap-here"}]), shared_steps=[a_shared_step()])
    bring(using)
    other = a_package(
        a_lesson("SCAN-92", steps=[{"shared_step": "tap-here"}]),
        shared_steps=[a_shared_step(do="按住不放。")],
        page={"slug": "other", "title": "别的"},
    )
    assert "修改共用步骤：共用的 tap-here（step）" in bring(other)
    assert "按住不放。" in client.get(the_lesson().url).content.decode()


def test_a_package_may_name_a_shared_step_that_is_on_line(bring):
    bring(a_package(a_lesson(steps=[{"shared_step": "tap-here"}]), shared_steps=[a_shared_step()]))
    other = a_package(a_lesson("SCAN-92", steps=[{"shared_step": "tap-here"}]), page={"slug": "other"})
    assert len(bring(other)) == 2


def drafted() -> dict:
    shared = a_shared_step() | {"live": False}
    return a_package(a_lesson(steps=[{"shared_step": "tap-here"}], live=False), shared_steps=[shared])


def test_a_shared_step_nobody_approved_travels_as_a_draft(bring, tmp_path):
    bring(drafted())
    assert not SharedStep.objects.get().live
    step = SharedStep.objects.get()
    step.title = "改过的名字"
    step.save_revision()
    export_package(ModulePage.objects.get(), tmp_path / "out")
    file = files_in(tmp_path / "out")["shared-steps/tap-here.yaml"].decode()
    assert "title: 改过的名字" in file
    assert "live: false" in file
    assert import_package(tmp_path / "out").changes == []


def test_a_page_on_line_cannot_show_it(bring):
    package = drafted()
    del package["pages/SCAN-91.yaml"]["live"]
    with pytest.raises(
        PackageError, match=r"pages/SCAN-91\.yaml 第 8 行：共用步骤“共用的 tap-here”还没有发布"
    ):
        bring(package)


def test_a_used_shared_step_is_not_taken_off_line(bring):
    bring(a_package(a_lesson(steps=[{"shared_step": "tap-here"}]), shared_steps=[a_shared_step()]))
    before = everything()
    with pytest.raises(
        PackageError, match=r"shared-steps/tap-here.yaml 第 \d 行：“共用的 tap-here”还用在这些页面里"
    ):
        bring(drafted())
    assert everything() == before
    assert SharedStep.objects.get().live


def test_who_imported_is_logged(bring):
    admin = an_admin()
    bring(a_package(), by=admin)
    assert set(PageLogEntry.objects.filter(page=the_lesson().pk).values_list("user", flat=True)) == {admin.pk}
    assert the_lesson().latest_revision.user == the_lesson().owner == admin


def test_other_lessons_of_the_module_stay(bring):
    bring(a_package(a_lesson(), a_lesson("SCAN-92")))
    assert bring(a_package(a_lesson(steps=[{"step": a_step("按。")}]))) == [
        "修改课时：第 SCAN-91 课（steps）"
    ]
    assert LessonPage.objects.live().count() == 2


def test_a_lesson_planned_for_later_goes_on_line_now_and_settles(bring):
    package = a_package()
    bring(package)
    lesson = the_lesson()
    lesson.unpublish()
    lesson.go_live_at = timezone.now() + timedelta(days=9)
    lesson.expire_at = timezone.now() - timedelta(days=1)
    lesson.save()
    assert bring(package) == ["修改课时：第 SCAN-91 课（live）"]
    assert the_lesson().live
    assert bring(package) == []
