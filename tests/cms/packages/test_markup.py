"""Words are words: what looks like markup is shown as it was typed."""

import pytest
import yaml

from cms.services.packages import export_package, import_package
from courses.models import LessonPage, ModulePage
from tests.factories.content import a_lesson, a_package, a_shared_step, a_step, as_folder, files_in

pytestmark = pytest.mark.django_db

BAD = "<b>粗</b>"
SCRIPT = "<script>x()</script>"
LESSON = a_lesson(
    title=BAD + "题",
    goal=BAD + "标",
    safety_note=SCRIPT + "安",
    usual_mistake=SCRIPT + "错",
    offline_way=SCRIPT + "线",
    checked_on=None,
    checked_phones=BAD + "机",
    questions=[{"question": BAD + "问", "answer": SCRIPT + "答"}],
    steps=[
        {
            "step": a_step(
                BAD + "做",
                look=SCRIPT + "看",
                if_different=SCRIPT + "异",
                caution={"kind": "scam", "text": SCRIPT + "防"},
                picture={"screen": f"标题栏 {BAD}栏\n按钮 {BAD}钮 *\n撕口"},
            )
        },
        {"shared_step": "tap-here"},
    ],
)


@pytest.fixture
def page(client, tmp_path):
    package = a_package(LESSON, shared_steps=[a_shared_step(do=BAD + "共")], page={"title": BAD + "课"})
    import_package(as_folder(package, tmp_path / "package"))
    return client.get(LessonPage.objects.get().url).content.decode()


def test_nothing_becomes_markup(page):
    assert BAD not in page
    assert "x()</script>" not in page


@pytest.mark.parametrize("mark", "题标做共问课")
def test_bold_is_shown_as_typed(page, mark):
    assert f"&lt;b&gt;粗&lt;/b&gt;{mark}" in page


@pytest.mark.parametrize("mark", "安错线看异防答")
def test_a_script_is_shown_as_typed(page, mark):
    assert f"&lt;script&gt;x()&lt;/script&gt;{mark}" in page


def test_a_drawing_says_it_as_typed(client, page):
    address = page[page.index("/screens/") :].split('"')[0]
    svg = client.get(address).content.decode()
    assert "<b>" not in svg
    assert "&lt;b&gt;" in svg


def test_it_leaves_as_typed(page, tmp_path):
    export_package(ModulePage.objects.get(), tmp_path / "out")
    lesson = yaml.safe_load(files_in(tmp_path / "out")["pages/SCAN-91.yaml"])
    assert (lesson["title"], lesson["safety_note"]) == (BAD + "题", SCRIPT + "安")
