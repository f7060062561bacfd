"""Loading the demo Shanghai: once, always the same, and never over what somebody did in it."""

from datetime import date

import pytest
import time_machine

from cms.services.demo import load_demo
from courses.models import (
    Learner,
    LearnerPlace,
    Membership,
    Organisation,
    Qualification,
    TeachingPerson,
    Venue,
)
from courses.services.demo import KINDS
from courses.services.demo.learners import add_learners
from courses.services.demo.organisations import add_organisations
from courses.services.demo.people import add_people
from courses.services.demo.places import add_places

MODELS = (Organisation, Venue, TeachingPerson, Qualification, Learner, LearnerPlace, Membership)


@pytest.mark.usefixtures("demo_site")
def test_twice_changes_nothing():
    before = [list(model.objects.order_by("pk").values()) for model in MODELS]
    assert load_demo() == []
    assert [list(model.objects.order_by("pk").values()) for model in MODELS] == before


@pytest.mark.usefixtures("demo_site")
def test_what_somebody_changed_or_took_away_stays_so():
    Venue.objects.filter(kind="bank").update(name="改过的网点")
    person = TeachingPerson.objects.filter(user=None).first()
    person.delete()
    assert load_demo() == []
    assert Venue.objects.filter(name="改过的网点").count() == 4
    assert not TeachingPerson.objects.filter(number=person.number).exists()


@pytest.mark.django_db
@pytest.mark.parametrize("add", [add_places, add_people, add_learners])
def test_without_demo_schools_there_is_nothing_to_add_to(add):
    assert add() is None


@pytest.mark.django_db
def test_a_college_that_is_gone_has_no_schools():
    Organisation.objects.filter(code="XH").delete()
    assert add_organisations() == "新建演示机构：36 所学校、27 个学习点"
    assert not Organisation.objects.filter(code__startswith="XH").exists()


@pytest.mark.django_db
def test_each_kind_says_what_it_made_and_the_second_time_nothing():
    # Duties and timetable want more than the test's own rows: what is there says nothing.
    made = [kind() for kind in KINDS]
    assert all(made[:4])
    assert all(made[-2:])
    assert [kind() for kind in KINDS] == [None] * len(KINDS)


@pytest.mark.django_db
def test_the_same_people_live_there_every_time():
    def all_names():
        with time_machine.travel(date(2026, 11, 23)):
            made = [kind() for kind in KINDS[:4]]
        people = list(TeachingPerson.objects.order_by("pk").values_list("name", "organisation__code"))
        learners = list(Learner.objects.order_by("pk").values_list("name", "birth_year", "phone_key"))
        for model in (LearnerPlace, Qualification, TeachingPerson):
            model.objects.all().delete()
        Learner.objects.exclude(merged_into=None).delete()
        Learner.objects.all().delete()
        return made[2:], people, learners

    add_organisations()
    add_places()
    first, second = all_names(), all_names()
    assert first == second
    assert all(first[0])
