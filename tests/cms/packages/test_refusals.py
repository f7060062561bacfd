"""What does not fit is refused with file, line and reason, all of it at once, and nothing is changed."""

import re

import pytest

from cms.errors import PackageError
from cms.models import StableCode
from cms.services.packages import import_package
from courses.models import CourseIndexPage, LessonPage
from tests.factories.content import (
    a_lesson,
    a_package,
    a_shared_step,
    a_step,
    as_folder,
    everything,
    picture,
)

pytestmark = pytest.mark.django_db

PAGE = "pages/SCAN-91.yaml"


def refusal(package: dict, tmp_path) -> str:
    """Import what must be refused; return what was said."""
    source = as_folder(package, tmp_path / "package")
    before = everything()
    with pytest.raises(PackageError) as refused:
        import_package(source)
    assert everything() == before
    assert all(re.search(r"[\u4e00-\u9fff]", problem) for problem in refused.value.problems)
    return str(refused.value)


def with_step(**parts) -> dict:
    return a_package(a_lesson(steps=[{"step": a_step(**parts)}]))


FIELDS = [
    ("title", 2026, 3, "这里要写文字"),
    ("title", "", 3, "title"),
    ("goal", ["a"], 4, "这里要写文字"),
    ("goal", "很" * 61, 4, "61 个字，最多 60 个字"),
    ("minutes", "15", 5, "这里要写整数"),
    ("minutes", True, 5, "这里要写整数"),
    ("minutes", -1, 5, "0 到 32767"),
    ("minutes", 10**30, 5, "0 到 32767"),
    ("main_scenario", "fishing", 6, "只能写其中一个：healthcare、"),
    ("touches_money_or_privacy", "yes", 7, "true 或 false"),
    ("steps", "点一下", 8, "短横"),
    ("steps", [{"step": "点一下"}], 9, "分开写：do、look"),
    ("steps", [{"step": {"do": 110}}], 10, "加上引号"),
    ("steps", [{"dance": {}}], 9, "没有“dance”这种内容，可以用：step、shared_step"),
    ("steps", [{"step": {"doo": "点"}}], 10, "没有“doo”这一项"),
    ("steps", [{"shared_step": "nobody"}], 9, "包里没有“nobody”"),
    ("steps", [{"shared_step": 5}], 9, "一个名字"),
    ("also_scenarios", ["safety", "fishing"], 13, "没有“fishing”这个场景"),
    ("topics", "微信", 11, "一条一条的文字"),
    ("topics", ["长" * 101], 12, "101 个字"),
    ("checked_on", "2026-01-01", 11, "这里要写日期"),
    ("checked_phones", "机" * 121, 11, "121 个字"),
    ("usual_mistake", "错" * 201, 11, "201 个字"),
    ("teaching_notes", "教" * 2001, 11, "2001 个字"),
    ("questions", [{"question": "问？"}], 12, "这一项要填"),
    ("slug", "a b", 2, "网址只用小写字母"),
    ("slug", "Zui_HOU", 2, "网址只用小写字母"),
    ("title", "两\n行", 3, "这里只写一行"),
    ("title", "反\u202e写", 3, "看不见的符号"),
    ("live", "no", 11, "true 或 false"),
    ("colour", "red", 11, "没有“colour”这一项"),
]


@pytest.mark.parametrize(("field", "value", "line", "reason"), FIELDS, ids=range(len(FIELDS)))
def test_a_field_that_does_not_fit(field, value, line, reason, tmp_path):
    said = refusal(a_package(a_lesson(**{field: value})), tmp_path)
    assert said.startswith(f"{PAGE} 第 {line} 行：")
    assert reason in said


STEPS = [
    ({"do": "点" * 41}, 10, "40"),
    ({"look": "看\u0007见"}, None, "看不见的符号（U+0007）"),
    ({"look": "看\u200b见"}, 11, "看不见的符号（U+200B）"),
    ({"picture": {"screen": "标题栏 微信\n飞毯 一块\n撕口"}}, 12, "第 2 行："),
    ({"picture": {"screenshot": "menu.png", "alt": "单子"}}, 12, "包里没有“menu.png”"),
    ({"picture": {"tap_x": 101.0, "tap_y": 1.0}}, 12, "从 0 到 100"),
    ({"picture": {"tap_x": float("nan"), "tap_y": 1.0}}, 12, "这里要写数字"),
    ({"picture": {"tap_x": 10**400, "tap_y": 1.0}}, 12, "这里要写数字"),
    ({"caution": {"kind": "money"}}, 11, "一句话"),
    ({"caution": {"kind": "love", "text": "小心"}}, 12, "love"),
    ({"variants": [{"phone": "nokia"}]}, 12, "nokia"),
    ({"variants": [{"phone": "apple"}, {"phone": "apple"}]}, 11, "苹果写了两次"),
    ({"recording": "step.mp3"}, 11, "包里没有“step.mp3”"),
]


