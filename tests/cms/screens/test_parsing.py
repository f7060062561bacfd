"""The reader: right texts become screens, wrong ones get all their faults in plain Chinese."""

import pytest

from cms.screens import WIDGETS, ScreenErrors, parse


def faults(text):
    with pytest.raises(ScreenErrors) as caught:
        parse(text)
    return [str(error) for error in caught.value.errors]


@pytest.mark.parametrize("widget", WIDGETS.values(), ids=lambda widget: widget.__name__)
def test_the_example_of_every_widget_is_right(widget):
    assert widget.name in widget.example
    assert parse(widget.example).widgets
    assert widget.summary.endswith("。")


def test_names_and_aliases_belong_to_one_widget_each():
    names = [name for cls in WIDGETS.values() for name in (cls.name, *cls.aliases)]
    assert len(names) == len(set(names))


def test_an_alias_reads_as_its_widget():
    assert [widget.name for widget in parse("输入框：手机号\n聊天行 老张").widgets] == ["填写框", "列表"]


def test_all_faults_are_told_in_the_order_of_the_lines():
    told = faults("列标 老张\n列表\n标题栏 微信 * | +\n密码格 九")
    assert [line.partition("：")[0] for line in told] == ["第 1 行", "第 2 行", "第 3 行", "第 4 行"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("列表 大女儿\n\n列标 老张", "第 3 行：没有“列标”这个控件，是不是想写“列表”？"),
        ("列表大女儿", "第 1 行：“列表”后面请空一格，再写“大女儿”。"),
        ("abc 你好", "第 1 行：没有“abc”这个控件。能用的有：状态栏、"),
        ("列表", "第 1 行：“列表”后面还要写内容，写法是：列表 大女儿 | 9:12"),
        ("列表 *", "第 1 行：“列表”后面还要写内容"),
        ("列表 老张 |", "第 1 行：竖线旁边是空的"),
        (
            "图标 一 | 二 | 三 | 四",
            "第 1 行：“图标”最多写 3 段，这里写了 4 段。写法是：图标 相机 | 短信 | 电话",
        ),
        ("空行 有字", "第 1 行：“空行”后面不用写字。"),
        (
            "列表 一二三四五六七八九十十一",
            "第 1 行：“一二三四五六七八九十十一”太长了，这里最多放得下 10 个字。",
        ),
        (
            "按钮 确定 *\n列表 老张 *",
            "第 2 行：一张屏幕只能有一个“点这里”，第 1 行、第 2 行都写了星号 *，请只留一个。",
        ),
        ("标题栏 微信 *", "第 1 行：标题点不了"),
        ("密码格 3 *", "第 1 行：“密码格”不是用来点的"),
        ("按钮 确定（看）", "第 1 行：“按钮”下面不能画红线"),
        ("文字 码（对准）", "第 1 行：（对准）只能用在“取景框”里。"),
        ("选项 允许", "第 1 行：“选项”要紧跟在“对话框”下面一行。"),
        ("对话框 允许吗？\n列表 老张", "第 1 行：“对话框”下面一行要写“选项”"),
        ("菜单 扫一扫 | 收付款", "第 1 行：“菜单”要写在“标题栏”后面"),
        (
            "标题栏 微信\n菜单 扫一扫 | 收付款\n对话框 好吗？\n选项 好",
            "第 2 行：“菜单”和“对话框”不会同时出现",
        ),
        ("手电 轻触照亮", "第 1 行：“手电”要和“取景框”写在一起。"),
        ("列表 老张\n撕口\n列表 老李", "第 2 行：“撕口”只能写在第一行（上面撕开）或最后一行（下面撕开）。"),
        ("列表 老张\n状态栏 9:30", "第 2 行：“状态栏”只能写在第一行。"),
        ("撕口\n撕口", "第 2 行：屏幕上还没有东西"),
        ("标题栏 一\n标题栏 二", "第 2 行：一张屏幕里只能有一个“标题栏”。"),
        ("标题栏 < | × | 签到", "第 1 行：左上角只放得下一个：< 或者 ×。"),
        ("标题栏 签到 | + | …", "第 1 行：右上角只放得下一样"),
        ("标题栏 签到 | 完成 | 再见", "第 1 行：标题栏里的字太多了"),
        ("标题栏 < | < | 签到", "第 1 行：同一个角上的记号写了两遍。"),
        ("状态栏 25:00\n文字 好", "第 1 行：“25:00”不像时间"),
        ("密码格 七", "第 1 行：“密码格”后面写 0 到 6 的一个数字"),
        ("勾选 同意 | 也许", "第 1 行：“也许”看不懂，请写：已勾 或 没勾。"),
        ("开关 大字 | 半开", "第 1 行：“半开”看不懂，请写：开 或 关。"),
        ("数字键盘 确认", "第 1 行：数字键盘上没有“确认”这个键。"),
        ("取景框 码 | 亮", "第 1 行：“亮”看不懂"),
        ("底栏 [一] | [二]", "第 1 行：“底栏”里只能括起来一个。"),
        ("设置项 一二三四五六七八 | 九十一二", "第 1 行：两段字加起来太长了，一共最多放得下 11 个字。"),
        ("设置项 字体 | 标准 *", "第 1 行：要点的是整行，星号 * 请放到第一段字后面。"),
        ("底栏 一", "第 1 行：“底栏”后面还要写内容"),
        ("列表 老张\n" * 8, "第 8 行：到这一行，一张屏幕放不下了。请删掉一行，或在最后写“撕口”。"),
        ("列表 老张\n" * 8 + "撕口", "第 8 行：到这一行，一张屏幕放不下了。请删掉一行。"),
    ],
)
def test_each_fault_is_told_with_its_line_and_what_to_do(text, told):
    found = faults(text)
    assert len(found) == 1
    assert found[0].startswith(told)


def test_a_full_width_time_is_forgiven():
    assert parse("状态栏 １４：０５\n文字 好").time == "14:05"


def test_torn_edges_are_part_of_the_screen():
    screen = parse("撕口\n列表 老张\n撕口")
    assert (screen.torn_top, screen.torn_foot) == (True, True)
    assert [widget.name for widget in screen.widgets] == ["列表"]


def test_one_torn_line_alone_at_the_top_tears_only_the_top():
    screen = parse("撕口\n列表 老张")
    assert (screen.torn_top, screen.torn_foot) == (True, False)


def test_a_picture_that_would_grow_too_large_is_refused_in_words():
    icons = "图标 添加朋友 | 国家反诈中心 | 班级群\n"
    text = (
        f"撕口\n标题栏 社区学校三班 | × | +\n{icons}{icons}开关 社区学校三班\n底栏 甲 | 乙 | 丙 | 丁 *\n撕口"
    )
    heavy = (
        text.replace("\n撕口", "").replace(" *", "") + "\n菜单" + " 班级群 |" * 5 + " 国家反诈中心 *\n撕口"
    )
    assert parse(text)
    assert faults(heavy) == ["第 7 行：这张图里的东西太多了，请删掉一两行。"]
