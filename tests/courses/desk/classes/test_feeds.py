"""日历链接 in the desk: shown once, listed without their secret, to nobody of another branch."""

import re

import pytest

from cms.enums import AuditVerb
from cms.models import AuditEntry
from courses.enums import Duty
from courses.models import CalendarFeed
from courses.services.feeds import make_feed
from tests.factories.classes import a_college, a_member, a_person, a_room, a_school, a_venue
from tests.html import text_of
from tests.queries import of_one_as_of_three

pytestmark = pytest.mark.django_db

FEEDS = "/admin/desk/feeds/"
ADDRESS = re.compile(r"https?://[^<\s]+/feeds/[\w-]{32}\.ics")


def path_in(text: str) -> str:
    return "/feeds/" + ADDRESS.search(text)[0].partition("/feeds/")[2]


def test_made_for_a_teacher_and_shown_once(planner, school):
    teacher = a_person(school, "王老师", role="teacher")
    assert "还没有日历链接" in text_of(planner.get(FEEDS))
    assert "王老师（" in text_of(planner.get(f"{FEEDS}new/"))
    response = planner.post(f"{FEEDS}new/", {"person": teacher.pk})
    assert "no-store" in response["Cache-Control"]
    shown = text_of(response)
    assert "只显示这一次" in shown
    assert 'src="data:image/svg+xml' in shown
    assert planner.get(path_in(shown)).status_code == 200
    feed = CalendarFeed.objects.get()
    for address in (FEEDS, f"{FEEDS}{feed.pk}/", f"{FEEDS}{feed.pk}/renew/", f"{FEEDS}{feed.pk}/revoke/"):
        text = text_of(planner.get(address))
        assert "王老师" in text
        assert not ADDRESS.search(text)


def test_exactly_one_of_three_is_chosen(planner, school):
    teacher, room = a_person(school), a_room(a_venue(school))
    assert "三样里选一样" in text_of(planner.post(f"{FEEDS}new/", {}))
    assert "三样里选一样" in text_of(planner.post(f"{FEEDS}new/", {"person": teacher.pk, "room": room.pk}))
    assert CalendarFeed.objects.count() == 0


def test_a_second_one_is_refused_beside_its_field(planner, school):
    room = a_room(a_venue(school))
    planner.post(f"{FEEDS}new/", {"room": room.pk})
    assert "已经有链接了" in text_of(planner.post(f"{FEEDS}new/", {"room": room.pk}))
    assert CalendarFeed.objects.count() == 1


def test_renewed_and_taken_back(planner, school):
    old = path_in(text_of(planner.post(f"{FEEDS}new/", {"school": school.pk})))
    feed = CalendarFeed.objects.get()
    new = path_in(text_of(planner.post(f"{FEEDS}{feed.pk}/renew/")))
    assert planner.get(old).status_code == 404
    assert planner.get(new).status_code == 200
    assert planner.post(f"{FEEDS}{feed.pk}/revoke/").status_code == 302
    assert planner.get(new).status_code == 404
    assert planner.get(f"{FEEDS}{feed.pk}/").status_code == 404
    assert "还没有日历链接" in text_of(planner.get(FEEDS))


def test_looking_changes_nothing(planner, school):
    feed, _ = make_feed(of=school, by=planner.user)
    before = CalendarFeed.objects.values().get()
    for address in ("new/", f"{feed.pk}/renew/", f"{feed.pk}/revoke/"):
        planner.get(f"{FEEDS}{address}")
    assert CalendarFeed.objects.values().get() == before


def test_what_is_above_can_be_chosen_and_another_branch_cannot(planner, school):
    above = a_room(a_venue(school.guided_by, "学院大楼"))
    foreign = a_person(a_school(a_college()), "外区老师")
    text = text_of(planner.get(f"{FEEDS}new/"))
    assert "学院大楼 203" in text
    assert "外区老师" not in text
    assert planner.post(f"{FEEDS}new/", {"person": foreign.pk}).status_code == 200
    assert CalendarFeed.objects.count() == 0
    text_of(planner.post(f"{FEEDS}new/", {"room": above.pk}))
    assert CalendarFeed.objects.count() == 1


def test_to_another_branch_nothing_of_it_exists(planner, school):
    a_person(school, "王老师", role="teacher")
    feed, _ = make_feed(of=school, by=planner.user)
    planner.force_login(a_member(Duty.COLLEGE_STAFF, a_college()))
    assert school.name not in text_of(planner.get(FEEDS))
    for address in ("", "renew/", "revoke/"):
        assert planner.get(f"{FEEDS}{feed.pk}/{address}").status_code == 404
        assert planner.post(f"{FEEDS}{feed.pk}/{address}").status_code in {404, 405}
    feed.refresh_from_db()
    assert feed.revoked_at is None


def test_who_only_looks_sees_the_list_and_makes_none(client, school):
    make_feed(of=school, by=a_member(Duty.SCHOOL_STAFF, school))
    client.force_login(a_member(Duty.TEACHER, school))
    assert "做一个链接" not in text_of(client.get(FEEDS))
    client.post(f"{FEEDS}new/", {"school": school.pk})
    assert CalendarFeed.objects.count() == 1
    assert AuditEntry.objects.filter(verb=AuditVerb.REFUSED, detail="desk:new_feed").exists()


@pytest.mark.parametrize("address", ["", "new/", "show"])
def test_lists_cost_the_same_for_one_and_three(planner, school, address):
    def add(_) -> None:
        make_feed(of=a_person(school), by=planner.user)
        make_feed(of=a_room(a_venue(school)), by=planner.user)

    shown, _ = make_feed(of=a_person(school), by=planner.user)
    asked = f"{FEEDS}{shown.pk}/" if address == "show" else FEEDS + address
    assert of_one_as_of_three(add, lambda: text_of(planner.get(asked))) <= 15
