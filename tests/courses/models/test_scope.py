"""Whose things somebody may see."""

import pytest
from django.contrib.auth.models import AnonymousUser

from cms.models import User
from courses.enums import Duty
from courses.models import Learner, LearnerPlace, Organisation, Room, TeachingPerson, Venue, organisations_of
from courses.services.identities import switch_identity
from tests.factories.classes import (
    a_college,
    a_learner,
    a_member,
    a_person,
    a_room,
    a_school,
    a_site,
    a_venue,
    another_duty,
    the_city,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def east():
    return a_college("东社区学院", district="东区")


@pytest.fixture
def west():
    return a_college("西社区学院", district="西区")


def test_a_branch_is_the_organisation_and_all_below(east, west):
    school = a_school(east)
    site = a_site(school)
    user = a_member(Duty.DISTRICT_MANAGER, east)
    assert set(organisations_of(user)) == {east, school, site}


def test_the_city_sees_all(east, west):
    user = a_member(Duty.CITY_MANAGER, the_city())
    assert set(organisations_of(user)) == set(Organisation.objects.all()) >= {the_city(), east, west}


def test_a_school_sees_neither_its_college_nor_its_neighbour(east):
    mine, _ = a_school(east), a_school(east)
    assert list(organisations_of(a_member(Duty.SCHOOL_STAFF, mine))) == [mine]


def test_ids_that_begin_alike_are_no_branch(east):
    """Organisation 1 is not above organisation 11."""
    for number in range(12):
        a_school(east, f"第{number}所")
    for school in Organisation.objects.filter(guided_by=east):
        assert list(Organisation.objects.branch(school)) == [school]


def test_another_identity_is_another_branch(east, west):
    user = a_member(Duty.COLLEGE_STAFF, east)
    switch_identity(user=user, membership=another_duty(user, Duty.COLLEGE_STAFF, west))
    assert list(organisations_of(user)) == [west]


@pytest.mark.parametrize("make", [AnonymousUser, lambda: User.objects.create_superuser("test-root")])
def test_without_a_duty_there_is_nothing(east, make):
    nobody = make()
    a_venue(east)
    assert not organisations_of(nobody).exists()
    assert not Venue.objects.visible_to(nobody).exists()


def test_everything_that_belongs_somewhere_is_seen_there_only(east, west):
    user = a_member(Duty.COLLEGE_STAFF, east)
    for college in (east, west):
        a_room(a_venue(college))
        a_person(college)
    assert [venue.organisation for venue in Venue.objects.visible_to(user)] == [east]
    assert [room.venue.organisation for room in Room.objects.visible_to(user)] == [east]
    assert [person.organisation for person in TeachingPerson.objects.visible_to(user)] == [east]


def test_a_learner_is_seen_wherever_known(east, west):
    here = a_learner(east, "陈一", phone="13800000001")
    both = a_learner(west, "陈二", phone="13800000002")
    a_learner(west, "陈三", phone="13800000003")
    LearnerPlace.objects.create(learner=both, organisation=a_school(east))
    assert set(Learner.objects.visible_to(a_member(Duty.COLLEGE_STAFF, east))) == {here, both}
