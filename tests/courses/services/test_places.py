"""Venues as the services keep them: who may, what is refused, what is put down."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from cms.enums import AuditVerb
from cms.models import AuditEntry, ContentImage
from courses.enums import Duty
from courses.errors import NotAllowed, Refused
from courses.models import Venue
from courses.services.places import (
    change_venue,
    close_venue,
    create_venue,
    remove_picture,
    renew_sign,
    reopen_venue,
)
from tests.factories.classes import a_college, a_member, a_school, a_venue
from tests.factories.places import a_photo, some_facts

pytestmark = pytest.mark.django_db


@pytest.fixture
def college():
    return a_college("东社区学院", district="东区")


@pytest.fixture
def clerk(college):
    return a_member(Duty.COLLEGE_STAFF, college)


@pytest.fixture
def venue(college):
    return a_venue(a_school(college))


def put_down(subject) -> list[tuple[str, str]]:
    """Return what the audit table says of a thing: verbs with details, the oldest first."""
    rows = AuditEntry.objects.filter(subject=subject._meta.model_name, subject_id=subject.pk)
    return list(rows.order_by("pk").values_list("verb", "detail"))


def refused(do, code: str) -> Refused:
    with pytest.raises(Refused) as refusal:
        do()
    assert refusal.value.code == code
    return refusal.value


def everything(venue, by) -> list:
    """Return every verb, ready to be called by somebody."""
    facts = some_facts()
    return [
        lambda: create_venue(organisation=venue.organisation, by=by, **facts),
        lambda: change_venue(venue=venue, organisation=venue.organisation, by=by, **facts),
        lambda: remove_picture(venue=venue, by=by),
        lambda: close_venue(venue=venue, on=timezone.localdate(), by=by),
        lambda: reopen_venue(venue=venue, by=by),
        lambda: renew_sign(venue=venue, by=by),
    ]


@pytest.mark.parametrize("duty", [Duty.TEACHER, Duty.VOLUNTEER, Duty.AUDITOR])
def test_who_only_looks_changes_nothing(college, venue, duty):
    before = Venue.objects.values().get(pk=venue.pk)
    for do in everything(venue, a_member(duty, college)):
        with pytest.raises(NotAllowed):
            do()
    assert Venue.objects.values().get() == before


def test_nobody_changes_what_lies_in_another_branch(clerk):
    other = a_venue(a_school(a_college("西社区学院", district="西区")))
    before = Venue.objects.values().get(pk=other.pk)
    for do in everything(other, clerk):
        with pytest.raises(NotAllowed):
            do()
    assert Venue.objects.values().get() == before


def test_a_venue_is_made_with_all_that_is_known(college, clerk):
    facts = some_facts()
    venue = create_venue(organisation=college, by=clerk, **facts)
    venue.refresh_from_db()
    assert {name: getattr(venue, name) for name in facts} == facts
    assert put_down(venue) == [(AuditVerb.CREATED, "")]
    assert AuditEntry.objects.get(subject="venue").organisation_id == college.pk


def test_the_system_itself_needs_no_identity(college):
    assert create_venue(organisation=college, by=None, **some_facts()).pk


def test_a_bad_picture_leaves_no_venue_behind(college, clerk):
    refused(
        lambda: create_venue(organisation=college, by=clerk, picture=a_photo("a.svg"), **some_facts()),
        "bad-picture",
    )
    assert not Venue.objects.exists()


def test_fit_for_an_epidemic_only_with_a_day(college, clerk, venue):
    facts = some_facts(is_epidemic_ready=True)
    for do in (
        lambda: create_venue(organisation=college, by=clerk, **facts),
        lambda: change_venue(venue=venue, organisation=college, by=clerk, **facts),
    ):
        assert refused(do, "check-day-missing").fields == {
            "epidemic_checked_on": "有防疫条件，请填哪一天核的。"
        }


def test_what_changed_is_put_down_by_the_names_of_fields(clerk, venue):
    facts = some_facts(name=venue.name, kind=venue.kind, area=venue.area, address=venue.address)
    changed = change_venue(venue=venue, organisation=venue.organisation, by=clerk, **facts)
    assert changed.way == facts["way"]
    assert put_down(venue) == [(AuditVerb.CHANGED, "way has_step_free_way has_wifi capacity")]
    change_venue(venue=venue, organisation=venue.organisation, by=clerk, **facts)
    assert len(put_down(venue)) == 1


def test_a_venue_moves_inside_the_branch_only(clerk, venue, college):
    change_venue(venue=venue, organisation=college, by=clerk, **some_facts())
    venue.refresh_from_db()
    assert venue.organisation == college
    with pytest.raises(NotAllowed):
        change_venue(venue=venue, organisation=a_college(), by=clerk, **some_facts())


def test_a_picture_hangs_until_another_takes_its_place(clerk, venue):
    same = {"venue": venue, "organisation": venue.organisation, "by": clerk} | some_facts()
    first = change_venue(**same, picture=a_photo()).picture
    assert first.description == "田林活动室的照片"
    assert first.uploaded_by_user == clerk
    second = change_venue(**same, picture=a_photo(), picture_words="南门").picture
    assert second.description == "南门"
    assert not ContentImage.objects.filter(pk=first.pk).exists()
    change_venue(**same, picture_words="南门，有一棵树")
    second.refresh_from_db()
    assert second.description == "南门，有一棵树"
    assert [detail.split()[-1] for _, detail in put_down(venue)] == ["picture"] * 3


def test_a_picture_is_taken_away_once(clerk, venue):
    venue = change_venue(
        venue=venue, organisation=venue.organisation, by=clerk, picture=a_photo(), **some_facts()
    )
    remove_picture(venue=venue, by=clerk)
    venue.refresh_from_db()
    assert venue.picture is None
    assert not ContentImage.objects.exists()
    refused(lambda: remove_picture(venue=venue, by=clerk), "no-picture")


def test_a_venue_is_given_up_from_a_day_on_and_taken_up_again(clerk, venue):
    tomorrow = timezone.localdate() + timedelta(days=1)
    close_venue(venue=venue, on=tomorrow, by=clerk)
    venue.refresh_from_db()
    assert not venue.is_given_up(on=timezone.localdate())
    assert venue.is_given_up(on=tomorrow)
    reopen_venue(venue=venue, by=clerk)
    venue.refresh_from_db()
    assert venue.closed_on is None
    assert put_down(venue) == [(AuditVerb.DISABLED, f"{tomorrow}"), (AuditVerb.ENABLED, "")]


def test_a_venue_is_not_given_up_in_the_past_or_twice(clerk, venue):
    today = timezone.localdate()
    refusal = refused(
        lambda: close_venue(venue=venue, on=today - timedelta(days=1), by=clerk), "closed-in-the-past"
    )
    assert "on" in refusal.fields
    close_venue(venue=venue, on=today, by=clerk)
    refused(lambda: close_venue(venue=venue, on=today, by=clerk), "closed-already")


def test_what_is_in_use_is_not_taken_up(clerk, venue):
    refused(lambda: reopen_venue(venue=venue, by=clerk), "not-closed")


def test_a_day_that_is_still_to_come_can_be_put_off(clerk, venue):
    for days in (10, 20):
        close_venue(venue=venue, on=timezone.localdate() + timedelta(days=days), by=clerk)
    venue.refresh_from_db()
    assert venue.closed_on == timezone.localdate() + timedelta(days=20)


def test_a_new_sign_makes_the_old_one_unknown(clerk, venue):
    old = venue.sign_code
    new = renew_sign(venue=venue, by=clerk)
    assert new != old
    assert not Venue.objects.filter(sign_code=old).exists()
    assert Venue.objects.get(sign_code=new) == venue
    assert put_down(venue) == [(AuditVerb.CHANGED, "sign renewed")]


def test_nothing_typed_stands_in_the_audit_table(college, clerk):
    venue = create_venue(organisation=college, by=clerk, picture=a_photo(), **some_facts())
    change_venue(
        venue=venue,
        organisation=college,
        by=clerk,
        **some_facts(name="新名字", epidemic_checked_on=date(2021, 3, 1)),
    )
    assert [detail for _, detail in put_down(venue)] == ["", "name epidemic_checked_on"]
