"""The text alternative says what to find and where; the words feed the search."""

import pytest

from cms.screens import WIDGETS, describe, parse, words

ICONS = "图标 相机 | 短信 | 电话\n图标 相册 | 微信 * | 随申办"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("标题栏 微信 | + *\n列表 大女儿", "微信这一页，红圈圈住右上角的小加号。"),
        ("标题栏 < * | 扫一扫", "扫一扫这一页，红圈圈住左上角的返回箭头。"),
        ("标题栏 显示 | 完成 *", "显示这一页，红圈圈住右上角的“完成”。"),
        (ICONS, "手机桌面，红圈圈住第2排中间的“微信”。"),
        ("图标 微信 *", "手机桌面，红圈圈住“微信”图标。"),
        ("标题栏 微信\n列表 老张\n列表 三班 *", "微信这一页，红圈圈住第2行的“三班”。"),
        ("标题栏 微信\n列表 三班 *", "微信这一页，红圈圈住“三班”这一行。"),
        ("标题栏 微信 | +\n菜单 群聊 | 扫一扫 *", "微信这一页，红圈圈住小单子第2行的“扫一扫”。"),
        (
            "对话框 允许“微信”用相机吗？\n选项 不允许 | 允许 *",
            "手机问：允许“微信”用相机吗，红圈圈住右边的“允许”。",
        ),
        ("标题栏 登录\n勾选 同意 *", "登录这一页，红圈圈住“同意”前面的小方框。"),
        ("标题栏 登录\n填写框 手机号 *", "登录这一页，红圈圈住“手机号”这一格。"),
        ("标题栏 显示\n开关 大字 * | 关", "显示这一页，红圈圈住“大字”右边的开关。"),
        ("标题栏 密码\n数字键盘 5 *", "密码这一页，红圈圈住数字键盘上的“5”。"),
        ("标题栏 我\n底栏 聊天 | [我 *", None),
        ("标题栏 我\n底栏 聊天 | 我 *", "我这一页，红圈圈住最下面一排的“我”。"),
        ("撕口\n取景框 签到码（对准）", "照相的画面，把“签到码”放进框里。"),
        ("标题栏 签到\n卡片 学校（看） | 三班（看）", "签到这一页，红线画在“学校”、“三班”下面。"),
        ("对方说 把验证码给我（看）", "聊天的画面，红线画在“把验证码给我”下面。"),
        ("标题栏 付款\n大字 ¥12.50", "付款这一页，上面有¥12.50。"),
        ("空行", "手机画面，没有别的字。"),
    ],
)
def test_what_to_find_and_where(text, told):
    if told:
        assert describe(parse(text)) == told
    else:
        assert describe(parse(text)).endswith("最下面一排的“我”。")


def test_it_is_never_longer_than_110_characters():
    told = describe(
        parse("标题栏 挂号\n" + "文字 一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十\n" * 4)
    )
    assert len(told) == 110
    assert told.endswith("…。")


@pytest.mark.parametrize("widget", WIDGETS.values(), ids=lambda widget: widget.__name__)
def test_every_example_is_described_without_marks_of_the_language(widget):
    told = describe(parse(widget.example))
    assert 5 < len(told) <= 110
    assert not set(told) & set("*|\n")


def test_words_are_all_that_can_be_read_and_nothing_else():
    assert (
        words(parse("标题栏 < | 微信 | +\n列表 大女儿 | 9:12 \n密码格 3\n开关 大字 | 关\n底栏 [聊天] | 我 *"))
        == "微信 大女儿 9:12 大字 聊天 我"
    )
    assert words(parse("状态栏 14:05\n数字键盘 5 *\n空行")) == ""
