"""Units that the official list does not have, and what people call places. For the city only."""

import pytest

from cms.enums import AuditVerb
from cms.models import AuditEntry
from courses.enums import AreaKind, Duty
from courses.errors import NotAllowed, Refused
from courses.models import Area, AreaAlias
from courses.services.areas_upkeep import add_unit, set_aliases
from tests.factories.classes import a_college, a_member, an_area, the_city

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    return a_member(Duty.CITY_MANAGER, the_city())


@pytest.fixture
def town():
    return an_area("田林街道", district="东区")


def test_units_get_codes_of_ours_one_after_another(town, city):
    district = town.parent
    units = [add_unit(district=district, name=name, by=city) for name in ("东工业区", "东度假区")]
    assert [unit.code for unit in units] == [f"{district.code}901000", f"{district.code}902000"]
    assert {unit.kind for unit in units} == {AreaKind.TOWNSHIP_LIKE}
    assert units[0] in Area.objects.below(district)
    entry = AuditEntry.objects.filter(verb=AuditVerb.CREATED).first()
    assert (entry.subject_id, entry.detail) == (str(units[1].pk), units[1].code)


@pytest.mark.parametrize(
    ("name", "reason"), [("", "bad-name"), ("长" * 41, "bad-name"), ("田林街道", "name-taken")]
)
def test_a_unit_has_a_name_of_its_own(town, city, name, reason):
    with pytest.raises(Refused) as refused:
        add_unit(district=town.parent, name=name, by=city)
    assert refused.value.code == reason
    assert set(refused.value.fields) == {"name"}


def test_a_unit_stands_below_a_district_only(town, city):
    for place in (town, town.parent.parent):
        with pytest.raises(Refused) as refused:
            add_unit(district=place, name="工业区", by=city)
        assert refused.value.code == "no-district"


def test_after_99_units_there_is_no_code_left(town, city):
    district = town.parent
    Area.objects.bulk_create(
        Area(
            code=f"{district.code}{number}000",
            name=f"单位{number}",
            kind=AreaKind.TOWNSHIP_LIKE,
            parent=district,
        )
        for number in range(901, 1000)
    )
    with pytest.raises(Refused) as refused:
        add_unit(district=district, name="工业区", by=city)
    assert refused.value.code == "no-code-left"


@pytest.mark.parametrize("duty", [Duty.DISTRICT_MANAGER, Duty.COLLEGE_STAFF, Duty.AUDITOR])
def test_only_the_city_keeps_areas(town, duty):
    user = a_member(duty, a_college(district="东区"))
    with pytest.raises(NotAllowed):
        add_unit(district=town.parent, name="工业区", by=user)
    with pytest.raises(NotAllowed):
        set_aliases(area=town, names=["田林"], by=user)
    assert not AreaAlias.objects.filter(area__parent=town.parent).exists()


def test_aliases_come_and_go(town, city):
    set_aliases(area=town, names=["田林", "田林新村", "田林"], by=city)
    set_aliases(area=town, names=["田林", "田林地区"], by=city)
    assert set(town.aliases.values_list("name", flat=True)) == {"田林", "田林地区"}
    entry = AuditEntry.objects.filter(verb=AuditVerb.CHANGED).first()
    assert entry.detail == "aliases -1 +1"


def test_the_same_aliases_are_not_put_down(town, city):
    set_aliases(area=town, names=[], by=city)
    assert not AuditEntry.objects.filter(verb=AuditVerb.CHANGED).exists()


def test_one_alias_may_stand_for_two(town, city):
    for area in (town, an_area("田林镇", district="西区")):
        set_aliases(area=area, names=["田林"], by=city)
    assert AreaAlias.objects.filter(name="田林").count() == 2


@pytest.mark.parametrize(("name", "reason"), [("长" * 41, "bad-name"), ("田林街道", "alias-is-name")])
def test_an_alias_is_another_name(town, city, name, reason):
    with pytest.raises(Refused) as refused:
        set_aliases(area=town, names=["田林", name], by=city)
    assert refused.value.code == reason
    assert set(refused.value.fields) == {"names"}
    assert not town.aliases.exists()
