"""Organisations come to be, change, move and close: who may, and every way it is refused."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from cms.enums import AuditVerb
from cms.models import AuditEntry
from courses.enums import Duty
from courses.enums import OrganisationKind as Kind
from courses.errors import NotAllowed, Refused
from courses.models import Organisation
from courses.services.organisation_details import OrganisationDetails
from courses.services.organisations import (
    change_organisation,
    close_organisation,
    create_organisation,
    move_organisation,
    reopen_organisation,
)
from tests.factories.classes import a_college, a_member, a_school, a_site, a_venue, the_city

pytestmark = pytest.mark.django_db

PHONE, OTHER = "13800000001", "13800000002"


@pytest.fixture
def east():
    return a_college("东社区学院", district="东区")


@pytest.fixture
def west():
    return a_college("西社区学院", district="西区")


@pytest.fixture
def clerk(east):
    """Somebody who changes organisations in the east."""
    return a_member(Duty.COLLEGE_STAFF, east)


@pytest.fixture
def city():
    return a_member(Duty.CITY_MANAGER, the_city())


def details(organisation, **values) -> OrganisationDetails:
    """Return what is known of an organisation, with some of it different."""
    known = {"name": organisation.name, "code": organisation.code, "area": organisation.area}
    return OrganisationDetails(**known | values)


def new(above, by, *, kind=Kind.COMMUNITY_SCHOOL, code="NEW-1", **values) -> Organisation:
    facts = details(above, **{"name": "新的", "code": code} | values)
    return create_organisation(kind=kind, guided_by=above, details=facts, by=by)


def last_entry() -> AuditEntry:
    return AuditEntry.objects.order_by("pk").last()


def fresh(organisation) -> Organisation:
    return Organisation.objects.get(pk=organisation.pk)


def test_a_new_one_stands_below_its_guide_and_is_put_down(east, clerk):
    school = new(east, clerk, responsible_name="王老师", responsible_phone=PHONE)
    assert school.lineage == f"{east.lineage}{school.pk}/"
    assert fresh(school).whole_contact_phone("responsible") == PHONE
    entry = last_entry()
    assert (entry.verb, entry.by, entry.organisation_id) == (AuditVerb.CREATED, clerk, school.pk)
    assert entry.detail == "NEW-1"


def test_only_the_city_makes_colleges(east, clerk, city):
    for above in (the_city(), east):
        with pytest.raises(Refused):
            new(above, clerk, kind=Kind.COMMUNITY_COLLEGE)
    assert new(the_city(), city, kind=Kind.COMMUNITY_COLLEGE).kind == Kind.COMMUNITY_COLLEGE


@pytest.mark.parametrize("duty", [Duty.SCHOOL_STAFF, Duty.TEACHER, Duty.AUDITOR])
def test_without_the_right_nothing_comes_to_be(east, duty):
    place = a_school(east) if duty == Duty.SCHOOL_STAFF else east
    with pytest.raises(NotAllowed):
        new(place, a_member(duty, place), kind=Kind.LEARNING_SITE)


def test_outside_the_branch_nothing_comes_to_be(west, clerk):
    with pytest.raises(NotAllowed):
        new(west, clerk)


@pytest.mark.parametrize("kind", [Kind.CITY, Kind.COMMUNITY_COLLEGE, Kind.COMMUNITY_SCHOOL])
def test_a_level_stands_below_a_higher_one(east, clerk, kind):
    with pytest.raises(Refused) as refused:
        new(a_school(east), clerk, kind=kind)
    assert refused.value.code == "level-does-not-fit"
    assert set(refused.value.fields) == {"kind"}


@pytest.mark.parametrize(("code", "reason"), [("xh", "bad-code"), ("", "bad-code"), ("TAKEN", "code-taken")])
def test_a_code_is_well_formed_and_free(west, east, clerk, code, reason):
    Organisation.objects.filter(pk=west.pk).update(code="TAKEN")
    with pytest.raises(Refused) as refused:
        new(east, clerk, code=code)
    assert refused.value.code == reason
    assert set(refused.value.fields) == {"code"}
    assert "西社区学院" not in str(refused.value)


def test_nothing_comes_to_be_below_a_closed_one(east, clerk):
    school = a_school(east)
    close_organisation(organisation=school, by=clerk)
    with pytest.raises(Refused) as refused:
        new(school, clerk, kind=Kind.LEARNING_SITE)
    assert refused.value.code == "above-closed"


def test_a_change_names_the_fields_and_no_values(east, clerk):
    change_organisation(
        organisation=east,
        details=details(east, name="新名", operator_name="李专人", operator_phone=PHONE),
        by=clerk,
    )
    assert fresh(east).name == "新名"
    assert last_entry().detail == "name operator_name operator_phone"
    assert last_entry().verb == AuditVerb.CHANGED


def test_no_change_is_not_put_down(east, clerk):
    before = AuditEntry.objects.count()
    change_organisation(organisation=east, details=details(east), by=clerk)
    assert AuditEntry.objects.count() == before


@pytest.mark.parametrize(
    ("name", "phone", "left"),
    [
        ("王老师", None, PHONE),
        ("王老师", "", ""),
        ("王老师", OTHER, OTHER),
        ("李老师", None, ""),
        ("", None, ""),
    ],
)
def test_a_number_goes_with_its_person(east, clerk, name, phone, left):
    first = details(east, responsible_name="王老师", responsible_phone=PHONE)
    change_organisation(organisation=east, details=first, by=clerk)
    then = details(east, responsible_name=name, responsible_phone=phone)
    change_organisation(organisation=east, details=then, by=clerk)
    assert fresh(east).whole_contact_phone("responsible") == left
    put_down = AuditEntry.objects.filter(detail__contains="responsible_phone").count()
    assert put_down == (1 if left == PHONE else 2)


def test_a_change_is_refused_outside_the_branch_and_for_a_taken_code(east, west, clerk):
    with pytest.raises(NotAllowed):
        change_organisation(organisation=west, details=details(west, name="抢"), by=clerk)
    with pytest.raises(Refused, match="已经有人用了"):
        change_organisation(organisation=east, details=details(east, code=west.code), by=clerk)
    assert fresh(west).name == "西社区学院"


def test_a_move_takes_everything_below_along(east, clerk):
    old, new_school = a_school(east), a_school(east)
    site = a_site(old)
    Organisation.objects.filter(pk=old.pk).update(kind=Kind.LEARNING_SITE)
    move_organisation(organisation=old, guided_by=new_school, by=clerk)
    assert fresh(old).lineage == f"{new_school.lineage}{old.pk}/"
    assert fresh(site).lineage == f"{new_school.lineage}{old.pk}/{site.pk}/"
    assert last_entry().detail == f"guided_by {east.pk} {new_school.pk}"


def test_a_move_to_where_it_stands_is_not_put_down(east, clerk):
    school = a_school(east)
    before = AuditEntry.objects.count()
    move_organisation(organisation=school, guided_by=east, by=clerk)
    assert AuditEntry.objects.count() == before


def test_a_move_follows_the_line_as_it_is_now(east, clerk):
    """What the screen was drawn with may be old: the place is read again."""
    school, other = a_school(east), a_school(east)
    stale = Organisation.objects.get(pk=a_site(school).pk)
    move_organisation(organisation=stale, guided_by=other, by=clerk)
    move_organisation(organisation=stale, guided_by=school, by=clerk)
    assert fresh(stale).lineage == f"{school.lineage}{stale.pk}/"


def test_a_school_cannot_leave_the_branch_nor_be_taken(east, west, clerk):
    mine, theirs = a_school(east), a_school(west)
    for school, above in ((mine, west), (theirs, east), (mine, the_city())):
        with pytest.raises(NotAllowed):
            move_organisation(organisation=school, guided_by=above, by=clerk)
    assert fresh(mine).guided_by == east


def test_the_city_moves_between_branches(east, west, city):
    school = a_school(east)
    move_organisation(organisation=school, guided_by=west, by=city)
    assert fresh(school).lineage.startswith(west.lineage)


@pytest.mark.parametrize("where", ["itself", "below"])
def test_nothing_stands_below_itself(east, clerk, where):
    school = a_school(east)
    above = school if where == "itself" else a_site(school)
    with pytest.raises(Refused) as refused:
        move_organisation(organisation=school, guided_by=above, by=clerk)
    assert refused.value.code == "below-itself"
    assert set(refused.value.fields) == {"guided_by"}


def test_nothing_moves_below_its_own_level_nor_below_a_closed_one(east, clerk):
    school, closed = a_school(east), a_school(east)
    with pytest.raises(Refused) as refused:
        move_organisation(organisation=school, guided_by=closed, by=clerk)
    assert refused.value.code == "level-does-not-fit"
    site = a_site(school)
    close_organisation(organisation=closed, by=clerk)
    with pytest.raises(Refused) as refused:
        move_organisation(organisation=site, guided_by=closed, by=clerk)
    assert refused.value.code == "above-closed"


@pytest.mark.parametrize("verb", [close_organisation, reopen_organisation])
def test_the_top_of_a_branch_is_not_placed_by_its_own_people(east, clerk, city, verb):
    with pytest.raises(NotAllowed, match="上一级"):
        verb(organisation=east, by=clerk)
    with pytest.raises(NotAllowed, match="上一级"):
        verb(organisation=the_city(), by=city)


def test_closing_waits_for_what_is_below(east, clerk, city):
    school = a_school(east)
    with pytest.raises(Refused) as refused:
        close_organisation(organisation=east, by=city)
    assert refused.value.code == "open-below"
    assert "1 家" in str(refused.value)
    close_organisation(organisation=school, by=clerk)
    close_organisation(organisation=east, by=city)
    assert fresh(east).closed_on == timezone.localdate()


def test_closing_waits_for_venues(east, clerk):
    school = a_school(east)
    venue = a_venue(school)
    with pytest.raises(Refused) as refused:
        close_organisation(organisation=school, by=clerk)
    assert refused.value.code == "venues-in-use"
    venue.closed_on = timezone.localdate() + timedelta(days=3)
    venue.save()
    with pytest.raises(Refused):
        close_organisation(organisation=school, by=clerk)
    close_organisation(organisation=school, by=clerk, on=venue.closed_on)
    assert fresh(school).closed_on == venue.closed_on


def test_closing_and_reopening_are_put_down(east, clerk):
    school = a_school(east)
    close_organisation(organisation=school, by=clerk, on=date(2021, 9, 1))
    entry = last_entry()
    assert (entry.verb, entry.detail) == (AuditVerb.DISABLED, "closed_on 2021-09-01")
    reopen_organisation(organisation=school, by=clerk)
    assert last_entry().verb == AuditVerb.ENABLED
    assert fresh(school).closed_on is None


def test_reopening_waits_for_the_one_above(east, clerk):
    school = a_school(east)
    site = a_site(school)
    close_organisation(organisation=site, by=clerk)
    close_organisation(organisation=school, by=clerk)
    with pytest.raises(Refused) as refused:
        reopen_organisation(organisation=site, by=clerk)
    assert refused.value.code == "above-closed"


@pytest.mark.parametrize("verb", [close_organisation, reopen_organisation])
def test_closing_is_refused_outside_the_branch(west, clerk, verb):
    with pytest.raises(NotAllowed):
        verb(organisation=a_school(west), by=clerk)
