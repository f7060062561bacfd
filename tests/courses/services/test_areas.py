"""What people write for a street or town, and which one they get."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from courses.enums import AreaKind
from courses.models import Area, AreaAlias
from courses.services.areas import AreaIndex, resolve_area
from courses.services.first_rows import read
from tests.factories.classes import an_area

LISTED = [
    (each["name"], name, code)
    for each in read("areas")["districts"]
    for code, name in each["townships"].items()
]
BLANKS = st.text(st.sampled_from(" \u3000\t\u200b"), max_size=2)


@pytest.fixture(scope="module")
def index(django_db_setup, django_db_blocker):
    """Every area as `seed` made them. Reads only."""
    with django_db_blocker.unblock():
        return AreaIndex.load()


def district(name: str) -> Area:
    return Area.objects.get(name=name, kind=AreaKind.DISTRICT)


def names(resolved) -> list[str]:
    return [area.full_name for area in resolved.candidates]


def test_all_216_are_listed():
    assert len(LISTED) == len({code for *_, code in LISTED}) == 216


@pytest.mark.parametrize(("district_name", "name", "code"), LISTED)
def test_every_official_name_is_itself_with_and_without_its_district(index, district_name, name, code):
    bare = district_name.removesuffix("新区").removesuffix("区")
    for written in (
        name,
        f"{district_name}{name}",
        f"上海市{district_name}{name}",
        f"上海{bare}{name}",
        f"{bare}{name}",
    ):
        assert index.resolve(written).area.code == code, written


@given(place=st.sampled_from(LISTED), blanks=st.lists(BLANKS, min_size=20, max_size=20), wide=st.booleans())
def test_blanks_and_full_width_characters_change_nothing(index, place, blanks, wide):
    district_name, name, code = place
    whole = f"{district_name}（{name}）" if wide else f"{district_name}{name}"
    written = "".join(sign + blank for sign, blank in zip(whole, blanks, strict=False))
    assert index.resolve(written).area.code == code


@given(written=st.text(max_size=30))
def test_any_text_gets_an_answer_or_a_sentence(index, written):
    resolved = index.resolve(written)
    assert (resolved.area is None) is bool(resolved.words)


@pytest.mark.parametrize("code", ["310000", *(each["code"] for each in read("areas")["districts"])])
def test_the_city_and_the_districts_are_found_as_well(index, code):
    area = next(area for area in index.areas if area.code == code)
    short = area.name.removesuffix("市").removesuffix("新区").removesuffix("区")
    assert index.resolve(area.name).area == index.resolve(short).area == area


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("田林", "徐汇区田林街道"),
        ("徐汇区田林", "徐汇区田林街道"),
        ("徐汇田林街道", "徐汇区田林街道"),
        ("凌云", "徐汇区凌云路街道"),
        ("凌云路", "徐汇区凌云路街道"),
        ("凌云街道", "徐汇区凌云路街道"),
        ("仙霞", "长宁区仙霞新村街道"),
        ("仙霞新村", "长宁区仙霞新村街道"),
        ("古美街道", "闵行区古美路街道"),
        ("江湾镇", "虹口区江湾镇街道"),
        ("江湾", "虹口区江湾镇街道"),
        ("嘉定镇", "嘉定区嘉定镇街道"),
        ("真如", "普陀区真如镇街道"),
        ("彭浦镇", "静安区彭浦镇"),
        ("彭浦新村", "静安区彭浦新村街道"),
        ("彭浦街道", "静安区彭浦新村街道"),
        ("虹桥镇", "闵行区虹桥镇"),
        ("长宁虹桥", "长宁区虹桥街道"),
        ("闸北区彭浦镇", "静安区彭浦镇"),
        ("南汇新城", "浦东新区南汇新城镇"),
        ("浦东南汇新城镇", "浦东新区南汇新城镇"),
        ("宝山", "宝山区"),
        ("卢湾", "黄浦区"),
        ("闸北临汾", "静安区临汾路街道"),
    ],
)
def test_what_people_write(index, written, expected):
    assert names(index.resolve(written)) == [expected]


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("彭浦", "“彭浦”有两个：静安区彭浦新村街道、静安区彭浦镇。请写全。"),
        ("静安彭浦", "“静安彭浦”有两个：静安区彭浦新村街道、静安区彭浦镇。请写全。"),
        ("虹桥", "“虹桥”有两个：长宁区虹桥街道、闵行区虹桥镇。请写全。"),
    ],
)
def test_a_name_of_two_asks_which(index, written, sentence):
    resolved = index.resolve(written)
    assert resolved.area is None
    assert resolved.is_ambiguous
    assert resolved.words == sentence


@pytest.mark.django_db
class TestWithADistrict:
    def test_it_narrows(self):
        assert resolve_area("虹桥", district=district("闵行区")).area.name == "虹桥镇"
        assert resolve_area("宝山", district=district("静安区")).area.name == "宝山路街道"
        assert resolve_area("徐汇区", district=district("徐汇区")).area.name == "徐汇区"

    def test_it_does_not_make_one_of_two_in_the_same_district(self):
        assert resolve_area("彭浦", district=district("静安区")).is_ambiguous

    @pytest.mark.parametrize("written", ["田林", "徐汇区田林街道"])
    def test_another_districts_street_is_named_but_not_taken(self, written):
        resolved = resolve_area(written, district=district("静安区"))
        assert resolved.candidates == ()
        assert resolved.words == f"“{written}”不在静安区。您写的可能是：徐汇区田林街道。"

    def test_what_comes_near_lies_inside(self):
        resolved = resolve_area("田淋街道", district=district("徐汇区"))
        assert resolved.words == "没有叫“田淋街道”的街镇。您写的可能是：徐汇区田林街道。"


@pytest.mark.parametrize("written", ["徐汇区田淋街道", "徐汇田淋"])
def test_a_slip_of_the_pen_gets_the_nearest_of_that_district(index, written):
    resolved = index.resolve(written)
    assert resolved.area is None
    assert [area.full_name for area in resolved.nearest] == ["徐汇区田林街道"]


@pytest.mark.parametrize("written", ["", "  ", "——"])
def test_nothing_written_asks_for_something(index, written):
    assert index.resolve(written).nearest == ()
    assert index.resolve(written).area is None


def test_what_is_no_place_is_said_to_be_none(index):
    assert index.resolve("纽约").words == "没有叫“纽约”的街镇。请写全称，比如：徐汇区田林街道。"


def test_a_long_text_is_not_said_back_whole(index):
    assert len(index.resolve("火" * 5000).words) < 100


@pytest.mark.django_db
def test_an_alias_of_two_asks_which():
    for code in ("310104011000", "310104015000"):
        AreaAlias.objects.create(area=Area.objects.get(code=code), name="大田凌")
    assert names(resolve_area("大田凌")) == ["徐汇区田林街道", "徐汇区凌云路街道"]


@pytest.mark.django_db
def test_a_place_like_a_town_is_found_by_its_whole_name():
    park = an_area("莘庄工业区", district="闵行区", kind=AreaKind.TOWNSHIP_LIKE)
    assert resolve_area("闵行莘庄工业区").area == park
    assert resolve_area("莘庄").area.name == "莘庄镇"


@pytest.mark.django_db
def test_a_renamed_street_is_found_by_its_new_name_only():
    Area.objects.filter(code="310104011000").update(name="田林新街道")
    assert resolve_area("田林新街道").area.code == "310104011000"
    assert resolve_area("田林街道").area is None


@pytest.mark.django_db
def test_thousands_are_looked_up_with_two_queries():
    with CaptureQueriesContext(connection) as queries:
        index = AreaIndex.load()
        for number in range(5000):
            index.resolve(f"徐汇区田林街道{number % 7}")
            index.resolve("凌云")
    assert len(queries) == 2