@pytest.mark.parametrize(("parts", "line", "reason"), STEPS, ids=range(len(STEPS)))
def test_a_step_that_does_not_fit(parts, line, reason, tmp_path):
    said = refusal(with_step(**parts), tmp_path)
    assert said.startswith(f"{PAGE} 第 {line} 行：" if line else PAGE)
    assert reason in said


def test_a_fault_on_a_screen_in_a_shared_step_names_its_line(tmp_path):
    package = a_package(a_lesson(steps=[{"shared_step": "tap-here"}]))
    package["shared-steps/tap-here.yaml"] = (
        "key: tap-here\ntitle: 点\nstep:\n  do: 点\n  picture:\n    screen: |\n"
        "      标题栏 微信\n      飞毯\n      撕口\n"
    )
    said = refusal(package, tmp_path)
    assert said.startswith("shared-steps/tap-here.yaml 第 6 行：第 2 行：")


SHARED = [
    ({"key": "other"}, "key 要和文件名一样"),
    ({"title": 5}, "这里要写文字"),
    ({"title": ""}, "title"),
    ({"title": "名" * 41}, "title"),
    ({"step": {}}, "这一项要填"),
    ({"step": [1]}, "分开写"),
    ({"mood": "good"}, "没有“mood”这一项"),
    ({"live": 1}, "true 或 false"),
]


@pytest.mark.parametrize(("changes", "reason"), SHARED, ids=range(len(SHARED)))
def test_a_shared_step_that_does_not_fit(changes, reason, tmp_path):
    package = a_package(a_lesson(steps=[{"shared_step": "tap-here"}]))
    package["shared-steps/tap-here.yaml"] = a_shared_step() | changes
    said = refusal(package, tmp_path)
    assert said.startswith("shared-steps/tap-here.yaml 第 ")
    assert reason in said


MANIFESTS = [
    ({"format": 2}, "format: 1"),
    ({"format": True}, "format: 1"),
    ({"kind": "film"}, "handbook、module"),
    ({"kind": ["module"]}, "handbook、module"),
    ({"page": "学扫码"}, "要有 page"),
    ({"page": {"title": "学扫码", "goal": "会。"}}, "slug"),
    ({"pages": "SCAN-91"}, "一条一条的编号"),
    ({"pages": ["SCAN-91", 7]}, "一条一条的编号"),
    ({"pages": ["SCAN-91", "SCAN-91"]}, "写了两次"),
    ({"pages": ["SCAN-91", "SCAN-92"]}, "pages/SCAN-92.yaml：包里没有这个文件"),
    ({"pages": ["SCAN-91", "../SCAN-92"]}, "不是编号"),
    ({"pages": ["SCAN-91", "scan-92"]}, "不是编号"),
    ({"pages": []}, "pages/SCAN-91.yaml：package.yaml 的 pages 里没有写它"),
    ({"surprise": 1}, "没有“surprise”这一项"),
    ({"kind": "handbook", "page": {"slug": "x", "kind": "poems", "title": "诗"}}, "seniors、volunteers"),
    ({"kind": "handbook", "page": {"slug": "x", "title": "诗"}}, "只能写其中一个：seniors、volunteers"),
]


@pytest.mark.parametrize(("changes", "reason"), MANIFESTS, ids=range(len(MANIFESTS)))
def test_a_manifest_that_does_not_fit(changes, reason, tmp_path):
    package = a_package()
    package["package.yaml"] |= changes
    assert reason in refusal(package, tmp_path)


FILES = [
    ({"notes.txt": "看"}, "notes.txt："),
    ({"pages/SCAN-99.yaml": a_lesson("SCAN-99")}, "pages/SCAN-99.yaml："),
    ({"shared-steps/step.txt": "看"}, "以 .yaml 结尾"),
    ({"images/deep/a.png": picture()}, "images/deep/a.png：内容包里不该有这个文件"),
    ({"扫码.yaml": "看"}, "扫码.yaml：内容包里不该有这个文件"),
    ({"images/nobody.png": picture()}, "images/nobody.png：包里没有地方用到它"),
    ({"shared-steps/nobody.yaml": a_shared_step("nobody")}, "shared-steps/nobody.yaml：包里没有地方用到它"),
    ({"images.yaml": {"a.png": {"title": "图"}}}, "images.yaml 第 1 行：包里没有 images/a.png"),
    ({"images.yaml": {"a.png": {"size": "9"}}}, "images.yaml 第 1 行：“a.png”下面只写：description、title"),
    ({"images.yaml": {"a.png": {"title": "长" * 256}}}, "最多 255 个字"),
    ({"images/a.png": picture(), "images/b.png": picture()}, "images/b.png：和 images/a.png 一模一样"),
]


