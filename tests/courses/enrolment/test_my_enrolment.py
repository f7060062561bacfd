"""`/enrolments/mine/`: every state somebody can be in, what they read and what they can do about it."""

from datetime import timedelta

import pytest

from courses.enums import Duty, EnrolmentState, RunMode
from courses.models import Enrolment
from courses.services.enrolment.cancelling import cancel
from courses.services.enrolment.moving import move
from courses.services.learners import merge
from courses.services.scheduling.runs import cancel_run
from courses.services.scheduling.sessions import cancel_sessions, move_session
from courses.services.waiting_list import accept, decline, end_offers
from tests.courses.enrolment.own import MINE, looks_up, main, soup, state, taps, ways
from tests.factories.classes import a_learner, a_member, a_room, a_school, a_venue
from tests.factories.enrolments import NOW, an_open_run, enrolled, known_enrols, somebody_enrols
from tests.factories.timetable import DAY, LENGTH, LONG_BEFORE, a_plan, moment, weekly

pytestmark = pytest.mark.django_db

DAYS = timedelta(days=1)
OVER = moment("14:00", DAY) + LENGTH


@pytest.fixture
def school():
    return a_school(name="曹杨社区学校")


@pytest.fixture
def run(school):
    venue = a_venue(school, "曹杨活动室", address="花溪路 199 号", way="地铁曹杨路站 2 号口")
    plans = weekly(a_plan("09:30", room=a_room(venue, seats=None)), 2)
    words = {"title": "扫码付钱，三看再按", "bring": "手机；老花镜", "contact_phone": "021-62570000"}
    return an_open_run(*plans, organiser=school, seats=1, contact_name="陈老师", **words)


@pytest.fixture
def two(run) -> list[Enrolment]:
    return [
        somebody_enrols(run, name="王秀兰", phone="13800004567").enrolment,
        somebody_enrols(run, name="李国强", phone="13800000001").enrolment,
    ]


@pytest.fixture
def row(two) -> Enrolment:
    return two[0]


@pytest.fixture
def offered(two, client) -> Enrolment:
    """The second one, to whom a seat is offered; their browser is ``client``."""
    cancel(enrolment=two[0], by=None, now=NOW)
    looks_up(client, two[1])
    return two[1]


def mine(client):
    answer = client.get(MINE)
    assert answer.status_code == 200
    assert soup(answer).main.find("a", href="tel:02162570000")
    return answer


# What the voucher says.


def test_a_seat_with_all_that_one_must_know(client, row):
    answer = mine(looks_up(client, row))
    words = main(answer)
    for expected in (
        "报上了，座位留好了",
        "王秀兰（手机尾号 4567）",
        "扫码付钱，三看再按",
        "11月11日 星期三 上午 9:30 到 11:00 每周三 上午 9:30 到 11:00，一共 2 次",
        "曹杨活动室 203",
        "花溪路 199 号",
        "地铁曹杨路站 2 号口",
        "老花镜",
        "陈老师",
        "没带也不要紧，报名字就行",
    ):
        assert expected in words
    assert {"打印凭证", "记到手机日历里", "看好了，关掉", "来不了，取消报名"} <= ways(answer)


def test_the_number_stands_on_plates_and_the_code_says_it(client, row):
    page = soup(mine(looks_up(client, row)))
    assert "".join(each.get_text() for each in page.select(".voucher .plate")) == row.voucher
    assert page.select_one(".voucher")["aria-label"] == f"凭证号 {row.voucher[:4]} {row.voucher[4:]}"
    assert page.select_one("svg.qr title").get_text() == "报名凭证的码，上课时给老师扫"


def test_the_whole_number_is_nowhere(client, row):
    assert "13800004567" not in mine(looks_up(client, row)).content.decode()


def test_who_waits_reads_the_place_and_what_comes_next(client, two):
    answer = mine(looks_up(client, two[1]))
    assert "您在候补，排第 1 位" in main(answer)
    # A day in the calendar, or not coming, is for who has a seat.
    assert not ways(answer) & {"记到手机日历里", "来不了，打电话说一声"}
    assert "轮到您，我们告诉您" in main(answer)
    assert not soup(answer).select("svg.qr")
    assert "不等了，取消候补" in ways(answer)


def test_who_is_offered_a_seat_has_two_buttons(client, offered):
    answer = mine(client)
    assert "轮到您了，有一个座位" in main(answer)
    assert "座位留到 11月3日 星期二 中午 12:00" in main(answer)
    assert {"我要来", "不来了"} <= ways(answer)
    assert not soup(answer).select("svg.qr")


