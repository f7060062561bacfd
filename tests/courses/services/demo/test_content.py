"""The demo Shanghai: how much of everything, who is in it, and that nobody in it is real."""

import re
from collections import Counter

import pytest
from django.utils import timezone

from cms.enums import Scenario
from courses.enums import OrganisationKind, QualificationKind, TeachingRole, VenueKind
from courses.models import (
    Availability,
    Closure,
    ExternalId,
    Learner,
    LearnerPlace,
    OpeningHours,
    Organisation,
    Qualification,
    Room,
    TaughtScenario,
    TeachingPerson,
    Venue,
)
from courses.rules.names import name_refusal

pytestmark = pytest.mark.usefixtures("demo_site")

INVENTED = re.compile(r"1380000\d{4}")
HOUSEHOLD = 4


def of_kind(kind: str):
    return Organisation.objects.filter(kind=kind)


def whole(things) -> list[str]:
    return [thing.whole_phone() for thing in things if thing.phone]


def test_there_is_a_whole_city_of_it():
    counts = {
        "colleges": of_kind(OrganisationKind.COMMUNITY_COLLEGE).count(),
        "schools": of_kind(OrganisationKind.COMMUNITY_SCHOOL).count(),
        "sites": of_kind(OrganisationKind.LEARNING_SITE).count(),
        "venues": Venue.objects.count(),
        "rooms": Room.objects.count(),
        "teachers": TeachingPerson.objects.filter(role=TeachingRole.TEACHER).count(),
        "volunteers": TeachingPerson.objects.filter(role=TeachingRole.VOLUNTEER).count(),
        "learners": Learner.objects.canonical().count(),
        "merged": Learner.objects.exclude(merged_into=None).count(),
    }
    assert counts == {
        "colleges": 16,
        "schools": 40,
        "sites": 30,
        "venues": 80,
        "rooms": 120,
        "teachers": 60,
        "volunteers": 150,
        "learners": 3000,
        "merged": 40,
    }


@pytest.mark.parametrize("model", [Venue, TeachingPerson, Learner])
def test_all_of_it_is_marked(model):
    assert not model.objects.filter(is_demo=False).exists()


def test_schools_and_sites_are_marked_and_what_seed_made_is_not():
    below = [OrganisationKind.COMMUNITY_SCHOOL, OrganisationKind.LEARNING_SITE]
    assert not Organisation.objects.filter(kind__in=below, is_demo=False).exists()
    assert not Organisation.objects.exclude(kind__in=below).filter(is_demo=True).exists()


def test_no_number_could_ring_anywhere():
    learners, people = list(Learner.objects.all()), list(TeachingPerson.objects.all())
    schools = list(Organisation.objects.filter(is_demo=True))
    numbers = whole([*learners, *people])
    numbers += [learner.contact_phone.plain for learner in learners if learner.contact_phone]
    numbers += [school.responsible_phone.plain for school in schools if school.responsible_phone]
    numbers += [school.operator_phone.plain for school in schools if school.operator_phone]
    numbers += [school.public_phone for school in schools if school.public_phone]
    assert len(numbers) > 3500
    assert [number for number in numbers if not INVENTED.fullmatch(number)] == []


def test_only_a_household_shares_a_number():
    learners = Counter(whole(Learner.objects.canonical()))
    others = whole(TeachingPerson.objects.all())
    contacts = [row.contact_phone.plain for row in Learner.objects.all() if row.contact_phone]
    assert max(learners.values()) <= HOUSEHOLD
    assert sum(count > 1 for count in learners.values()) > 100
    assert len(set(others)) == len(others)
    assert len({*learners, *others, *contacts}) == len(learners) + len(others) + len(contacts)


@pytest.mark.parametrize("model", [TeachingPerson, Learner])
def test_every_name_could_be_typed_in(model):
    assert {name_refusal(name) for name in model.objects.values_list("name", flat=True)} == {None}


def test_learners_are_found_as_if_they_had_registered():
    learner = Learner.objects.canonical().exclude(phone_key="").first()
    number = learner.whole_phone()
    assert learner in Learner.objects.with_phone(number)
    assert learner in Learner.objects.found_by(number[-4:])
    assert learner in Learner.objects.found_by(learner.name)


