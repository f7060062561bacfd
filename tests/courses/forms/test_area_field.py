"""The choice of a street among more than two hundred."""

import pytest
from django import forms

from courses.enums import AreaKind
from courses.forms.fields import AreaField, in_area
from courses.models import Area, Venue
from tests.factories.classes import a_college, a_venue, an_area, the_city
from tests.html import Html

pytestmark = pytest.mark.django_db


class Streets(forms.Form):
    street = AreaField(required=False)
    must = AreaField(initial=None)
    whole = AreaField(districts=True, required=False, empty_label="都看")


@pytest.fixture
def streets():
    """Two districts, made in the wrong order, with the same name in both."""
    Area.objects.exclude(kind=AreaKind.CITY).filter(parent__kind=AreaKind.DISTRICT).delete()
    return [
        an_area("彭浦镇", district="静安区"),
        an_area("甲街道", district="黄浦区"),
        an_area("乙街道", district="静安区"),
    ]


def drawn(name: str, **kwargs) -> Html:
    return Html(str(Streets(**kwargs)[name]))


def test_streets_stand_under_their_districts(streets):
    groups = drawn("street").all("optgroup")
    assert [group["label"] for group in groups] == ["黄浦区", "静安区"]
    assert [option.text.strip() for option in groups[1].select("option")] == ["彭浦镇", "乙街道"]
    assert drawn("street").all("select > option")[0].text.strip() == "请选一个"


def test_districts_are_offered_where_asked_for(streets):
    assert "（全区）" not in str(Streets()["street"])
    groups = {group["label"]: group for group in drawn("whole").all("optgroup")}
    first = groups["静安区"].select("option")[0]
    assert first.text.strip() == "静安区（全区）"
    assert first["value"] == streets[0].parent.code


def test_the_city_is_no_choice(streets):
    form = Streets({"whole": the_city().area.code, "must": streets[0].code})
    assert form.errors == {"whole": ["名单里没有这个街镇，请在名单里选。"]}


def test_what_was_chosen_comes_back_and_stays_chosen(streets):
    form = Streets({"street": streets[1].code})
    assert list(form.errors) == ["must"]
    assert form.cleaned_data["street"] == streets[1]
    assert Html(str(form["street"])).one("option[selected]").text.strip() == "甲街道"
    given = drawn("street", initial={"street": streets[2]})
    assert given.one("option[selected]")["value"] == streets[2].code


@pytest.mark.parametrize("name", ["street", "must", "whole"])
def test_all_names_cost_one_query(streets, name, django_assert_num_queries):
    form = Streets()
    with django_assert_num_queries(1):
        str(form[name])


def test_a_new_form_sees_a_new_street(streets):
    assert "丙街道" not in str(Streets()["street"])
    an_area("丙街道", district="黄浦区")
    assert "丙街道" in str(Streets()["street"])


def test_a_district_means_its_streets_too(streets):
    college = a_college(district="静安区")
    for area in [college.area, *streets]:
        Venue.objects.filter(pk=a_venue(college).pk).update(area=area)
    assert Venue.objects.filter(in_area(college.area)).count() == 3
    assert Venue.objects.filter(in_area(streets[0])).count() == 1
    assert Venue.objects.filter(in_area(college.area, field="organisation__area")).count() == 4


def test_a_long_choice_says_what_djangos_own_says(streets):
    """But for the white space: names, marks, and words that are no HTML."""
    an_area('<b>"街道"&', district="黄浦区")
    for given in ({}, {"street": streets[1].code}, {"street": "xyz"}):
        field = Streets(given)["street"]
        own = Html(field.as_widget(forms.Select(choices=field.field.choices)))
        ours = Html(str(field))
        assert told(ours) == told(own)
        assert ours.one("select").attrs == own.one("select").attrs


def told(html: Html) -> list[tuple]:
    """Return each group and option: its words, value and mark."""
    return [
        (part.name, part.get("label"), part.get("value"), part.has_attr("selected"), part.string)
        for part in html.all("optgroup, option")
    ]
