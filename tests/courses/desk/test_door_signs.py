"""The sheet for a door: for the house or for a room, with a code that leads to the public page."""

import re

import pytest
import segno
from django.urls import reverse
from django.utils import timezone

from courses.enums import Duty
from tests.factories.classes import a_college, a_member, a_room, a_venue
from tests.factories.places import AFTERNOON, MORNING, open_week
from tests.html import Html, parsed

pytestmark = pytest.mark.django_db


@pytest.fixture
def venue():
    return a_venue(a_college("曹杨社区学院"), "曹杨活动室")


@pytest.fixture
def teacher(client, venue):
    client.force_login(a_member(Duty.TEACHER, venue.organisation))
    return client


def of_room(room) -> str:
    return reverse("desk:room_sign", args=[room.pk])


def of_venue(venue) -> str:
    return reverse("desk:venue_sign", args=[venue.pk])


def hours(page) -> list[str]:
    return [" ".join(line.text.split()) for line in page.all(".sign-hours p")[:-1]]


def test_a_rooms_number_is_the_largest_thing(teacher, venue):
    room = a_room(venue, "203")
    open_week(room, 1, 2, 3, 4, 5)
    page = parsed(teacher.get(of_room(room)))
    assert page.one("h1.sign-huge").text == "203"
    assert "曹杨活动室" in page.one(".sign-owner").text
    assert hours(page) == ["星期一到星期五 上午 9:00 到 11:30"]


def test_the_house_is_open_when_any_room_is(teacher, venue):
    open_week(a_room(venue, "203"), 1, 2, spans=(MORNING,))
    open_week(a_room(venue, "204"), 1, 2, spans=(MORNING, AFTERNOON))
    page = parsed(teacher.get(of_venue(venue)))
    assert page.one("h1").text == "曹杨活动室"
    assert "曹杨社区学院" in page.one(".sign-owner").text
    assert hours(page) == ["星期一、星期二 上午 9:00 到 11:30，下午 1:30 到 4:00"]


def test_without_hours_the_sheet_still_calls_people_in(teacher, venue):
    page = parsed(teacher.get(of_venue(venue)))
    assert hours(page) == []
    assert page.one(".sign-call").text == "学手机，请进来"


def test_many_lines_become_smaller(teacher, venue):
    room = a_room(venue)
    for day in range(1, 4):
        open_week(room, day, spans=((MORNING[0].replace(minute=day), MORNING[1]),))
    assert parsed(teacher.get(of_room(room))).one(".sign-many")


@pytest.mark.parametrize("which", ["room", "venue"])
def test_the_code_leads_to_the_public_page_of_the_venue(teacher, venue, which, settings):
    settings.PUBLIC_URL = "https://school.example.org"
    address = of_room(a_room(venue)) if which == "room" else of_venue(venue)
    drawn = parsed(teacher.get(address)).one("svg.qr")
    code = segno.make(f"https://school.example.org/signs/{venue.sign_code}/", error="q", micro=False)
    expected = Html(code.svg_inline(scale=1, border=4, omitsize=True)).one("svg")
    assert drawn.select("path")[-1]["d"] == expected.select("path")[-1]["d"]
    assert drawn["viewbox"] == expected["viewbox"]
    assert drawn["role"] == "img"
    assert "真的" in drawn.select_one("title").text


def test_ten_scenarios_each_with_its_word(teacher, venue):
    items = parsed(teacher.get(of_venue(venue))).all(".sign-icons [role=img]")
    assert len({item["aria-label"] for item in items}) == 10
    assert all(item.select("svg") for item in items)


def test_the_sheet_names_the_number_to_ring(teacher, venue):
    proof = parsed(teacher.get(of_venue(venue))).one(".sign-proof")
    assert "这里是真的吗？扫一扫" in proof.text
    assert "12345" in proof.text


def test_the_sheet_keeps_to_the_content_policy(teacher, venue):
    text = teacher.get(of_venue(venue)).content.decode()
    assert not re.search(r"\sstyle=|<style|<script|\son\w+=", text)


@pytest.mark.parametrize(("is_demo", "times"), [(True, 1), (False, 0)])
def test_a_demonstration_says_so(teacher, venue, is_demo, times):
    venue.is_demo = is_demo
    venue.save()
    assert len(parsed(teacher.get(of_venue(venue))).all(".sign-demo")) == times


@pytest.mark.parametrize("what", ["room", "venue"])
def test_no_sign_is_offered_for_what_is_given_up(teacher, venue, what):
    room = a_room(venue)
    pages = [f"/admin/desk/rooms/{room.pk}/", f"/admin/desk/venues/{venue.pk}/"]
    pages = pages[:1] if what == "room" else pages
    assert all("/sign/" in teacher.get(address).content.decode() for address in pages)
    thing = room if what == "room" else venue
    thing.closed_on = timezone.localdate()
    thing.save()
    assert not any("/sign/" in teacher.get(address).content.decode() for address in pages)
