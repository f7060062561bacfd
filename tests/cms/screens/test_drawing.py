"""The picture: small, self-contained, the same bytes every time, and the hand never on the words."""

from itertools import combinations
from xml.etree import ElementTree

import pytest

from cms.screens import WIDGETS, draw, parse
from cms.screens.drawing import paint, point_at
from cms.screens.phone import PHONES

LIMIT = 6 * 1024
EXAMPLES = [widget.example for widget in WIDGETS.values()]
ICONS = "图标 发起群聊 | 国家反诈中心 | 燃气\n"
CROWDED = [
    ICONS * 2 + "图标 火车票 | 二维码 * | 通讯录好友\n底栏 通讯录 | 通讯录 | 通讯录 | 通讯录",
    "撕口\n" + ICONS * 2 + "图标 火车票 | 二维码 * | 步数\n列表 社区学校三班 | 9:12\n撕口",
    "标题栏 < | 付款\n条形码 每分钟换一次（看）\n二维码 给店家扫 *",
    "标题栏 微信 | +\n"
    + "列表 社区学校三班 | 9:12\n" * 5
    + "菜单 发起群聊 | 添加朋友 | 二维码 * | 通讯录好友 | 燃气 | 国家反诈中心\n"
    + "底栏 聊天 | 通讯录 | 发现 | 我",
    "标题栏 " + "&" * 8 + " | …\n卡片" + (" " + "&" * 20 + " |") * 3 + " &&（看）\n按钮 &&&&& *",
    "标题栏 × | 登录\n"
    + "填写框 手机号 | 138 0000 0000（看）\n" * 4
    + "勾选 我已阅读并同意《服务协议》 * | 已勾\n撕口",
    "标题栏 < | 扫一扫\n取景框 签到码（对准） | 暗\n手电 轻触照亮 *",
]


def tree(svg):
    return ElementTree.fromstring(svg)


@pytest.mark.parametrize("phone", PHONES)
@pytest.mark.parametrize("text", EXAMPLES + CROWDED)
def test_a_picture_is_small_and_self_contained(text, phone):
    svg = draw(parse(text), phone).svg
    assert len(svg.encode()) <= LIMIT
    names = {element.tag.rpartition("}")[2] for element in tree(svg).iter()}
    assert names <= {"svg", "g", "path", "text", "clipPath"}
    assert "href" not in svg
    assert "url(#" in svg
    assert svg.count("url(") == 1


@pytest.mark.parametrize("text", EXAMPLES)
def test_no_words_are_smaller_than_18_units(text):
    sizes = [float(element.get("font-size", 18)) for element in tree(draw(parse(text)).svg).iter()]
    assert min(sizes) >= 18


@pytest.mark.parametrize("phone", PHONES)
@pytest.mark.parametrize("text", [text for text in EXAMPLES + CROWDED if "*" in text])
def test_the_hand_covers_no_words_and_stays_on_the_sheet(text, phone):
    screen = parse(text)
    canvas = paint(screen, PHONES[phone])
    _, pose = point_at(canvas, screen.height)
    for x, y in pose.points():
        assert not any(box.holds(x, y) for box in canvas.labels)
        assert -8 <= x <= 288


@pytest.mark.parametrize("text", [text for text in EXAMPLES + CROWDED if "*" in text])
def test_the_ring_encloses_what_is_to_be_tapped(text):
    screen = parse(text)
    canvas = paint(screen, PHONES["android"])
    ring, _ = point_at(canvas, screen.height)
    wanted = next(touch for touch in canvas.touches if touch.wanted)
    for box in wanted.core:
        assert all(ring.holds(x, y) for x in (box.x, box.right) for y in (box.y, box.bottom))


def test_the_finger_tip_is_on_the_ring_at_four_or_five_o_clock():
    screen = parse("图标 相机 | 短信 | 电话\n图标 相册 | 微信 * | 随申办\n图标 设置 | 地图 | 天气")
    ring, pose = point_at(paint(screen, PHONES["android"]), screen.height)
    assert pose.x > ring.x
    assert pose.y > ring.y + ring.b / 3
    assert -64 <= pose.turn <= -14


def test_the_same_text_gives_the_same_bytes_and_other_phones_other_frames():
    drawn = [draw(parse(EXAMPLES[0]), phone).svg for phone in PHONES]
    assert drawn == [draw(parse(EXAMPLES[0]), phone).svg for phone in PHONES]
    assert all(one != other for one, other in combinations(drawn, 2))


def test_clip_names_differ_so_that_many_pictures_can_stand_in_one_page():
    names = [tree(draw(parse(text)).svg).find(".//{*}clipPath").get("id") for text in EXAMPLES]
    assert len(set(names)) == len(set(EXAMPLES))


def test_words_are_escaped():
    svg = draw(parse("标题栏 <b>&“x”\n文字 </svg><script>")).svg
    assert {element.tag.rpartition("}")[2] for element in tree(svg).iter()} <= {
        "svg",
        "g",
        "path",
        "text",
        "clipPath",
    }
    assert "&lt;/svg&gt;&lt;script&gt;" in svg


def test_a_whole_phone_is_520_high_and_an_excerpt_only_what_it_needs():
    whole, excerpt = draw(parse("标题栏 微信\n列表 老张")), draw(parse("标题栏 微信\n列表 老张\n撕口"))
    assert (whole.width, whole.height) == (296, 528)
    assert excerpt.height < 250
    assert f'height="{excerpt.height}"' in excerpt.svg


def test_practice_gets_targets_in_per_cent_and_a_picture_without_the_pen():
    screen = parse("标题栏 微信 | + *\n列表 大女儿\n列表 老张")
    drawing = draw(screen, "apple", pen_marks=False)
    assert [target.name for target in drawing.targets] == ["右上角的小加号", "大女儿", "老张"]
    assert drawing.wanted.name == "右上角的小加号"
    assert drawing.wanted.left > 70
    assert drawing.wanted.top < 12
    assert all(
        t.left >= 0 and t.left + t.width <= 100 and t.top >= 0 and t.top + t.height <= 100
        for t in drawing.targets
    )
    assert "#C2211A" not in drawing.svg
    assert "#C2211A" in draw(screen, "apple").svg


def test_what_lies_under_a_menu_cannot_be_tapped():
    text = "标题栏 微信 | +\n列表 大女儿\n菜单 发起群聊 | 扫一扫 *"
    assert [target.name for target in draw(parse(text)).targets] == ["发起群聊", "扫一扫"]


def test_an_unknown_phone_is_refused():
    with pytest.raises(KeyError):
        draw(parse("文字 好"), "windows")
