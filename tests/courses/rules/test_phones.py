"""Telephone numbers: one number for all its spellings, and a sentence for what is none."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.rules.phones import LANDLINE, MOBILE, masked, normalised, phone_refusal

NUMBER = "13800000001"
MOBILES = st.from_regex(r"\A1[3-9][0-9]{9}\Z")
LANDLINES = st.from_regex(r"\A(021|010|0512|0512[0-9])[0-9]{8}\Z").filter(LANDLINE.fullmatch)
COUNTRIES = st.sampled_from(["", "+86", "0086", "86"])
BLANKS = st.sampled_from(["", " ", "-", "\u3000", "\u200b", "－", "—", "·", ".", "\u2060", "\xa0", "\t"])


@pytest.mark.parametrize(
    "written",
    [
        "13800000001",
        "１３８００００　０００１",
        "138-0000-0001",
        "+86 138 0000 0001",
        "0086-13800000001",
        "86 13800000001",
        "\u202d138\u200b0000\u20600001\u202c",
        "'13800000001",
        "（138）0000 0001",
        "013800000001",
        "13800000001.0",
        "1.3800000001E+10",
        "+86(0)13800000001",
    ],
)
def test_every_spelling_of_a_mobile_number_is_one_number(written):
    assert normalised(written) == NUMBER
    assert phone_refusal(normalised(written)) is None


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("64330001", "02164330001"),
        ("021-64330001", "02164330001"),
        ("021 6433 0001", "02164330001"),
        ("（021）64330001", "02164330001"),
        ("+86 21 64330001", "02164330001"),
        ("+86 (0)21 6433-0001", "02164330001"),
        ("0086-21-64330001", "02164330001"),
        ("86-21-64330001", "02164330001"),
        ("+86 10 64330001", "01064330001"),
        ("86021-64330001", "02164330001"),
        ("0512-6433000", "05126433000"),
        ("0512-64330001", "051264330001"),
        ("+86 512 64330001", "051264330001"),
        ("13800000003.0", "13800000003"),
        ("13800000003.00", "13800000003"),
        ("86123456", "02186123456"),
    ],
)
def test_landlines_get_their_area_code_and_lose_the_country(written, number):
    assert normalised(written) == number
    assert phone_refusal(number) is None


@pytest.mark.parametrize(
    "written",
    [
        "13800000001/13800000002",
        "13800000001、13800000002",
        "13800000001，13800000002",
        "13800000001；13800000002",
        "13800000001或13800000002",
        "13800000001\n13800000002",
        "13800000001 13800000002",
        "021-64330001/13800000002",
        "021-64330001 13800000002",
        "64330001、64330002",
    ],
)
def test_two_numbers_in_one_cell_are_refused_as_two(written):
    assert phone_refusal(normalised(written)) == "这里有两个号码，只能填一个。请留下最容易找到人的那个。"


@pytest.mark.parametrize("written", ["1.38E+10", "1.38e10", "1.38000E+10", "１.３８Ｅ＋１０", "2.16433E+10"])
def test_digits_that_excel_cut_are_said_to_be_lost(written):
    assert "Excel" in phone_refusal(normalised(written))
    assert "文本" in phone_refusal(normalised(written))


@pytest.mark.parametrize(
    "written",
    ["021-64330001转123", "64330001转8", "021-64330001 ext.123", "021-64330001#12", "02164330001*12"],
)
def test_an_extension_is_refused_with_what_to_write(written):
    assert phone_refusal(normalised(written)) == "分机号记不下。请只填总机，写成 021-12345678。"


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("1380000000", "手机号少了 1 个数字。您填了 10 个，要 11 个。"),
        ("138", "手机号少了 8 个数字。您填了 3 个，要 11 个。"),
        ("138000000012", "手机号多了 1 个数字。您填了 12 个，要 11 个。"),
        ("12800000001", "13 到 19 开头"),
        ("021-6433000", "座机（连区号）少了 1 个数字。您填了 10 个，要 11 个。"),
        (
            "021-64330001-123",
            "座机（连区号）多了 3 个数字。您填了 14 个，要 11 个。要是带了分机号，请去掉，只填总机。",
        ),
        ("01164330001", "这个区号不对"),
        ("6433000", "这个号码不像电话"),
        ("9558812", "这个号码不像电话"),
        ("13800000001儿子", "电话里只写数字"),
        ("没有", "电话里只写数字"),
        ("١٣٨٠٠٠٠٠٠٠١", "电话里只写数字"),
        ("138****0001", "电话里只写数字"),
        ("+13800000001", "电话里只写数字"),
        ("13800000001\x00", "电话里只写数字"),
        ("", "电话里只写数字"),
    ],
)
def test_what_is_no_number_is_refused_with_a_way_to_mend_it(written, says):
    assert says in phone_refusal(normalised(written))


@given(
    number=MOBILES,
    blanks=st.lists(BLANKS, min_size=12, max_size=12),
    code=COUNTRIES,
)
def test_blanks_dashes_and_the_country_change_no_mobile_number(number, blanks, code):
    written = code + "".join(map("".join, zip(blanks, f"{number} ", strict=True)))
    assert normalised(written) == number


@given(number=LANDLINES, code=COUNTRIES, blank=BLANKS)
def test_landlines_too(number, code, blank):
    assert normalised(f"{code}{blank}{number}") == number
    assert normalised(f"+86{blank}{number[1:]}") == number


@given(number=st.one_of(MOBILES, LANDLINES))
def test_full_width_digits_are_digits(number):
    wide = number.translate({ord(digit): ord("０") + int(digit) for digit in string.digits})
    assert normalised(wide) == number


@given(written=st.one_of(st.text(max_size=40), st.text(alphabet="+0123456789.-/ 86E转", max_size=40)))
def test_normalising_again_changes_nothing_that_is_kept_and_never_fails(written):
    number = normalised(written)
    refusal = phone_refusal(number)
    if refusal is None:
        assert number.isascii()
        assert MOBILE.fullmatch(number) or LANDLINE.fullmatch(number)
        assert normalised(number) == number
        # What is taken lies in what was written: no digit is invented but an area code.
        written_digits = "".join(str(int(sign)) for sign in written if sign.isdecimal())
        assert number.removeprefix("021").lstrip("0")[:6] in written_digits or "." in written
    else:
        assert refusal.endswith("。")
        # The sentence may go into a log or a file: no number stands in it.
        assert not any(run in refusal for run in [number] if len(number) > 6)


@given(number=st.one_of(MOBILES, LANDLINES))
def test_a_masked_number_shows_three_and_four_digits(number):
    assert masked(number) == f"{number[:3]}****{number[-4:]}"
    assert number not in masked(number)


@pytest.mark.parametrize(("number", "shown"), [("", ""), ("12345", "*****"), ("64330001", "********")])
def test_short_numbers_are_hidden_whole(number, shown):
    assert masked(number) == shown
