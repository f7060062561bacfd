"""What `seed` brings for classes: there once, and never over what staff have changed."""

from datetime import date
from itertools import pairwise

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.enums import AreaKind, OrganisationKind, RunMode, VenueKind
from courses.models import Area, AreaAlias, CapacityRule, Organisation, Room, Term, Venue
from courses.services.first_rows import ensure_first_rows, read
from courses.services.scheduling.limits import Setting, dated_limits, session_limit

pytestmark = pytest.mark.django_db

STREET = "310104011000"
LAST_STRICT, FIRST_FREE = date(2021, 3, 31), date(2021, 4, 1)


def rows() -> list:
    models = (Area, AreaAlias, Organisation, Term, CapacityRule)
    return [list(model.objects.order_by("pk").values()) for model in models]


def most(on: date, mode: str, kind: str = VenueKind.COMMUNITY_SCHOOL, capacity: int | None = 30):
    venue = Venue(name="活动室", kind=kind)
    setting = Setting(on, mode, venue, Room(name="203", seats=40))
    return session_limit(setting, capacity=capacity, rules=dated_limits(first=on, last=on)).most


def test_the_city_its_districts_and_all_streets_and_towns_are_there():
    kinds = [Area.objects.filter(kind=kind).count() for kind in AreaKind]
    assert dict(zip(AreaKind, kinds, strict=True)) == {
        AreaKind.CITY: 1,
        AreaKind.DISTRICT: 16,
        AreaKind.SUBDISTRICT: 108,
        AreaKind.TOWN: 106,
        AreaKind.TOWNSHIP: 2,
        AreaKind.TOWNSHIP_LIKE: 0,
    }


def test_every_township_lies_in_the_district_its_code_begins_with():
    assert all(
        area.code.startswith(area.parent.code) for area in Area.objects.townships().select_related("parent")
    )
    assert set(Area.objects.districts().values_list("parent__name", flat=True)) == {"上海市"}


@pytest.mark.parametrize("name", ["江湾镇街道", "真如镇街道", "嘉定镇街道"])
def test_a_street_with_a_town_in_its_name_is_a_street(name):
    assert Area.objects.get(name=name).kind == AreaKind.SUBDISTRICT


def test_each_district_has_its_college_below_the_city():
    city = Organisation.objects.get(kind=OrganisationKind.CITY)
    colleges = Organisation.objects.filter(kind=OrganisationKind.COMMUNITY_COLLEGE).select_related("area")
    assert (city.code, city.name, city.lineage) == ("SH", "上海开放大学", f"/{city.pk}/")
    assert [college.lineage for college in colleges] == [f"/{city.pk}/{college.pk}/" for college in colleges]
    assert {college.area for college in colleges} == set(Area.objects.districts())
    assert all(college.name.startswith(college.area.name) for college in colleges)


def test_names_without_a_source_are_marked():
    colleges = Organisation.objects.filter(kind=OrganisationKind.COMMUNITY_COLLEGE)
    verified = set(colleges.filter(is_name_verified=True).values_list("code", flat=True))
    assert verified == {"HP", "XH", "CN", "PT", "YP"}
    assert all("待核对" in college.source for college in colleges.filter(is_name_verified=False))


def test_seeding_again_changes_nothing_and_costs_little():
    before = rows()
    with CaptureQueriesContext(connection) as queries:
        ensure_first_rows()
    assert rows() == before
    assert len(queries) <= 10


def test_what_staff_have_changed_stays():
    Area.objects.filter(code=STREET).update(name="田林新街道")
    Organisation.objects.filter(code="XH").update(name="徐汇社区学院", is_name_verified=False)
    # A code is what it is found by; a college with another code is still the district's.
    Organisation.objects.filter(code="CN").update(code="CHANGNING")
    Organisation.objects.filter(code="SH").update(code="SOU", name="上海开大")
    AreaAlias.objects.filter(name="古美街道").delete()
    Term.objects.filter(code="26B").update(starts_on=date(2026, 9, 7), name="秋学期")
    CapacityRule.objects.filter(limit=20).update(limit=15, ends_on=date(2021, 4, 15), reason="区里更严")
    CapacityRule.objects.filter(limit=0).delete()
    before = rows()
    call_command("seed")
    assert rows() == before


def test_what_is_missing_is_added_with_its_aliases():
    Organisation.objects.filter(code="MH").delete()
    Area.objects.filter(code="310112006000").delete()
    ensure_first_rows()
    again = Organisation.objects.get(code="MH")
    assert again.lineage == f"{again.guided_by.lineage}{again.pk}/"
    assert AreaAlias.objects.get(name="古美街道").area.name == "古美路街道"


def test_a_code_that_is_taken_is_not_taken_away():
    Organisation.objects.filter(code="MH").update(
        kind=OrganisationKind.COMMUNITY_SCHOOL, area=Area.objects.get(code=STREET)
    )
    ensure_first_rows()
    assert Organisation.objects.filter(code="MH").count() == 1


def test_terms_are_there_and_a_missing_one_comes_back():
    codes = {"21A", "21B", "26A", "26B", "27A"}
    assert set(Term.objects.values_list("code", flat=True)) == codes
    Term.objects.filter(code="27A").delete()
    ensure_first_rows()
    assert Term.objects.get(code="27A").starts_on == date(2027, 3, 1)


def test_terms_do_not_overlap():
    spans = list(Term.objects.order_by("starts_on").values_list("starts_on", "ends_on"))
    assert all(ends < starts for (_, ends), (starts, _) in pairwise(spans))


@pytest.mark.parametrize(
    ("on", "mode", "expected"),
    [
        (LAST_STRICT, RunMode.ONSITE, 20),
        (LAST_STRICT, RunMode.HYBRID, 20),
        (LAST_STRICT, RunMode.ONLINE, 30),
        (FIRST_FREE, RunMode.ONSITE, 30),
        (date(2026, 3, 31), RunMode.ONSITE, 30),
    ],
)
def test_the_first_phase_of_2021_allows_twenty_on_site(on, mode, expected):
    assert most(on, mode) == expected


@pytest.mark.parametrize(("on", "expected"), [(LAST_STRICT, 0), (FIRST_FREE, 30)])
def test_the_first_phase_of_2021_allows_no_private_homes(on, expected):
    assert most(on, RunMode.ONSITE, VenueKind.PRIVATE_HOME) == expected


def test_each_limit_says_why_and_where_that_is_written():
    assert CapacityRule.objects.count() == 2
    assert all(rule.reason and "2021 年工作方案" in rule.source for rule in CapacityRule.objects.all())


def test_the_data_files_say_nothing_twice():
    areas = read("areas")
    codes = [each["code"] for each in areas["districts"]]
    assert len(set(codes)) == 16
    assert set(areas["aliases"]) <= {
        *codes,
        *(code for each in areas["districts"] for code in each["townships"]),
    }
    organisations = read("organisations")["colleges"]
    assert sorted(each["area"] for each in organisations) == sorted(codes)
