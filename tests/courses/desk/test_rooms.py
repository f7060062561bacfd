"""教室 and 暂停使用 in the desk: a room with its week on one sheet, closures."""

from datetime import date, time

import pytest
import time_machine

from courses.enums import Duty
from courses.models import Closure, Room
from courses.rules.opening import USUAL_WEEK, Hours
from tests.factories.classes import a_college, a_member, a_room, a_school, a_venue
from tests.factories.places import closed_on, open_week
from tests.factories.timetable import a_plan, a_run, weekly
from tests.html import parsed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def that_day():
    with time_machine.travel("2021-03-08 09:00 +0800"):
        yield


@pytest.fixture
def venue():
    return a_venue(a_college("东社区学院", district="东区"))


@pytest.fixture
def clerk(client, venue):
    client.force_login(a_member(Duty.COLLEGE_STAFF, venue.organisation))
    return client


def times(page) -> dict[str, str]:
    """Return what stands in the fields of the week."""
    return {field["name"]: field.get("value", "") for field in page.all("input[type=time]")}


def filled(**given) -> dict[str, str]:
    """Return what a browser sends: the week's 28 fields, empty but for those given."""
    week = {f"day_{day}_{place}": "" for day in range(1, 8) for place in range(4)}
    return {"name": "203", "seats": "20"} | week | given


def new(venue) -> str:
    return f"/admin/desk/venues/{venue.pk}/rooms/new/"


def test_a_week_has_seven_rows_of_two_spans_each_with_a_name(clerk, venue):
    page = parsed(clerk.get(new(venue)))
    said = [field["aria-label"] for field in page.all("input[type=time]")]
    assert len(said) == len(set(said)) == 28
    assert said[:3] == ["星期一，第一段，几点开", "星期一，第一段，几点关", "星期一，第二段，几点开"]
    assert [legend.text for legend in page.all("legend")][-1] == "星期日"


FILL = {"fill": "usual"}


def test_the_usual_week_is_one_tap_that_saves_nothing(clerk, venue):
    page = parsed(clerk.get(new(venue)))
    button = page.one(".desk-question button")
    assert (button["form"], button["name"], button["value"]) == (
        page.one("form.desk-form")["id"],
        "fill",
        "usual",
    )
    page = parsed(clerk.post(new(venue), filled(seats="", day_6_0="10:00", day_6_1="11:00") | FILL))
    assert not Room.objects.exists()
    shown = times(page)
    assert [shown[f"day_5_{place}"] for place in range(4)] == ["09:00", "11:30", "13:30", "16:00"]
    clerk.post(new(venue), {"name": page.one("#id_name")["value"], "seats": ""} | shown)
    room = Room.objects.get()
    assert room.name == "203"
    assert room.seats is None
    assert room.week() == [*USUAL_WEEK, Hours(6, time(10), time(11))]


def test_what_is_still_empty_is_no_mistake_when_the_week_is_filled_in(clerk, venue):
    page = parsed(clerk.post(new(venue), FILL))
    assert not page.all(".desk-problems")
    assert times(page)["day_1_0"] == "09:00"


def test_the_first_button_of_the_form_saves(clerk, venue):
    """Enter presses it."""
    page = parsed(clerk.get(new(venue)))
    first = page.all("main button[form=desk-form], main form.desk-form button")[0]
    assert "name" not in first.attrs


def test_the_usual_week_keeps_what_was_typed(clerk, venue):
    room = a_room(venue, "304", seats=7)
    open_week(room, 7)
    address = f"/admin/desk/rooms/{room.pk}/edit/"
    page = parsed(clerk.post(address, filled(name="305", seats="八") | FILL))
    assert page.one("#id_name")["value"] == "305"
    assert page.one("#id_seats")["value"] == "八"
    assert times(page)["day_7_0"] == ""
    assert times(page)["day_1_0"] == "09:00"
    room.refresh_from_db()
    assert room.name == "304"


def test_a_room_is_changed_with_its_week(clerk, venue):
    room = a_room(venue)
    open_week(room, 1)
    address = f"/admin/desk/rooms/{room.pk}/edit/"
    assert times(parsed(clerk.get(address)))["day_1_1"] == "11:30"
    response = clerk.post(
        address, filled(name="204", seats="0", day_2_0="13:30", day_2_1="16:00"), follow=True
    )
    room.refresh_from_db()
    assert (room.name, room.seats) == ("204", 0)
    assert room.week() == [Hours(2, time(13, 30), time(16))]
    assert "星期二 下午 1:30 到 4:00" in response.content.decode()


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"day_3_0": "9:00", "day_3_1": "11:00", "day_3_2": "10:00", "day_3_3": "12:00"}, "叠在一起了"),
        ({"day_3_0": "11:00", "day_3_1": "9:00"}, "关门要比开门晚"),
        ({"day_3_0": "9:00"}, "第一段少了几点关"),
        ({"day_3_3": "9:00"}, "第二段少了几点开"),
        ({"day_3_0": "九点", "day_3_1": "11:00"}, "时间请写成"),
    ],
)
def test_a_week_that_cannot_be_is_marked_in_its_row_and_kept(clerk, venue, given, words):
    room = a_room(venue)
    before = open_week(room, 1)
    sent = filled(name="204", **given)
    page = parsed(clerk.post(f"/admin/desk/rooms/{room.pk}/edit/", sent))
    assert words in page.one("#field-day_3 .desk-wrong").text
    assert {name: value for name, value in times(page).items() if value} == given
    assert page.one("#id_name")["value"] == "204"
    assert page.one(page.one(".desk-problems a")["href"]).select("input[name=day_3_0]")
    room.refresh_from_db()
    assert (room.name, room.week()) == ("203", before)


