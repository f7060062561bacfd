"""街镇 in the desk, kept by the city."""

import pytest

from courses.enums import Duty
from courses.models import Area
from tests.factories.classes import an_area
from tests.queries import of_one_as_of_three

pytestmark = pytest.mark.django_db

LIST = "/admin/desk/areas/"
NEW = f"{LIST}new/"


@pytest.fixture
def town():
    town = an_area("朝霞街道", district="东区")
    town.aliases.create(name="朝霞新村")
    return town


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("district={district}", ["东区", "东区朝霞街道"]),
        ("q=朝霞新村", ["东区朝霞街道"]),
        ("q=朝霞&kind=subdistrict", ["东区朝霞街道"]),
        ("q=朝霞&kind=town", ["西区朝霞镇"]),
        ("q=没有", []),
    ],
)
def test_places_are_found(city, town, query, found):
    an_area("朝霞镇", district="西区", kind="town")
    response = city.get(f"{LIST}?{query.format(district=town.parent.code)}")
    assert sorted(area.full_name for area in response.context["part"].object_list) == sorted(found)


def test_the_list_costs_the_same(city):
    def add(each: int) -> None:
        an_area(f"第{each}街道").aliases.create(name=f"别名{each}")

    address = f"{LIST}?district={an_area().parent.code}"
    assert of_one_as_of_three(add, lambda: city.get(address)) <= 15
    assert "别名2" in city.get(address).content.decode()


def test_a_unit_is_added_and_shown_in_its_district(city, town):
    district = town.parent
    response = city.post(NEW, {"district": district.code, "name": " 东工业区 "}, follow=True)
    assert "东工业区" in response.content.decode()
    assert Area.objects.get(name="东工业区").parent == district


def test_a_refused_unit_is_said_beside_its_name(city, town):
    response = city.post(NEW, {"district": town.parent.code, "name": "朝霞街道"})
    assert "已经有“朝霞街道”了" in response.context["form"].errors["name"][0]


def test_aliases_are_lines(city, town):
    address = f"{LIST}{town.pk}/aliases/"
    assert "朝霞新村" in city.get(address).content.decode()
    city.post(address, {"names": "朝霞\n\n 朝霞 地区 \n"})
    assert set(town.aliases.values_list("name", flat=True)) == {"朝霞", "朝霞地区"}
    assert "本来就是" in city.post(address, {"names": "朝霞街道"}).content.decode()
    assert city.get(f"{LIST}{10**30}/aliases/").status_code == 404


def test_nobody_but_the_city_comes_in(logged_in, college, town):
    district = logged_in(Duty.DISTRICT_MANAGER, college)
    for address in (LIST, NEW, f"{LIST}{town.pk}/aliases/"):
        assert district.get(address).status_code == 302
    district.post(NEW, {"district": town.parent.code, "name": "东工业区"})
    assert not Area.objects.filter(name="东工业区").exists()
