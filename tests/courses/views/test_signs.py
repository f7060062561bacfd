"""What somebody sees who scans the code on a door."""

from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.enums import Duty
from courses.services.places import change_venue, renew_sign
from tests.factories.classes import a_college, a_member, a_room, a_school, a_venue
from tests.factories.nodes import Node
from tests.factories.places import AFTERNOON, MORNING, a_photo, closed_on, open_week, some_facts
from tests.html import Html, parsed

pytestmark = pytest.mark.django_db

MONDAY, TUESDAY = "2021-03-08 09:00 +0800", "2021-03-09 09:00 +0800"
TODAY = date(2021, 3, 8)


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def venue():
    school = a_school(a_college("东社区学院", district="东区"), "东一社区学校")
    school.public_phone = "021-64000000"
    school.responsible_name = "秘密责任人"
    school.save()
    return a_venue(school, "田林活动室", address="田林路 100 号", way="从南门进。")


def page_of(venue) -> str:
    return f"/signs/{venue.sign_code}/"


def main(response) -> str:
    return " ".join(parsed(response).one("main").text.split())


def test_a_true_sign_says_whose_place_it_is_and_where(client, venue):
    open_week(a_room(venue, "203"), 1, 2, 3, spans=(MORNING, AFTERNOON))
    response = client.get(page_of(venue))
    text = main(response)
    assert parsed(response).one("h1").text == "是真的"
    for words in (
        "田林活动室",
        "东一社区学校",
        "东区测试街道 田林路 100 号",
        "从南门进。",
        "有台阶。",
        "今天是3月8日 星期一",
        "203：今天上午 9:00 到 11:30，下午 1:30 到 4:00。",
        "星期一到星期三，上午 9:00 到 11:30，下午 1:30 到 4:00。",
        "021-64000000",
        "12345",
    ):
        assert words in text, words


def test_nobodys_name_stands_on_it(client, venue):
    assert "秘密" not in client.get(page_of(venue)).content.decode()


def test_a_code_may_be_typed_in_small_letters(client, venue):
    assert client.get(page_of(venue).lower()).status_code == 200


@pytest.mark.parametrize("code", ["ABCDEFGHJK", "x", "0" * 200])
def test_an_unknown_code_says_what_to_do(client, code):
    response = client.get(f"/signs/{code}/")
    assert response.status_code == 404
    assert "认不出这个牌子" in parsed(response).one("h1").text
    assert "先不要进去" in main(response)
    assert parsed(response).one("main a.help")["href"] == "tel:12345"


def test_an_old_sign_is_unknown_after_a_new_one(client, venue):
    old = page_of(venue)
    renew_sign(venue=venue, by=None)
    assert client.get(old).status_code == 404
    assert client.get(page_of(venue)).status_code == 200


def test_a_given_up_place_says_so(client, venue):
    a_room(venue)
    venue.closed_on = TODAY
    venue.save()
    response = client.get(page_of(venue))
    assert response.status_code == 200
    assert parsed(response).one("h1").text == "这里已经不用了"
    assert "是真的" not in parsed(response).one("title").text
    assert "今天几点开" not in main(response)


def test_today_is_said_room_by_room(client, venue):
    open_week(a_room(venue, "201"), 1)
    open_week(a_room(venue, "202"), 2)
    closed = a_room(venue, "203")
    open_week(closed, 1)
    closed_on(venue, TODAY, TODAY, room=closed, reason="漏水")
    gone = a_room(venue, "204")
    gone.closed_on = TODAY
    gone.save()
    text = main(client.get(page_of(venue)))
    assert "201：今天上午 9:00 到 11:30。" in text
    assert "202：今天不开。" in text
    assert "203：今天不开：漏水。" in text
    assert "204" not in text


def test_a_venue_that_is_closed_today_says_until_when(client, venue):
    open_week(a_room(venue, "201"), 1)
    closed_on(venue, TODAY, date(2021, 3, 12), reason="装修")
    response = client.get(page_of(venue))
    assert "装修，到 3月12日为止。" in parsed(response).one(".caution").text
    assert "201：今天不开。" in main(response)


def test_without_rooms_one_is_told_to_ring(client, venue):
    assert "先打电话问一声" in main(client.get(page_of(venue)))


def test_the_picture_shows_the_door(client, venue):
    facts = some_facts(name=venue.name)
    change_venue(venue=venue, organisation=venue.organisation, by=None, picture=a_photo(), **facts)
    assert parsed(client.get(page_of(venue))).one("main img")["alt"] == "田林活动室的照片"


def test_a_demonstration_says_so(client, venue):
    venue.is_demo = True
    venue.save()
    assert "演示数据，不是真的地方。" in main(client.get(page_of(venue)))


def test_search_engines_are_asked_to_stay_away(client, venue):
    assert parsed(client.get(page_of(venue))).one("meta[name=robots]")["content"] == "noindex"


@pytest.mark.parametrize("rooms", [1, 3])
def test_the_page_costs_the_same(client, venue, rooms):
    facts = some_facts(name=venue.name)
    change_venue(venue=venue, organisation=venue.organisation, by=None, picture=a_photo(), **facts)
    for number in range(rooms):
        room = a_room(venue, f"{number}")
        open_week(room, 1, 2)
        closed_on(venue, TODAY, TODAY, room=room)
    client.get(page_of(venue))
    with CaptureQueriesContext(connection) as queries:
        client.get(page_of(venue))
    assert len(queries) <= 8, [query["sql"] for query in queries]


@pytest.mark.django_db(transaction=True)
def test_it_is_drawn_once_until_something_on_it_changes(venue):
    room = a_room(venue, "203")
    open_week(room, 1)
    node = Node()
    for _ in range(3):
        assert "今天上午" in node.get(page_of(venue)).text
    assert node.drawn == 1
    room.opening_hours.all().delete()
    assert "今天不开" in node.get(page_of(venue)).text
    closed_on(venue, TODAY, TODAY)
    assert Html(node.get(page_of(venue)).text).one(".caution")
    renew_sign(venue=venue, by=a_member(Duty.SCHOOL_STAFF, venue.organisation))
    assert node.drawn == 3
    assert node.get(page_of(venue)).status == 200


@pytest.mark.django_db(transaction=True)
def test_tomorrow_it_speaks_of_tomorrow(venue):
    open_week(a_room(venue, "203"), 1)
    node = Node()
    assert "今天上午" in node.get(page_of(venue)).text
    with time_machine.travel(TUESDAY, tick=False):
        assert "今天不开" in node.get(page_of(venue)).text


@pytest.mark.django_db(transaction=True)
def test_an_unknown_code_is_not_kept():
    node = Node()
    for _ in range(2):
        assert node.get("/signs/ABCDEFGHJK/").status == 404
    assert node.drawn == 2