def test_one_tap_takes_the_seat(client, offered):
    assert "报上了，座位留好了" in main(taps(client, "take"))
    assert state(offered) == EnrolmentState.CONFIRMED


def test_one_tap_lets_it_go(client, offered):
    answer = taps(client, "leave")
    assert "您说不来了" in main(answer)
    assert "重新报名" in ways(answer)
    assert state(offered) == EnrolmentState.DECLINED


def test_an_offer_whose_time_is_over_says_so_before_the_clock_has_come_by(client, offered, now):
    now.shift(24 * 60 * 60)
    looks_up(client, offered)
    answer = mine(client)
    assert "座位留到的时间过了" in main(answer)
    assert "我要来" not in ways(answer)
    answer = taps(client, "take")
    assert answer.status_code == 422
    assert "请重新报名" in soup(answer).select_one("[role=alert]").get_text()


def test_an_offer_that_ended_says_so(client, offered):
    end_offers(now=NOW + DAYS)
    assert "座位留到的时间过了" in main(mine(client))


def test_tapping_what_is_not_offered_is_refused_in_words(client, two):
    looks_up(client, two[1])
    for what in ("take", "leave"):
        answer = taps(client, what)
        assert answer.status_code == 422
        assert "现在没有留给您的座位" in main(answer)


def test_a_cancelled_class_says_why_and_shows_no_day(client, row):
    looks_up(client, row)
    cancel_run(run=row.run, because="报的人太少", by=None, at=NOW)
    answer = mine(client)
    assert "这个班取消了，请不要来" in main(answer)
    assert "报的人太少" in main(answer)
    assert "11月11日" not in main(answer)
    assert "看别的班" in ways(answer)
    assert not ways(answer) & {"来不了，取消报名", "打印凭证", "记到手机日历里"}


def test_a_class_that_is_over_says_so(client, row, now):
    now.move_to(OVER + 7 * DAYS)
    looks_up(client, row)
    answer = mine(client)
    assert "这个班上完了" in main(answer)
    assert "来不了，取消报名" not in ways(answer)


def test_a_cancelled_session_is_told_with_the_reason_and_the_next_one_shown(client, row, now):
    now.shift(60)
    cancel_sessions(sessions=[row.run.sessions.first()], because="老师生病", by=None, now=LONG_BEFORE)
    words = main(mine(looks_up(client, row)))
    assert "上课有变动" in words
    assert "11月11日 星期三 上午 9:30 没有课：老师生病" in words
    assert "什么时候 11月18日 星期三" in words


def test_a_moved_session_says_from_when_to_when(client, row, now):
    now.shift(60)
    session = row.run.sessions.first()
    move_session(
        session=session,
        because="教室修理",
        by=None,
        starts_at=session.starts_at + DAYS,
        ends_at=session.ends_at + DAYS,
    )
    words = main(mine(looks_up(client, row)))
    assert "改到 11月12日 星期四 上午 9:30" in words
    assert "教室修理" in words


def test_what_was_changed_before_the_enrolment_is_no_news(client, run):
    cancel_sessions(sessions=[run.sessions.first()], because="老师生病", by=None, now=LONG_BEFORE)
    row = somebody_enrols(run, now=NOW + timedelta(minutes=1)).enrolment
    assert "上课有变动" not in main(mine(looks_up(client, row)))


@pytest.mark.parametrize("stage", ["seat", "waiting", "cancelled"])
def test_only_who_has_a_seat_is_given_the_link(client, stage, school):
    link = "https://meet.example.org/room/1"
    run = an_open_run(
        a_plan(), organiser=school, seats=1, mode=RunMode.ONLINE, link=link, contact_phone="021-62570000"
    )
    first, second = enrolled(run, 2)
    if stage == "cancelled":
        cancel(enrolment=first, by=None, now=NOW)
    page = soup(mine(looks_up(client, second if stage == "waiting" else first)))
    found = page.find("a", href=link)
    assert bool(found) == (stage == "seat")
    assert not found or "noreferrer" in found["rel"]


def test_a_moved_enrolment_leads_to_the_new_voucher(client, row, school):
    other = an_open_run(a_plan(on=DAY + DAYS, room=a_room(a_venue(school))), organiser=school, title="拍照")
    new = move(enrolment=row, to=other, because="来不了", by=a_member(Duty.SCHOOL_STAFF, school), now=NOW)
    answer = mine(looks_up(client, row))
    assert "这张凭证换成新的了" in main(answer)
    assert "拍照" in main(answer)
    page = soup(taps(client, "follow"))
    assert page.main["data-voucher"] == new.voucher


