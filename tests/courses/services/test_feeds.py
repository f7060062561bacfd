"""Calendar links: who makes and ends them, what they show to whoever has the secret, and what they never show."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.utils import timezone
from icalendar import Calendar

from cms.enums import AuditVerb
from cms.models import AuditEntry
from courses.enums import Duty
from courses.errors import NotAllowed, Refused
from courses.models import CalendarFeed
from courses.services.feeds import feed_of, make_feed, renew_feed, revoke_feed
from courses.services.scheduling.runs import publish_run
from courses.services.scheduling.sessions import cancel_sessions
from courses.views import feeds as view
from tests.factories.classes import a_college, a_member, a_person, a_room, a_school, a_venue
from tests.factories.timetable import DAY, LONG_BEFORE, a_plan, a_run, moment
from tests.queries import of_one_as_of_three

pytestmark = pytest.mark.django_db

NOW = moment("08:00")


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def school():
    return a_school(a_college())


@pytest.fixture
def planner(school):
    return a_member(Duty.SCHOOL_STAFF, school)


@pytest.fixture
def teacher(school):
    return a_person(school, "王老师", role="teacher", phone="13800000009")


@pytest.fixture
def room(school):
    return a_room(a_venue(school, "田林活动室", address="田林路 1 号"))


def events(client, token: str):
    response = client.get(f"/feeds/{token}.ics")
    assert response.status_code == 200
    return Calendar.from_ical(response.content).walk("VEVENT")


def titles(client, token: str) -> list[str]:
    return [str(event["summary"]) for event in events(client, token)]


def test_a_teachers_link_shows_what_they_teach_and_help_with(client, planner, teacher, room, school):
    taught = a_run(a_plan(room=room, teacher=teacher), organiser=school, title="教的课")
    a_run(a_plan("09:00", helpers=[teacher]), organiser=school, title="帮的课")
    a_run(a_plan("17:00"), organiser=school, title="别人的课")
    publish_run(run=taught, by=None, at=NOW)
    _, token = make_feed(of=teacher, by=planner)
    assert titles(client, token) == ["草稿：帮的课", "教的课"]
    event = events(client, token)[1]
    assert event.decoded("dtstart") == moment("14:00")
    assert event["location"] == "田林活动室 203，田林路 1 号"
    assert event["url"].endswith(f"/classes/{taught.code}/")


def test_a_rooms_link_and_a_schools(client, planner, teacher, room, school):
    a_run(a_plan(room=room, teacher=teacher), organiser=school, title="这间的课")
    a_run(a_plan(), organiser=school, title="线上的课")
    _, of_room = make_feed(of=room, by=planner)
    _, of_school = make_feed(of=school, by=planner)
    assert titles(client, of_room) == ["草稿：这间的课"]
    assert "王老师 老师" in events(client, of_room)[0]["description"]
    assert sorted(titles(client, of_school)) == ["草稿：线上的课", "草稿：这间的课"]


def test_cancelled_ones_are_marked_and_what_is_long_over_is_left_out(client, planner, room, school):
    for ago in (30, 32):
        a_run(a_plan(on=DAY - timedelta(days=ago), room=room), organiser=school, title=f"{ago}天前")
    coming = a_run(a_plan(room=room), organiser=school, title="今天的课")
    cancel_sessions(sessions=coming.sessions.all(), because="台风停课", by=None, now=LONG_BEFORE)
    _, token = make_feed(of=room, by=planner)
    assert titles(client, token) == ["草稿：30天前", "取消了：草稿：今天的课"]
    last = events(client, token)[1]
    assert last["status"] == "CANCELLED"
    assert "台风停课" in last["description"]


def test_another_branchs_drafts_are_not_shown_its_public_classes_are(client, planner, school):
    shared = a_room(a_venue(school.guided_by))
    other = a_school(school.guided_by)
    a_run(a_plan("09:00", room=shared), organiser=other, title="别家的草稿")
    public = a_run(a_plan("14:00", room=shared), organiser=other, title="别家公布的")
    publish_run(run=public, by=None, at=NOW)
    _, token = make_feed(of=shared, by=planner)
    assert titles(client, token) == ["别家公布的"]


def test_no_phone_no_link_and_nothing_to_keep(client, planner, teacher, school):
    a_run(
        a_plan(teacher=teacher),
        organiser=school,
        link="https://example.org/secret",
        contact_phone="13811112222",
    )
    _, token = make_feed(of=teacher, by=planner)
    response = client.get(f"/feeds/{token}.ics")
    for secret in (b"13800000009", b"13811112222", b"example.org/secret"):
        assert secret not in response.content
    assert response["Cache-Control"] == "no-store"
    assert response["X-Robots-Tag"] == "noindex"
    assert response["Content-Type"].startswith("text/calendar")


def test_only_a_keyed_hash_is_stored(planner, teacher):
    feed, token = make_feed(of=teacher, by=planner)
    row = CalendarFeed.objects.filter(pk=feed.pk).values().get()
    assert token not in str(row)
    assert len(token) == 32
    entries = AuditEntry.objects.filter(subject="calendarfeed")
    assert [(entry.verb, entry.subject_id, entry.detail) for entry in entries] == [
        (AuditVerb.CREATED, str(feed.pk), "")
    ]


@pytest.mark.parametrize("token", ["x", "wrong-token", "a" * 32, "a" * 300])
def test_a_wrong_secret_is_not_there(client, token):
    assert client.get(f"/feeds/{token}.ics").status_code == 404
    assert client.get(f"/feeds/{token}").status_code == 404


def test_the_secret_stands_in_no_log(client, planner, teacher, caplog):
    _, token = make_feed(of=teacher, by=planner)
    with caplog.at_level("INFO"):
        client.get(f"/feeds/{token}.ics")
        client.get(f"/feeds/{token}")
        client.get(f"/feeds/{token}x.ics")
    paths = [record.path for record in caplog.records if hasattr(record, "path")]
    assert paths == ["/feeds/<slug:token>.ics", "/feeds/<path:rest>", "/feeds/<slug:token>.ics"]


def test_it_is_only_read(client):
    assert client.post("/feeds/x.ics").status_code == 405


def test_a_new_secret_ends_the_old_one(client, planner, teacher):
    feed, old = make_feed(of=teacher, by=planner)
    new = renew_feed(feed=feed, by=planner)
    assert client.get(f"/feeds/{old}.ics").status_code == 404
    assert client.get(f"/feeds/{new}.ics").status_code == 200
    assert AuditEntry.objects.filter(verb=AuditVerb.CHANGED, detail="renewed").count() == 1


def test_taken_back_it_leads_nowhere_and_another_can_be_made(client, planner, teacher):
    feed, token = make_feed(of=teacher, by=planner)
    revoke_feed(feed=feed, by=planner, at=timezone.now())
    assert client.get(f"/feeds/{token}.ics").status_code == 404
    assert AuditEntry.objects.filter(verb=AuditVerb.DISABLED, subject_id=str(feed.pk)).exists()
    for change in (renew_feed, lambda **who: revoke_feed(at=timezone.now(), **who)):
        with pytest.raises(Refused) as refusal:
            change(feed=feed, by=planner)
        assert refusal.value.code == "revoked"
    assert make_feed(of=teacher, by=planner)


def test_one_link_each_is_enough(planner, teacher):
    make_feed(of=teacher, by=planner)
    with pytest.raises(Refused) as refusal:
        make_feed(of=teacher, by=planner)
    assert refusal.value.code == "has-feed-already"
    assert "person" in refusal.value.fields


def test_the_database_keeps_it_to_one_thing(planner, teacher, room):
    feed, _ = make_feed(of=teacher, by=planner)
    feed.room = room
    with pytest.raises(IntegrityError), transaction.atomic():
        feed.save()


def test_who_left_has_no_link(planner, teacher):
    _, token = make_feed(of=teacher, by=planner)
    teacher.left_on = timezone.localdate() + timedelta(days=1)
    teacher.save()
    assert feed_of(token)
    teacher.left_on = timezone.localdate()
    teacher.save()
    assert feed_of(token) is None


@pytest.mark.parametrize("duty", [Duty.TEACHER, Duty.VOLUNTEER])
def test_who_does_not_plan_makes_and_ends_none(school, planner, teacher, duty):
    feed, _ = make_feed(of=teacher, by=planner)
    by = a_member(duty, school)
    with pytest.raises(NotAllowed):
        make_feed(of=school, by=by)
    with pytest.raises(NotAllowed):
        renew_feed(feed=feed, by=by)
    with pytest.raises(NotAllowed):
        revoke_feed(feed=feed, by=by, at=timezone.now())


def test_another_branch_makes_and_ends_none(planner, teacher, room, school):
    feed, _ = make_feed(of=teacher, by=planner)
    by = a_member(Duty.SCHOOL_STAFF, a_school(a_college()))
    for thing in (teacher, room, school):
        with pytest.raises(NotAllowed):
            make_feed(of=thing, by=by)
    with pytest.raises(NotAllowed):
        renew_feed(feed=feed, by=by)
    with pytest.raises(NotAllowed):
        make_feed(of=school.guided_by, by=planner)


def test_too_many_from_one_address_are_told_to_wait(client, planner, teacher, monkeypatch):
    monkeypatch.setattr(view, "MOST", 2)
    _, token = make_feed(of=teacher, by=planner)
    assert [client.get(f"/feeds/{token}.ics").status_code for _ in range(3)] == [200, 200, 429]
    assert client.get("/feeds/guess.ics").status_code == 429
    cache.clear()
    assert client.get(f"/feeds/{token}.ics").status_code == 200


@pytest.mark.parametrize("of", ["person", "room", "school"])
def test_at_most_eight_queries(client, planner, school, teacher, room, of):
    def add(each: int) -> None:
        plan = a_plan(on=DAY + timedelta(days=each), room=room, teacher=teacher)
        a_run(plan, organiser=school)

    _, token = make_feed(of={"person": teacher, "room": room, "school": school}[of], by=planner)
    assert of_one_as_of_three(add, lambda: events(client, token)) <= 8
    assert len(events(client, token)) == 3
