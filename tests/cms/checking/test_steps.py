"""One action a step, a caution where money is touched, words for every picture, no phone forgotten."""

from datetime import date

import pytest

from cms.checking import Content, Facts, Picture, Severity, Spot, Standard, Step, Text, check

STANDARD = Standard(date(2026, 11, 24))
SPOT = Spot("第 1 步", "steps", "b1")


def a_step(do: str = "点“好”。", **parts) -> Step:
    return Step(SPOT, do, **parts)


def a_picture(**parts) -> Picture:
    return Picture(SPOT, **parts)


def found(code: str, *steps: Step, **facts):
    """The findings of one check on these steps."""
    texts = tuple(Text(Spot(f"{step.spot.where}，做什么", "steps", "b1"), step.do) for step in steps)
    content = Content(texts=texts, steps=steps, facts=Facts(**facts))
    return [finding for finding in check(content, STANDARD) if finding.check == code]


@pytest.mark.parametrize(
    "do",
    [
        "点右上角的小加号。",
        "扫不出来，擦擦镜头。",
        "再扫一次。",
        "三看都对，点“付款”。",
        "点“点我，再点我”。",
        "一看店名。",
        "自己按 6 位密码。",
    ],
)
def test_one_action_is_well(do):
    assert not found("one-action", a_step(do))


@pytest.mark.parametrize(
    "do",
    [
        "按“1”，再按“5”。",
        "点小加号，点“扫一扫”。",
        "打开微信然后点发现。",
        "请先点这里，再输入金额。",
        "滑到最下面、点它。",
    ],
)
def test_two_actions_are_named(do):
    (finding,) = found("one-action", a_step(do))
    assert "2 个动作" in finding.message
    assert finding.spot.where == "第 1 步，做什么"
    assert finding.severity == Severity.MEND


def test_two_sentences_are_one_too_many():
    (finding,) = found("one-action", a_step("点“好”字。别的不管它。"))
    assert "不止一句" in finding.message


def test_a_long_sentence_is_looked_at():
    assert not found("one-action", a_step("点" + "好" * 19))
    (finding,) = found("one-action", a_step("点" + "好" * 20))
    assert "21 个字" in finding.message
    assert finding.severity == Severity.LOOK


@pytest.mark.parametrize("do", ["点“付款”。", "输入密码。", "填身份证号。", "转账给女儿。", "点“收付款”。"])
def test_money_without_a_caution_is_named(do):
    (finding,) = found("money", a_step(do), safety_note="小心。")
    assert finding.severity == Severity.MEND


@pytest.mark.parametrize(
    "step",
    [
        a_step("点“付款”。", guarded=True),
        a_step("看“支付成功”。"),
        a_step("点左上角的叉。", look="先不付钱。"),
        a_step("点“扫一扫”。", pictures=(a_picture(screen="菜单 扫一扫 * | 收付款"),)),
        # Judged on its own form.
        a_step("点“付款”。", shared=True),
    ],
)
def test_guarded_steps_and_mere_looking_are_well(step):
    assert not found("money", step, safety_note="小心。")


@pytest.mark.parametrize(
    "screen",
    [
        "按钮 付款 *",
        "菜单 扫一扫 | 收付款 *",
        "文字 输入支付密码\n密码格 3",
        "按钮 好\n按钮 立即支付 *\n撕口",
    ],
)
def test_what_is_tapped_or_asked_for_on_the_screen_counts(screen):
    (finding,) = found("money", a_step(pictures=(a_picture(screen=screen),)), safety_note="小心。")
    assert finding.severity == Severity.MEND


def test_money_only_seen_is_looked_at():
    (finding,) = found("money", a_step(look="下面写着付款。"), safety_note="小心。")
    assert finding.severity == Severity.LOOK


def test_a_lesson_with_money_wants_its_note():
    (finding,) = found("money", a_step("点“付款”。", guarded=True), safety_note="")
    assert finding.spot.field == "safety_note"
    # A chapter has no such field.
    assert not found("money", a_step("点“付款”。", guarded=True), safety_note=None)
    assert not found("money", a_step(), safety_note="")
    assert found("money", a_step("点“付款”。", shared=True), safety_note="")


def test_a_screenshot_wants_its_words():
    (missing,) = found("alt", a_step(pictures=(a_picture(image="首页"),)))
    assert "没有文字说明" in missing.message
    (long,) = found("alt", a_step(pictures=(a_picture(image="首页", alt="好" * 121),)))
    assert "121" in long.message
    assert not found("alt", a_step(pictures=(a_picture(image="首页", alt="好" * 120),)))
    assert not found("alt", a_step(pictures=(a_picture(screen="按钮 好 *"),)))


def test_an_image_without_description_is_named():
    (finding,) = found("alt", a_step(pictures=(a_picture(image="首页", alt="找小加号", described=False),)))
    assert "“首页”" in finding.message
    assert finding.severity == Severity.LOOK


def test_a_screenshot_shows_one_phone_only():
    shot = (a_picture(image="首页", alt="找小加号"),)
    (finding,) = found("variants", a_step(pictures=shot))
    assert "安卓、苹果、鸿蒙" in finding.how_to_mend
    assert not found("variants", a_step(pictures=shot, variants=frozenset({"apple", "harmony"})))


def test_a_brand_belongs_to_one_phone():
    (finding,) = found("variants", a_step("点“华为账号”。"))
    assert "“华为”" in finding.message
    on_screen = a_step(pictures=(a_picture(screen="标题栏 App Store | +"),))
    assert found("variants", on_screen)
    # What a variant says is for its phone only.
    assert not found(
        "variants",
        a_step(
            pictures=(a_picture(phone="apple", screen="标题栏 App Store"),),
            variants=frozenset({"apple", "harmony"}),
        ),
    )


def test_one_variant_leaves_two_phones_in_doubt():
    (finding,) = found("variants", a_step(variants=frozenset({"apple"})))
    assert "只写了苹果" in finding.message
    assert "安卓和鸿蒙" in finding.message
    assert not found("variants", a_step(variants=frozenset({"apple", "harmony"})))