@pytest.mark.parametrize(("files", "reason"), FILES, ids=range(len(FILES)))
def test_a_file_that_does_not_belong(files, reason, tmp_path):
    assert reason in refusal(a_package() | files, tmp_path)


def test_without_its_first_page_it_is_no_package(tmp_path):
    package = a_package()
    del package["package.yaml"]
    assert refusal(package, tmp_path) == "package.yaml：没有这个文件。内容包的第一层要有它。"


def test_the_code_is_the_name_of_the_file(tmp_path):
    package = a_package()
    package[PAGE]["code"] = "SCAN-92"
    assert f"{PAGE} 第 1 行：code 要和文件名一样，写 SCAN-91。" in refusal(package, tmp_path)


def test_a_code_of_another_module_is_refused(tmp_path):
    import_package(as_folder(a_package(), tmp_path / "first"))
    said = refusal(a_package(page={"slug": "other", "title": "别的课"}), tmp_path)
    assert said == f"{PAGE} 第 1 行：编号 SCAN-91 已经是别处的“第 SCAN-91 课”了。"


def test_a_code_is_never_given_out_again(tmp_path):
    import_package(as_folder(a_package(a_lesson(), a_lesson("SCAN-92")), tmp_path / "first"))
    LessonPage.objects.get(code="SCAN-91").delete()
    assert (
        refusal(a_package(), tmp_path) == f"{PAGE} 第 1 行：编号 SCAN-91 用过，那一页已经删了。换一个新编号。"
    )


def test_a_lesson_keeps_its_code_when_its_scenario_has_changed(tmp_path):
    # Paper carries the code; a lesson that moved to another scenario must come through a package with it.
    import_package(as_folder(a_package(a_lesson("MED-91")), tmp_path / "moved"))
    assert LessonPage.objects.get(code="MED-91").main_scenario == "scan-code"
    assert StableCode.objects.next_for("MED") == "MED-92"


UNFINISHED = [
    ({"main_scenario": ""}, 6, "还没有选主要场景"),
    ({"steps": []}, 8, "还没有步骤"),
    ({"touches_money_or_privacy": True}, None, "要写“防骗提示”"),
    (
        {"steps": [{"step": a_step(caution={"kind": "privacy", "text": "不说密码。"})}]},
        None,
        "要写“防骗提示”",
    ),
]


@pytest.mark.parametrize(("changes", "line", "reason"), UNFINISHED, ids=range(len(UNFINISHED)))
def test_an_unfinished_lesson_is_not_put_on_line(changes, line, reason, tmp_path):
    said = refusal(a_package(a_lesson(**changes)), tmp_path)
    assert said.startswith(f"{PAGE} 第 {line} 行：" if line else PAGE)
    assert reason in said
    import_package(as_folder(a_package(a_lesson(**changes, live=False)), tmp_path / "draft"))
    assert not LessonPage.objects.get(code="SCAN-91").live


def test_everything_wrong_is_told_at_once(tmp_path):
    wrong = {"title": 1, "minutes": "x", "steps": [{"step": {"do": "点" * 41, "look": "看" * 81}}]}
    said = refusal(a_package(a_lesson(**wrong), a_lesson("SCAN-92", goal=2)), tmp_path).splitlines()
    assert len(said) == 5
    assert said[-1].startswith("pages/SCAN-92.yaml 第 4 行：")


def test_a_site_without_its_fixed_pages_says_so(tmp_path):
    CourseIndexPage.objects.all()._raw_delete("default")
    assert "先运行 manage.py seed" in refusal(a_package(), tmp_path)


def test_an_address_that_another_page_has(tmp_path):
    import_package(as_folder(a_package(), tmp_path / "first"))
    package = a_package(a_lesson(), a_lesson("SCAN-92", slug="scan-91"))
    assert refusal(package, tmp_path) == (
        "pages/SCAN-92.yaml 第 2 行：“scan-91”这个网址已经有别的页面在用，换一个。"
    )
