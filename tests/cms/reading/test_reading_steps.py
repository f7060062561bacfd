"""Steps as a reader sees them: numbered, and each phone with what holds for it."""

import pytest

from cms.services.reading import Words, reading_steps
from cms.services.steps import steps_in
from courses.models import LessonPage
from tests.factories.images import an_image
from tests.factories.pages import SCREEN, a_shared_step, drawn_step, photo_step, shared, step, stream

pytestmark = pytest.mark.django_db

OTHER = "撕口\n大字 15.00 元（看）\n撕口"


def read(*blocks) -> list:
    return reading_steps(LessonPage(steps=stream(*blocks)).steps)


def test_steps_are_numbered_wherever_they_come_from():
    found = read(step("一"), shared(a_shared_step(body=step("二"))), step("三"))
    assert [(one.number, one.anchor, one.words[0].do) for one in found] == [
        (1, "step-1", "一"),
        (2, "step-2", "二"),
        (3, "step-3", "三"),
    ]


def test_a_step_without_variants_is_the_same_on_every_phone():
    (found,) = read(step("点一下。"))
    assert found.words == [Words("", "点一下。", "会出来一张单子。")]
    assert found.pictures == []
    assert found.caution is None
    assert found.recording_url == ""


def test_a_variant_changes_only_what_it_says():
    (found,) = read(step("点“允许”。", variants=[{"phone": "apple", "do": "点“好”。"}]))
    assert found.words == [
        Words("for for-android for-harmony", "点“允许”。", "会出来一张单子。"),
        Words("for for-apple", "点“好”。", "会出来一张单子。"),
    ]


def test_variants_that_say_the_same_stand_together():
    both = [{"phone": phone, "look": "手机响一声。"} for phone in ("android", "harmony")]
    (found,) = read(step("点一下。", variants=both))
    assert found.words == [
        Words("for for-android for-harmony", "点一下。", "手机响一声。"),
        Words("for for-apple", "点一下。", "会出来一张单子。"),
    ]


def test_one_screen_is_drawn_for_each_phone():
    (found,) = read(drawn_step())
    phones = {picture.phones for picture in found.pictures}
    assert phones == {"for for-android", "for for-apple", "for for-harmony"}
    assert len({picture.url for picture in found.pictures}) == 3
    assert all(picture.alt and picture.width and picture.height for picture in found.pictures)
    assert {picture.tap for picture in found.pictures} == {None}


def test_a_variant_may_have_another_picture():
    (found,) = read(drawn_step(SCREEN, variants=[{"phone": "harmony", "picture": {"screen": OTHER}}]))
    alts = {picture.phones: picture.alt for picture in found.pictures}
    assert alts["for for-android"] == alts["for for-apple"] != alts["for for-harmony"]
    assert "15.00" in alts["for for-harmony"]


def test_a_screenshot_is_shown_once_with_the_place_to_tap():
    (found,) = read(photo_step(an_image()))
    (picture,) = found.pictures
    assert (picture.phones, picture.tap, picture.alt) == ("", (90.0, 5.0), "右上角有个小加号")
    assert picture.url.endswith(".webp")
    assert (picture.width, picture.height) == (60, 120)


def test_one_screenshot_with_two_places_to_tap_is_two_pictures():
    image = an_image()
    elsewhere = {"screenshot": image.pk, "alt": "左下角", "tap_x": 1.0, "tap_y": 99.0}
    (found,) = read(photo_step(image, variants=[{"phone": "apple", "picture": elsewhere}]))
    assert [(picture.phones, picture.tap) for picture in found.pictures] == [
        ("for for-android for-harmony", (90.0, 5.0)),
        ("for for-apple", (1.0, 99.0)),
    ]


def test_a_caution_has_the_heading_of_its_kind():
    (found,) = read(step(caution={"kind": "scam", "text": "“快扫，晚了就没了。”"}))
    assert (found.caution.kind, found.caution.heading, found.caution.text) == (
        "scam",
        "这是骗子常用的话",
        "“快扫，晚了就没了。”",
    )


def test_a_gone_and_an_unapproved_step_leave_no_gap():
    waiting = a_shared_step(live=False, body=step("没批"))
    found = read(step("一"), ("shared_step", 987654), shared(waiting), step("二"))
    assert [(one.number, one.words[0].do) for one in found] == [(1, "一"), (2, "二")]


def test_steps_are_found_in_any_field():
    one = a_shared_step(body=step("共用"))
    page = LessonPage(steps=stream(step("自己的"), shared(one), ("shared_step", 987654)))
    assert [value["do"] for value in steps_in(page)] == ["自己的", "共用"]
    assert [value["do"] for value in steps_in(one)] == ["共用"]
