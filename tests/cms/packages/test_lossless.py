"""What leaves the site comes back into an empty one, byte for byte."""

import tempfile
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as hypothesis_settings

from cms.errors import ContentError
from cms.models import ContentImage, ContentRendition
from cms.services.packages import export_package, import_package
from courses.models import LessonPage, ModulePage
from tests.cms.packages.strategies import modules, typed
from tests.factories.content import a_lesson, a_package, as_folder, as_zip, empty_site, files_in, picture

pytestmark = pytest.mark.django_db


def exported(corner: Path, name: str) -> tuple[dict[str, bytes], bytes]:
    """The module as a folder's files and as a zip's bytes."""
    module = ModulePage.objects.get()
    folder, archive = corner / name, corner / f"{name}.zip"
    export_package(module, folder)
    export_package(module, archive)
    return files_in(folder), archive.read_bytes()


@hypothesis_settings(
    max_examples=4,
    deadline=None,
    derandomize=True,
    # Making a failing module smaller would take minutes; the first one found is printed.
    phases=[Phase.explicit, Phase.generate],
    # The media folder and the database stay for all examples: each empties what it needs empty.
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(package=modules())
def test_a_module_survives_the_journey(package):
    """Every word the author wrote is in what leaves; what leaves comes in and leaves the same, zip or folder."""
    with tempfile.TemporaryDirectory() as place:
        corner = Path(place)
        empty_site()
        import_package(as_folder(package, corner / "written"))
        first, first_zip = exported(corner, "first")
        for name in package:
            if name.startswith(("pages/", "shared-steps/")):
                assert yaml.safe_load(first[name]) == typed(package[name], package)
        empty_site()
        import_package(corner / "first.zip")
        assert exported(corner, "second") == (first, first_zip)
        assert import_package(corner / "first").changes == []


def test_words_saved_by_other_ways_survive_too(tmp_path):
    """A script may save what the editor would trim: even that leaves and comes back the same."""
    import_package(as_folder(a_package(), tmp_path / "in"))
    lesson = LessonPage.objects.get(code="SCAN-91")
    lesson.usual_mistake = "  一\r\n二 \r三\n"
    lesson.steps = [("step", {"do": " 点“微信”。 ", "picture": {"screen": "标题栏 微信\r\n撕口\r\n"}})]
    lesson.save_revision().publish()
    first = exported(tmp_path, "first")
    empty_site()
    import_package(tmp_path / "first")
    assert exported(tmp_path, "second") == first
    assert LessonPage.objects.get(code="SCAN-91").usual_mistake == "一\n二 \n三"


def test_an_unfinished_lesson_travels_as_a_draft(tmp_path):
    """What is exported of a page that is on line is what readers see, not what is being changed."""
    import_package(
        as_folder(a_package(a_lesson(), a_lesson("SCAN-92", live=False, steps=[])), tmp_path / "in")
    )
    shown, draft = (LessonPage.objects.get(code=code) for code in ("SCAN-91", "SCAN-92"))
    for page in (shown, draft):
        page.goal = "改了一半。"
        page.save_revision()
    export_package(ModulePage.objects.get(), tmp_path / "out")
    empty_site()
    import_package(tmp_path / "out")
    shown, draft = (LessonPage.objects.get(code=code) for code in ("SCAN-91", "SCAN-92"))
    assert (shown.live, shown.goal) == (True, "会打开扫一扫。")
    assert not draft.live
    assert draft.get_latest_revision_as_object().goal == "改了一半。"


def test_a_draft_without_a_code_is_named_instead_of_lost(tmp_path):
    import_package(as_folder(a_package(), tmp_path / "in"))
    ModulePage.objects.get().add_child(
        instance=LessonPage(title="还没想好", slug="hai-mei", goal="?", live=False)
    )
    with pytest.raises(ContentError, match=r"还没想好.*还没有编号"):
        export_package(ModulePage.objects.get(), tmp_path / "out")


def test_what_is_gone_is_left_out(tmp_path):
    """A picture lost behind the staff area's back, which refuses, leaves no broken name in the package."""
    step = {"do": "看图。", "picture": {"screenshot": "a.png", "alt": "一张图"}}
    package = a_package(a_lesson(steps=[{"step": step}]), images={"a.png": picture()})
    import_package(as_zip(package, tmp_path / "in.zip"))
    ContentRendition.objects.all().delete()
    ContentImage.objects.all()._raw_delete("default")
    export_package(ModulePage.objects.get(), tmp_path / "out")
    files = files_in(tmp_path / "out")
    assert yaml.safe_load(files["pages/SCAN-91.yaml"])["steps"][0]["step"]["picture"] == {"alt": "一张图"}
    assert not any(name.startswith("images") for name in files)


def test_the_order_of_the_pages_is_kept(tmp_path):
    import_package(as_folder(a_package(a_lesson("SCAN-91"), a_lesson("SCAN-92")), tmp_path / "one"))
    turned = as_folder(a_package(a_lesson("SCAN-92"), a_lesson("SCAN-91")), tmp_path / "two")
    assert import_package(turned).changes == ["重新排顺序：学扫码"]
    assert list(LessonPage.objects.order_by("path").values_list("code", flat=True)) == ["SCAN-92", "SCAN-91"]
    assert import_package(turned).changes == []
