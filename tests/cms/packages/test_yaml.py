"""Only the plain and harmless part of YAML is read."""

import pytest

from cms.errors import PackageError
from cms.services.packages import import_package
from courses.models import LessonPage
from tests.factories.content import a_package, as_folder, everything

pytestmark = pytest.mark.django_db

PAGE = "pages/SCAN-91.yaml"
GOOD = "code: SCAN-91\nslug: a\ntitle: 学\ngoal: 会\nmain_scenario: scan-code\nsteps:\n- step: {do: 点}\n"
LAUGHS = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{new}: &{new} [{', '.join(['*' + old] * 9)}]\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)

REFUSED = [
    (GOOD + "intro: &x 好\n", 8, "不能用 & 和 *"),
    (GOOD + "intro: *x\n", 8, "不能用 & 和 *"),
    (LAUGHS, 1, "不能用 & 和 *"),
    ("&a [*a]\n", 1, "不能用 & 和 *"),
    (GOOD + "intro: !!python/object/apply:os.system ['echo']\n", 8, "不能用 ! 开头的标签"),
    (GOOD + "intro: !!str 好\n", 8, "不能用 ! 开头的标签"),
    (GOOD + "title: 又一个\n", 8, "“title”写了两次"),
    (GOOD + "---\n" + GOOD, 8, "一个文件里只写一份内容"),
    (GOOD + "checked_on: 2026-13-45\n", 8, "“2026-13-45”不是一个对的日期或数字"),
    (GOOD + "checked_on: 2026-02-30\n", 8, "不是一个对的日期"),
    (GOOD + "checked_on: 2026-01-01 10:00:00\n", 8, "这里要写日期"),
    (GOOD + f"minutes: {'9' * 5000}\n", 8, "不是一个对的日期或数字"),
    (GOOD + "<<: {a: b}\n", 8, "没有“<<”这一项"),
    (GOOD + "goal2: =\n", 8, "YAML 写法不对"),
    (GOOD + "? [a, b]\n: c\n", 8, "冒号前面要写一个名字"),
    (GOOD + "intro: " + "[" * 40 + "]" * 40 + "\n", 8, "一层套一层太多了"),
    (GOOD + "intro: [" + "x," * 30_000 + "]\n", 8, "内容太多了"),
    (GOOD + "intro: “好\n  : 坏\n- 乱\n", 9, "YAML 写法不对"),
    (GOOD + 'usual_mistake: "零\\0零"\n', 8, "看不见的符号（U+0000）"),
    (GOOD + 'usual_mistake: "铃\\a"\n', 8, "看不见的符号（U+0007）"),
    (GOOD + 'usual_mistake: "\\ud800"\n', 8, "看不见的符号（U+D800）"),
    (GOOD + '"a\\0b": 1\n', 8, "看不见的符号（U+0000）"),
    ("- " + GOOD.replace("\n", "\n  "), 1, "一行一项地写"),
    ("只有一句话", 1, "一行一项地写"),
    ("", 1, "一行一项地写"),
    ("# 空的\n", 1, "一行一项地写"),
    (GOOD.encode() + b"goal3: \x00\n", None, "不能用的符号"),
    (GOOD.encode("gb18030"), None, "不是 UTF-8"),
    (GOOD.encode("utf-16"), None, "不是 UTF-8"),
    (GOOD.encode() + b"# " + b"x" * 10_000_000, None, "太大了，有 9765 KB"),
]


@pytest.mark.parametrize(("text", "line", "reason"), REFUSED, ids=range(len(REFUSED)))
def test_a_file_that_is_not_plain_yaml(text, line, reason, tmp_path):
    source = as_folder(a_package() | {PAGE: text}, tmp_path / "package")
    before = everything()
    with pytest.raises(PackageError) as refused:
        import_package(source)
    assert str(refused.value).startswith(f"{PAGE} 第 {line} 行：" if line else f"{PAGE}：")
    assert reason in str(refused.value)
    assert everything() == before


@pytest.mark.parametrize("text", [GOOD, "\ufeff" + GOOD, GOOD.replace("\n", "\r\n"), "---\n" + GOOD])
def test_ways_of_writing_that_are_fine(text, tmp_path):
    import_package(as_folder(a_package() | {PAGE: text}, tmp_path / "package"))
    assert LessonPage.objects.get(code="SCAN-91").title == "学"


def test_the_first_file_is_read_as_carefully(tmp_path):
    source = as_folder(a_package() | {"package.yaml": "- 1\n"}, tmp_path / "package")
    with pytest.raises(PackageError, match=r"package\.yaml 第 1 行：这个文件要一行一项地写"):
        import_package(source)
