"""Lines, parts and marks: what is forgiven and what is not."""

import pytest

from cms.screens.language import Line, Part, read_lines


def only(text):
    lines, errors = read_lines(text)
    assert errors == []
    assert len(lines) == 1
    return lines[0]


@pytest.mark.parametrize(
    "text",
    [
        "列表 大女儿 | 9:12",
        "列表　大女儿　｜　9:12",
        "列表：大女儿|9:12",
        "列表: 大女儿 ｜ 9:12",
        "\ufeff列表\t大女儿 | 9:12\u200b",
        "  列表 大女儿|9:12  \r\n",
        "# 说明\n\n列表 大女儿 | 9:12".replace("# 说明\n\n", ""),
    ],
)
def test_full_width_signs_and_stray_spaces_are_forgiven(text):
    assert only(text) == Line(1, "列表", (Part("大女儿"), Part("9:12")))


@pytest.mark.parametrize("mark", ["*", " *", "＊", " ＊", "（点）", "(点)", " （点)"])
def test_every_way_to_write_tap_here(mark):
    assert only(f"按钮 确定{mark}").parts == (Part("确定", tap=True),)


def test_marks_for_reading_and_aiming():
    assert only("卡片 店名（看） | 时间(看) | 地点").parts == (
        Part("店名", look=True),
        Part("时间", look=True),
        Part("地点"),
    )
    assert only("取景框 签到码（对准）").parts == (Part("签到码", aim=True),)


def test_two_marks_on_one_part():
    assert only("文字 店名（看） *").parts == (Part("店名", tap=True, look=True),)


def test_a_hidden_password_is_text_and_not_a_mark():
    assert only("填写框 密码 | ******").parts[1] == Part("******")
    assert only("填写框 密码 | ****** *").parts[1] == Part("******", tap=True)


def test_blank_lines_and_comments_are_skipped_but_counted():
    lines, _ = read_lines("# 第一步\n\n列表 老张\n  \n＃ 注\n撕口")
    assert [(line.number, line.head) for line in lines] == [(3, "列表"), (6, "撕口")]


def test_a_colon_inside_words_stays():
    assert only("文字 时间：9:30").parts == (Part("时间：9:30"),)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "还没有写内容"),
        (" \n\n", "还没有写内容"),
        ("# 只有说明", "还没有写内容"),
        ("文字 好\n" * 41, "最多写 40 行"),
        ("文字 " + "好" * 4000, "4000 个字"),
        ("文字 a\x07b", "控制字符"),
        ("文字 a\ud800", "控制字符"),
        ("文字 a\u2028b", "控制字符"),
        ("文字 笑😀", "表情符号"),
    ],
)
def test_what_cannot_be_read_is_told(text, told):
    _, errors = read_lines(text)
    assert len(errors) == 1
    assert told in errors[0].message


def test_a_bad_line_does_not_hide_the_good_ones():
    lines, errors = read_lines("文字 好\n文字 a\x00\n文字 也好")
    assert [line.number for line in lines] == [1, 3]
    assert [error.line for error in errors] == [2]
