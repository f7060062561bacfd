"""场地 in the desk: the list, one venue, its forms, its picture."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from cms.models import AuditEntry
from courses.enums import Duty, VenueKind
from courses.models import Venue
from tests.factories.classes import a_college, a_member, a_room, a_school, a_venue, an_area
from tests.factories.places import a_photo, closed_on, open_week, typed
from tests.html import parsed
from tests.queries import of_one_as_of_three

pytestmark = pytest.mark.django_db

LIST = "/admin/desk/venues/"


@pytest.fixture
def college():
    return a_college("东社区学院", district="东区")


@pytest.fixture
def clerk(client, college):
    client.force_login(a_member(Duty.COLLEGE_STAFF, college))
    return client


def names(response) -> list[str]:
    return [cell.text.strip() for cell in parsed(response).all("tbody th")]


def cells(response) -> list[str]:
    return [cell.text.strip() for cell in parsed(response).all("tbody tr:first-child td")]


def facts(response) -> dict[str, str]:
    return {
        fact.select_one("dt").text.strip(): fact.select_one("dd").text.strip()
        for fact in parsed(response).all(".desk-facts > div")
    }


def test_rooms_and_seats_are_summed_up(clerk, college):
    venue = a_venue(college, "甲")
    for name, seats in (("201", 20), ("202", 30), ("203", 0)):
        a_room(venue, name, seats=seats)
    given_up = a_room(venue, "204", seats=50)
    given_up.closed_on = timezone.localdate()
    given_up.save()
    assert cells(clerk.get(LIST))[4:6] == ["3", "50"]
    a_room(venue, "205", seats=None)
    assert cells(clerk.get(LIST))[4:6] == ["4", "不限"]


def test_a_venue_without_rooms_has_none(clerk, college):
    a_venue(college)
    assert cells(clerk.get(LIST))[4:6] == ["0", "0"]


@pytest.mark.parametrize(
    "query", ["q=乙", "q=东方红路", "kind=library", "step_free=yes", "loop=yes", "state=closed"]
)
def test_filters_leave_what_fits(clerk, college, query):
    a_venue(college, "甲")
    a_venue(
        college,
        "乙",
        address="东方红路 1 号",
        kind=VenueKind.LIBRARY,
        has_step_free_way=True,
        has_hearing_loop=True,
        closed_on=timezone.localdate(),
    )
    assert names(clerk.get(f"{LIST}?{query}")) == ["乙"]
    assert names(clerk.get(f"{LIST}?state=used")) == ["甲"]


def test_a_filter_of_places_takes_districts_and_streets(clerk, college):
    school = a_school(college)
    a_venue(school, "甲")
    far = an_area("远街道", district="西区")
    Venue.objects.filter(pk=a_venue(school, "乙").pk).update(area=far)
    assert names(clerk.get(f"{LIST}?area={school.area.code}")) == ["甲"]
    assert names(clerk.get(f"{LIST}?area={far.parent.code}")) == ["乙"]
    assert names(clerk.get(f"{LIST}?area=xyz")) == ["乙", "甲"]


def test_only_organisations_with_a_venue_are_offered_as_a_filter(clerk, college):
    school, empty = a_school(college, "有场地学校"), a_school(college, "没场地学校")
    a_venue(school, "甲")
    a_venue(college, "乙")
    page = clerk.get(f"{LIST}?organisation={school.pk}")
    offered = [option.text for option in parsed(page).all("[name=organisation] option")]
    assert "有场地学校" in offered
    assert empty.name not in offered
    assert names(page) == ["甲"]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_list_can_be_taken_away_which_is_put_down(clerk, college, kind):
    a_venue(college, "=甲")
    response = clerk.get(f"{LIST}?export={kind}")
    assert response.status_code == 200
    if kind == "csv":
        assert "'=甲" in response.content.decode("utf-8-sig")
    assert AuditEntry.objects.get(verb="exported").detail == "venues 1"


def test_the_list_can_be_printed(clerk, college):
    a_venue(college, "甲")
    assert "甲" in clerk.get(f"{LIST}?print=1").content.decode()


def test_an_empty_list_says_what_to_do(clerk):
    page = parsed(clerk.get(LIST))
    assert "登记第一个" in page.one(".desk-nothing").text
    assert page.one(".desk-buttons a")["href"] == f"{LIST}new/"


def test_a_teacher_looks_and_is_offered_nothing_to_change(client, college):
    venue = a_venue(college)
    room = a_room(venue)
    closed_on(venue, timezone.localdate(), timezone.localdate())
    client.force_login(a_member(Duty.TEACHER, college))
    for address in (LIST, f"{LIST}{venue.pk}/", f"/admin/desk/rooms/{room.pk}/"):
        page = parsed(client.get(address))
        links = [link["href"] for link in page.all(".desk a[href]")]
        assert not [
            link for link in links if link.endswith(("/edit/", "/new/", "/close/", "/remove/", "/renew/"))
        ]


@pytest.mark.parametrize("what", ["list", "show", "edit", "room", "sign"])
def test_screens_cost_the_same(clerk, college, what):
    venue = a_venue(a_school(college))
    room = a_room(venue, "101")

    def add(each: int) -> None:
        a_venue(a_school(college))
        another = a_room(venue, f"{each}")
        open_week(another, 1, 2)
        closed_on(venue, date(2021, 3, 1), date(2021, 3, 2), room=another)

    address = {
        "list": LIST,
        "show": f"{LIST}{venue.pk}/",
        "edit": f"{LIST}{venue.pk}/edit/",
        "room": f"/admin/desk/rooms/{room.pk}/edit/",
        "sign": f"{LIST}{venue.pk}/sign/",
    }[what]
    assert of_one_as_of_three(add, lambda: clerk.get(address)) <= 15


def test_one_venue_says_in_words_what_a_senior_asks(clerk, college):
    venue = a_venue(
        college,
        "甲",
        way="从南门进",
        has_hearing_loop=True,
        is_epidemic_ready=True,
        epidemic_checked_on=date(2021, 3, 1),
        capacity=0,
    )
    open_week(a_room(venue, "203", seats=None), 1, 2, 3)
    closed_on(venue, date(2021, 3, 1), date(2021, 3, 5))
    page = clerk.get(f"{LIST}{venue.pk}/")
    said = facts(page)
    assert said["进得去吗"] == "有台阶。有助听设备。"
    assert said["设备"] == "没有 Wi-Fi，没有投影"
    assert said["防疫条件"] == "有，2021-03-01 核的"
    assert said["同时最多几个人"] == "0"
    text = page.content.decode()
    assert "座位不限，星期一到星期三 上午 9:00 到 11:30" in text
    assert "2021年3月1日 到 2021年3月5日 装修" in text


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (date(2026, 12, 30), date(2026, 12, 30), "12月30日 一天 装修"),
        (date(2026, 12, 30), date(2027, 1, 3), "12月30日 到 2027年1月3日 装修"),
    ],
)
def test_a_closure_says_its_days_as_one_says_them(clerk, college, first, last, said, time_machine):
    time_machine.move_to("2026-11-11 09:00+08:00")
    clerk.force_login(a_member(Duty.COLLEGE_STAFF, college))
    venue = a_venue(college)
    closed_on(venue, first, last)
    assert said in clerk.get(f"{LIST}{venue.pk}/").content.decode()


def test_a_new_venue_leads_to_its_page(clerk, college):
    response = clerk.post(f"{LIST}new/", typed(college, picture=a_photo(), capacity=""), follow=True)
    venue = Venue.objects.get()
    assert response.redirect_chain == [(f"{LIST}{venue.pk}/", 302)]
    assert venue.capacity is None
    assert venue.has_step_free_way
    assert parsed(response).one(".desk-picture")["alt"] == "田林活动室的照片"


def test_seats_say_that_nothing_is_unlimited_and_nought_is_none(clerk, college):
    page = parsed(clerk.get(f"{LIST}new/"))
    assert page.one("#id_capacity_helptext").text == "空着就是不限，0 就是一个也不行。"
    clerk.post(f"{LIST}new/", typed(college, capacity="0"))
    assert Venue.objects.get().capacity == 0


def test_a_form_with_mistakes_keeps_what_was_typed(clerk, college):
    sent = typed(college, way="从南门进", is_epidemic_ready="on", capacity="", picture=a_photo())
    page = parsed(clerk.post(f"{LIST}new/", sent))
    assert not Venue.objects.exists()
    assert "哪一天核的" in page.one("#id_epidemic_checked_on_error").text
    assert "请再选一次" in page.one("#id_picture_error").text
    assert page.one("#id_name")["value"] == "田林活动室"
    assert page.one("#id_way").text.strip() == "从南门进"
    assert page.one("#id_area option[selected]")["value"] == sent["area"]
    assert page.one("#id_is_epidemic_ready").has_attr("checked")
    links = [link["href"] for link in page.all(".desk-problems a")]
    assert links == ["#id_epidemic_checked_on", "#id_picture"]


def test_a_picture_that_is_none_is_refused_beside_its_field(clerk, college):
    page = parsed(clerk.post(f"{LIST}new/", typed(college, picture=a_photo("a.svg"))))
    assert page.one("#id_picture_error").text.strip() == "图片只用 png、jpg、webp。"
    assert not Venue.objects.exists()


def test_names_lose_signs_that_nobody_sees(clerk, college):
    clerk.post(f"{LIST}new/", typed(college, name="  田林\u200b\n 活动室 "))
    assert Venue.objects.get().name == "田林 活动室"


def test_a_venue_is_changed_from_what_is_known(clerk, college):
    venue = a_venue(a_school(college), "甲", epidemic_checked_on=date(2021, 3, 1))
    page = parsed(clerk.get(f"{LIST}{venue.pk}/edit/"))
    assert page.one("#id_name")["value"] == "甲"
    assert page.one("#id_epidemic_checked_on")["value"] == "2021-03-01"
    assert page.one("#id_organisation option[selected]").text == str(venue.organisation)
    clerk.post(f"{LIST}{venue.pk}/edit/", typed(college, name="乙"))
    venue.refresh_from_db()
    assert (venue.name, venue.organisation) == ("乙", college)


def test_a_venue_is_given_up_and_taken_up_again(clerk, college):
    venue = a_venue(college)
    show = f"{LIST}{venue.pk}/"
    assert "不再用了" in clerk.get(show).content.decode()
    yesterday = timezone.localdate() - timedelta(days=1)
    page = parsed(clerk.post(f"{show}close/", {"on": f"{yesterday}"}))
    assert page.one("#id_on")["value"] == f"{yesterday}"
    assert "已经过去了" in page.one("#id_on_error").text
    clerk.post(f"{show}close/", {"on": f"{timezone.localdate()}"})
    assert "起不再用" in facts(clerk.get(show))["还用吗"]
    clerk.post(f"{show}reopen/")
    venue.refresh_from_db()
    assert venue.closed_on is None
    page = parsed(clerk.post(f"{show}reopen/"))
    assert "本来就在用" in page.one(".desk-problems").text


def test_a_picture_is_taken_away(clerk, college):
    clerk.post(f"{LIST}new/", typed(college, picture=a_photo()))
    venue = Venue.objects.get()
    clerk.post(f"{LIST}{venue.pk}/picture/remove/")
    venue.refresh_from_db()
    assert venue.picture is None


def test_looking_changes_nothing(clerk, college):
    venue = a_venue(college)
    before = Venue.objects.values().get()
    for what in ("close", "reopen", "picture/remove", "sign/renew"):
        assert clerk.get(f"{LIST}{venue.pk}/{what}/").status_code == 200
    assert Venue.objects.values().get() == before