def test_a_merged_enrolment_that_staff_made_leads_to_the_one_that_stayed(client, row):
    other = known_enrols(row.run, a_learner(row.run.organiser)).enrolment
    merge(keep=row.learner, drop=other.learner, by=None)
    looks_up(client, other)
    assert "这张凭证换成新的了" in main(mine(client))
    assert soup(taps(client, "follow")).main["data-voucher"] == row.voucher


def test_following_leads_nowhere_else(client, row):
    looks_up(client, row)
    assert soup(taps(client, "follow")).main["data-voucher"] == row.voucher


# Cancelling, and taking it back.


def test_cancelling_asks_once_and_says_what_happens(client, two):
    answer = looks_up(client, two[0]).get(f"{MINE}cancel/")
    assert "座位马上让出来" in main(answer)
    assert state(two[0]) == EnrolmentState.CONFIRMED
    assert "不取消，回去" in ways(answer)
    assert "您不再排候补" in main(looks_up(client, two[1]).get(f"{MINE}cancel/"))


def test_cancelling_gives_the_seat_on_and_offers_the_way_back(client, two):
    looks_up(client, two[0])
    answer = taps(client, "cancel")
    assert "这个报名取消了" in main(answer)
    assert {"按错了，要回来", "重新报名"} <= ways(answer)
    assert [state(each) for each in two] == ["cancelled", "offered"]


def test_cancelling_twice_is_cancelling_once(client, row):
    looks_up(client, row)
    taps(client, "cancel")
    assert "这个报名取消了" in main(taps(client, "cancel"))
    assert client.get(f"{MINE}cancel/").status_code == 303
    assert row.events.filter(kind="cancelled").count() == 1


def test_within_ten_minutes_it_comes_back_while_the_seat_is_free(client, run, now):
    row = somebody_enrols(run).enrolment
    looks_up(client, row)
    taps(client, "cancel")
    now.shift(9 * 60)
    assert "报上了，座位留好了" in main(taps(client, "undo"))
    assert state(row) == EnrolmentState.CONFIRMED


def test_a_seat_that_is_given_does_not_come_back(client, two):
    looks_up(client, two[0])
    taps(client, "cancel")
    answer = taps(client, "undo")
    assert answer.status_code == 422
    assert "座位已经让给别人了" in main(answer)
    assert "重新报名" in ways(answer)


def test_after_ten_minutes_one_enrols_again(client, run, now):
    row = somebody_enrols(run).enrolment
    looks_up(client, row)
    taps(client, "cancel")
    now.shift(10 * 60 + 1)
    answer = mine(client)
    assert "按错了，要回来" not in ways(answer)
    assert "重新报名" in ways(answer)
    answer = taps(client, "undo")
    assert answer.status_code == 422
    assert "过了 10 分钟" in main(answer)


def test_a_class_that_is_over_is_not_cancelled(client, row, now):
    now.move_to(OVER + 7 * DAYS)
    looks_up(client, row)
    answer = taps(client, "cancel")
    assert answer.status_code == 422
    assert "这个班上完了，不用取消" in main(answer)


def test_the_page_takes_as_many_queries_for_three_sessions_as_for_one(
    client, school, django_assert_max_num_queries
):
    counts = []
    for number in (1, 3):
        room = a_room(a_venue(school), seats=None)
        plans = weekly(a_plan(on=DAY + number * DAYS, room=room), number)
        run = an_open_run(*plans, organiser=school, contact_phone="021-62570000")
        looks_up(client, somebody_enrols(run).enrolment)
        client.get(MINE)
        with django_assert_max_num_queries(20) as asked:
            mine(client)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_who_declined_or_took_it_elsewhere_sees_the_same(client, two):
    """By telephone to a clerk, say, while the page is open."""
    cancel(enrolment=two[0], by=None, now=NOW)
    looks_up(client, two[1])
    accept(enrolment=two[1], by=None, now=NOW)
    assert "报上了，座位留好了" in main(taps(client, "take"))
    decline_after = taps(client, "leave")
    assert decline_after.status_code == 422
    assert state(two[1]) == EnrolmentState.CONFIRMED


def test_a_learner_without_a_phone_is_told_apart_by_the_year(client, run):
    learner = a_learner(run.organiser, "李阿婆", phone="", birth_year=1941)
    row = known_enrols(run, learner).enrolment
    assert "李阿婆（1941 年生）" in main(mine(looks_up(client, row, "1941")))


def test_declined_by_telephone(client, two):
    cancel(enrolment=two[0], by=None, now=NOW)
    decline(enrolment=two[1], by=None, now=NOW)
    assert "您说不来了" in main(mine(looks_up(client, two[1])))
