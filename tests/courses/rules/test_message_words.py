"""What people are told fits one short message, and says what it has to, whatever a class is called."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.enums import MessageKind
from courses.rules.messages import (
    LONGEST,
    SHANGHAI,
    ToldFacts,
    day_and_time,
    may_be_told_at,
    shortened,
    shortened_place,
    signs,
    time_awake,
    words_for,
)
from tests.factories.timetable import moment

FACTS = ToldFacts(
    title="手机入门",
    phone="021-12345678",
    at=moment(),
    next_at=moment(on=date(2026, 11, 18)),
    until=moment("12:30", date(2026, 11, 9)),
    where="长寿路学校 203",
    voucher="12345678",
    place=3,
    because="台风",
)
SAID = {
    MessageKind.SEAT: "报上了：手机入门。11月11日周三 下午2:00，长寿路学校 203。凭证12345678。有事打021-12345678。",
    MessageKind.WAITING: "排上候补了：手机入门，您是第3位。轮到了就告诉您。凭证12345678。有事打021-12345678。",
    MessageKind.OFFER: "轮到您了：手机入门，11月11日周三 下午2:00上课。要来，11月9日周一 下午12:30前打021-12345678。"
    "过时让给别人。",
    MessageKind.OFFER_OVER: "手机入门：座位留到的时间过了，不再给您留了。还想来，打021-12345678。",
    MessageKind.CANCELLED: "手机入门：报名取消了。不是您要取消的，请打021-12345678。",
    MessageKind.REMINDER: "明天有课：手机入门。11月11日周三 下午2:00，长寿路学校 203。来不了，打021-12345678。",
    MessageKind.MOVED: "手机入门有一次课改了：11月11日周三 下午2:00，长寿路学校 203。来不了，打021-12345678。",
    MessageKind.NO_SESSION: "手机入门：11月11日周三 下午2:00没有课（台风）。下次11月18日周三 下午2:00。"
    "有事打021-12345678。",
    MessageKind.NO_CLASS: "对不起，手机入门不开了（台风）。别的班，打021-12345678问。",
}
# What each kind may never lose, however long the rest is.
NEVER_CUT = {
    MessageKind.SEAT: ("voucher", "phone"),
    MessageKind.WAITING: ("voucher", "phone"),
    MessageKind.OFFER: ("until", "phone"),
    MessageKind.OFFER_OVER: ("phone",),
    MessageKind.CANCELLED: ("phone",),
    MessageKind.REMINDER: ("at", "phone"),
    MessageKind.MOVED: ("at", "phone"),
    MessageKind.NO_SESSION: ("at", "phone"),
    MessageKind.NO_CLASS: ("phone",),
}
# As wide as the columns they come from; braces, rare characters and line breaks too.
WORDS = st.text(st.sampled_from("手机班（）{}%\n 𠮷aé1……"), min_size=1, max_size=100)
MOMENTS = st.datetimes(timezones=st.just(SHANGHAI), allow_imaginary=False)


@pytest.mark.parametrize("kind", MessageKind)
def test_each_kind_in_plain_words(kind):
    assert words_for(kind, FACTS) == SAID[kind]
    assert signs(SAID[kind]) <= LONGEST


@given(
    kind=st.sampled_from(MessageKind),
    title=WORDS.map(lambda text: f"班{text}"[:60]),
    where=WORDS,
    because=WORDS,
    name=st.text(st.sampled_from("欧阳𠮷 a"), max_size=40),
    phone=st.text(st.sampled_from("0123456789- "), min_size=3, max_size=20).filter(str.strip),
    place=st.integers(0, 9999),
    moments=st.tuples(MOMENTS, MOMENTS, MOMENTS),
)
def test_every_message_fits_and_keeps_what_matters(kind, phone, moments, **facts):
    at, next_at, until = moments
    told = ToldFacts(phone=phone, at=at, next_at=next_at, until=until, voucher="12345678", **facts)
    words = words_for(kind, told)
    assert signs(words) <= LONGEST
    assert "\n" not in words
    for name in NEVER_CUT[kind]:
        value = getattr(told, name)
        assert (value.strip() if isinstance(value, str) else day_and_time(value)) in words


@pytest.mark.parametrize("kind", MessageKind)
def test_what_is_not_known_is_not_spoken_of(kind):
    words = words_for(kind, replace(FACTS, where="", because="", next_at=None, place=0))
    assert "，。" not in words
    assert "（）" not in words
    assert "下次" not in words
    assert "第0位" not in words


def test_a_class_without_dates_still_has_its_number():
    words = words_for(MessageKind.SEAT, replace(FACTS, at=None))
    assert words == "报上了：手机入门。凭证12345678。有事打021-12345678。"


def test_somebody_who_reads_for_another_is_told_for_whom():
    assert words_for(MessageKind.OFFER, replace(FACTS, name="王秀英")).startswith(
        "王秀英：轮到您了：手机入门"
    )


def test_on_the_day_itself_it_does_not_say_tomorrow():
    assert words_for(MessageKind.REMINDER, replace(FACTS, is_today=True)).startswith("今天有课：")


def test_of_a_long_place_the_room_stays():
    words = words_for(
        MessageKind.REMINDER, replace(FACTS, where="长寿路街道社区文化活动中心分中心东楼大礼堂 302")
    )
    assert "302。来不了" in words


def test_a_reason_that_is_a_sentence_ends_once():
    assert "（学校停电）。" in words_for(MessageKind.NO_SESSION, replace(FACTS, because="学校停电。"))


@pytest.mark.parametrize(
    ("text", "most", "short"),
    [
        ("手机入门", 4, "手机入门"),
        ("手机入门班", 4, "手机入…"),
        ("手机 入门班", 4, "手机…"),
        ("𠮷𠮷𠮷", 6, "𠮷𠮷𠮷"),
        ("𠮷𠮷𠮷", 5, "𠮷𠮷…"),
        ("一\n二", 9, "一 二"),
    ],
)
def test_shortened(text, most, short):
    assert shortened(text, most) == short
    assert signs(short) <= most


@pytest.mark.parametrize(
    ("where", "most", "short"),
    [
        ("长寿路学校 203", 12, "长寿路学校 203"),
        ("长寿路学校 203", 8, "长寿路… 203"),
        ("长寿路社区学校活动中心", 8, "长寿路社区学校…"),
        ("学校 三楼东面第二间大教室", 8, "学校 三楼东面…"),
    ],
)
def test_shortened_place(where, most, short):
    assert shortened_place(where, most) == short


@pytest.mark.parametrize(
    ("asked", "told"),
    [("08:00", "08:00"), ("19:59", "19:59"), ("07:59", "08:00"), ("00:00", "08:00")],
)
def test_by_day_at_once_before_eight_at_eight(asked, told):
    assert may_be_told_at(moment(asked)) == moment(told)


@pytest.mark.parametrize("asked", ["20:00", "23:59"])
def test_from_eight_in_the_evening_the_next_morning(asked):
    assert may_be_told_at(moment(asked)) == moment("08:00", moment().date().replace(day=12))


@pytest.mark.parametrize(
    ("begin", "end", "hours"),
    [
        ("10:00", "12:00", 2),
        ("06:00", "09:00", 1),
        ("19:00", "23:00", 1),
        ("21:00", "23:00", 0),
        ("12:00", "12:00", 0),
        ("12:00", "11:00", 0),
    ],
)
def test_the_hours_in_which_a_telephone_may_ring(begin, end, hours):
    assert time_awake(moment(begin), moment(end)) == timedelta(hours=hours)


def test_of_each_day_twelve():
    end = moment("09:00", moment().date().replace(day=14))
    assert time_awake(moment("18:00"), end) == timedelta(hours=2 + 12 + 12 + 1)