def test_a_name_twice_is_marked_beside_its_field(clerk, venue):
    a_room(venue)
    page = parsed(clerk.post(new(venue), filled()))
    assert "已经有“203”了" in page.one("#id_name_error").text


def test_a_room_is_given_up_and_taken_up_again(clerk, venue):
    room = a_room(venue)
    address = f"/admin/desk/rooms/{room.pk}/"
    clerk.post(f"{address}close/", {"on": "2021-03-08"})
    assert "从 2021-03-08 起不再用" in clerk.get(address).content.decode()
    clerk.post(f"{address}reopen/")
    room.refresh_from_db()
    assert room.closed_on is None


def test_a_venue_is_closed_for_some_days(clerk, venue):
    room = a_room(venue)
    address = f"/admin/desk/venues/{venue.pk}/closures/new/"
    offered = [option.text for option in parsed(clerk.get(address)).all("[name=room] option")]
    assert offered == ["整个场地", "203"]
    sent = {"room": "", "starts_on": "2021-03-10", "ends_on": "2021-03-09", "reason": "装修"}
    page = parsed(clerk.post(address, sent))
    assert "前面" in page.one("#id_ends_on_error").text
    assert page.one("#id_reason")["value"] == "装修"
    clerk.post(address, sent | {"ends_on": "2021-03-10", "room": room.pk})
    assert Closure.objects.get().room == room


def test_a_closure_names_the_classes_it_hits(clerk, venue):
    room = a_room(venue)
    day = date(2021, 3, 10)
    run = a_run(*weekly(a_plan(on=day, room=room), 2), organiser=venue.organisation)
    sent = {"room": "", "starts_on": "2021-03-10", "ends_on": "2021-03-12", "reason": "装修"}
    page = clerk.post(f"/admin/desk/venues/{venue.pk}/closures/new/", sent, follow=True)
    assert "这几天还有 1 次课，请去改：" in page.content.decode()
    links = [link["href"] for link in parsed(page).all(".messages a")]
    assert links == [f"/admin/desk/sessions/{run.sessions.first().pk}/"]


def test_a_closure_counts_the_classes_of_others_and_names_none(client, venue):
    school = a_school(venue.organisation)
    room = a_room(a_venue(school))
    run = a_run(a_plan(on=date(2021, 3, 10), room=room), organiser=venue.organisation)
    client.force_login(a_member(Duty.SCHOOL_STAFF, school))
    sent = {"room": "", "starts_on": "2021-03-10", "ends_on": "2021-03-10", "reason": "装修"}
    text = client.post(
        f"/admin/desk/venues/{room.venue.pk}/closures/new/", sent, follow=True
    ).content.decode()
    assert "这几天还有 1 次别的机构的课" in text
    assert run.code not in text


def test_a_closure_that_hits_nothing_says_nothing(clerk, venue):
    sent = {"room": "", "starts_on": "2021-03-10", "ends_on": "2021-03-10", "reason": "装修"}
    page = clerk.post(f"/admin/desk/venues/{venue.pk}/closures/new/", sent, follow=True)
    assert "这几天还有" not in page.content.decode()


def test_the_room_of_another_venue_cannot_be_closed_from_here(clerk, venue):
    other = a_room(a_venue(venue.organisation))
    address = f"/admin/desk/venues/{venue.pk}/closures/new/"
    sent = {"room": other.pk, "starts_on": "2021-03-10", "ends_on": "2021-03-10", "reason": "装修"}
    assert parsed(clerk.post(address, sent)).one("#id_room_error")
    assert not Closure.objects.exists()


def test_a_closure_ends_early_and_one_that_is_over_has_no_button(clerk, venue):
    current = closed_on(venue, date(2021, 3, 1), date(2021, 3, 31))
    over = closed_on(venue, date(2021, 2, 1), date(2021, 2, 3))
    page = clerk.get(f"/admin/desk/venues/{venue.pk}/").content.decode()
    assert f"/closures/{over.pk}/remove/" not in page
    assert f"/closures/{current.pk}/remove/" in page
    clerk.post(f"/admin/desk/closures/{current.pk}/remove/")
    current.refresh_from_db()
    assert current.ends_on == date(2021, 3, 7)
    refused = parsed(clerk.post(f"/admin/desk/closures/{over.pk}/remove/"))
    assert "已经结束了" in refused.one(".desk-problems").text