def test_most_learners_are_sixty_and_everybody_can_be_told_apart():
    year, people = timezone.localdate().year, Learner.objects.canonical()
    old = people.filter(birth_year__lte=year - 60).count() + people.filter(says_senior=True).count()
    assert 2700 < old < 3000
    without_phone = people.filter(phone_key="")
    assert without_phone.count() > 100
    assert not without_phone.filter(birth_year=None).exists()
    assert not without_phone.filter(area=None).exists()
    assert not without_phone.filter(is_identity_confirmed=False).exists()


def test_every_learner_is_known_somewhere_and_some_twice():
    places = Counter(LearnerPlace.objects.values_list("learner_id", flat=True))
    assert set(places) == set(Learner.objects.values_list("pk", flat=True))
    assert sum(count > 1 for count in places.values()) > 100


def test_who_was_merged_is_the_same_person_and_known_there_too():
    for merged in Learner.objects.exclude(merged_into=None).select_related("merged_into"):
        kept = merged.merged_into
        assert (kept.name, kept.birth_year, kept.merged_into_id) == (merged.name, merged.birth_year, None)
        at = set(merged.places.values_list("organisation_id", flat=True))
        assert at <= set(kept.places.values_list("organisation_id", flat=True))


def test_places_are_of_all_kinds_and_differ_in_who_can_get_in():
    assert set(Venue.objects.values_list("kind", flat=True)) == set(VenueKind)
    for field in ("has_step_free_way", "has_hearing_loop", "has_wifi", "has_projector", "is_epidemic_ready"):
        assert set(Venue.objects.values_list(field, flat=True)) == {True, False}, field
    assert not Venue.objects.filter(is_epidemic_ready=True, epidemic_checked_on=None).exists()
    assert not Venue.objects.filter(address="").exists()
    assert Venue.objects.exclude(way="").count() > 40
    assert Venue.objects.exclude(closed_on=None).count() == 1


def test_a_venue_lies_where_its_organisation_is():
    assert all(
        venue.area_id == venue.organisation.area_id for venue in Venue.objects.select_related("organisation")
    )


def test_every_room_has_seats_and_hours_and_some_are_closed_now():
    assert set(OpeningHours.objects.values_list("room_id", flat=True)) == set(
        Room.objects.values_list("pk", flat=True)
    )
    assert not Room.objects.filter(seats=None).exists()
    today = timezone.localdate()
    assert Closure.objects.filter(starts_on__lte=today, ends_on__gte=today).exists()
    assert Closure.objects.filter(room=None).exists()
    assert Closure.objects.exclude(room=None).exists()


def test_people_can_something_and_have_time():
    everybody = set(TeachingPerson.objects.values_list("pk", flat=True))
    assert set(TaughtScenario.objects.values_list("person_id", flat=True)) == everybody
    assert set(TaughtScenario.objects.values_list("scenario", flat=True)) == set(Scenario.values)
    assert set(Availability.objects.values_list("person_id", flat=True)) == everybody
    assert set(TeachingPerson.objects.values_list("speaks_shanghainese", flat=True)) == {True, False}
    assert TeachingPerson.objects.filter(listed_consent_on=None).exists()
    assert TeachingPerson.objects.exclude(left_on=None).count() == 3


def test_some_have_proved_all_some_nothing_and_some_too_long_ago():
    today = timezone.localdate()
    kinds = Counter(Qualification.objects.filter(valid_until__gte=today).values_list("person_id", flat=True))
    expired = set(Qualification.objects.filter(valid_until__lt=today).values_list("person_id", flat=True))
    nothing = TeachingPerson.objects.filter(qualifications=None)
    assert set(kinds.values()) == {1, len(QualificationKind)}
    assert len(expired) == nothing.count() == 21
    assert not expired & set(kinds)


def test_streets_with_nearly_the_same_name_both_have_a_school():
    names = set(of_kind(OrganisationKind.COMMUNITY_SCHOOL).values_list("area__name", flat=True))
    assert {"彭浦镇", "彭浦新村街道", "虹桥街道", "虹桥镇", "田林街道"} <= names


def test_schools_have_who_answers_for_them_and_some_a_number_elsewhere():
    schools = of_kind(OrganisationKind.COMMUNITY_SCHOOL)
    assert not schools.filter(responsible_name="").exists()
    assert not schools.filter(operator_name="").exists()
    assert not schools.filter(is_name_verified=True).exists()
    assert ExternalId.objects.count() == 20
