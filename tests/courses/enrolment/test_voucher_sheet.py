"""The voucher as a sheet of A5: what stands on it, for whom there is one, and that no cache holds it."""

from datetime import timedelta

import pytest
from django.core.cache import cache

from courses.services.enrolment import paper
from courses.services.enrolment.cancelling import cancel
from courses.services.enrolment.paper import voucher_sheet
from courses.services.enrolment.standing import standing_of
from tests.courses.enrolment.own import MINE, looks_up
from tests.factories.classes import a_room, a_school, a_venue
from tests.factories.enrolments import NOW, an_open_run, somebody_enrols
from tests.factories.timetable import DAY, a_plan, weekly
from tests.pdf import page_count, signs
from tests.refusals import refusal

pytestmark = pytest.mark.django_db


@pytest.fixture
def run():
    school = a_school(name="曹杨社区学校")
    venue = a_venue(school, "曹杨活动室", address="花溪路 199 号", has_step_free_way=True)
    plans = weekly(a_plan("09:30", room=a_room(venue, seats=None)), 3)
    return an_open_run(
        *plans, organiser=school, seats=1, title="扫码付钱，三看再按", contact_phone="021-62570000"
    )


@pytest.fixture
def row(run):
    return somebody_enrols(run, name="王秀兰", phone="13800004567").enrolment


@pytest.fixture
def words(monkeypatch):
    """A function that returns what stands on an enrolment's sheet, as the template is given it."""
    given = {}
    plain = paper.typeset

    def kept(path, *, data, is_kept):
        given.update(data)
        return plain(path, data=data, is_kept=is_kept)

    monkeypatch.setattr(paper, "typeset", kept)

    def asked(row, at=NOW):
        given.clear()
        voucher_sheet(standing_of(row, now=at))
        return given

    return asked


def test_it_says_who_what_when_where_and_whom_to_call(row, words):
    said = words(row)
    assert "".join(said["digits"]) == row.voucher
    assert said["name"] == "王秀兰（手机尾号 4567）"
    assert (said["scenario"], said["title"]) == ("扫码", "扫码付钱，三看再按")
    assert (said["day"], said["clock"]) == ("11月11日 星期三", "上午 9:30 到 11:00，一共 3 次")
    assert (said["place"], said["about_place"]) == ("曹杨活动室 203", "花溪路 199 号，没有台阶，轮椅能到")
    assert (said["school"], said["number"]) == ("曹杨社区学校", "021-62570000")
    assert said["told"] == "到了，给老师扫这个"


def test_later_it_shows_the_next_session(row, words):
    said = words(row, at=NOW + timedelta(days=12))
    assert (said["day"], said["clock"]) == ("11月18日 星期三", "上午 9:30 到 11:00，还有 2 次")


def test_who_waits_gets_no_code_and_reads_so(row, run, words):
    said = words(somebody_enrols(run).enrolment)
    assert said["code"] is None
    assert said["told"] == "现在是候补，还没有座位"


def test_who_is_offered_a_seat_is_told_to_answer(row, run, words):
    second = somebody_enrols(run).enrolment
    cancel(enrolment=row, by=None, now=NOW)
    second.refresh_from_db()
    assert words(second)["told"] == "轮到您了，请回一句话"


def test_what_is_cancelled_has_no_sheet(row):
    cancel(enrolment=row, by=None, now=NOW)
    row.refresh_from_db()
    with refusal("not-live"):
        voucher_sheet(standing_of(row, now=NOW))


def test_it_is_one_page_whose_words_can_be_read(client, row):
    answer = looks_up(client, row).get(f"{MINE}voucher.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert page_count(answer.content) == 1
    assert set("报名凭证王秀兰扫码付钱星期三花溪路曹杨活动室") <= signs(answer.content)
    assert set(row.voucher) <= signs(answer.content)


def test_a_sheet_that_is_no_more_leads_to_the_page_that_says_why(client, row):
    looks_up(client, row)
    cancel(enrolment=row, by=None, now=NOW)
    answer = client.get(f"{MINE}voucher.pdf")
    assert (answer.status_code, answer.url) == (303, MINE)


def test_long_words_stay_on_one_sheet(run):
    row = somebody_enrols(run, name="阿卜杜热合曼·" * 5 + "甲").enrolment
    row.run.title = "手机" * 30
    assert page_count(voucher_sheet(standing_of(row, now=NOW))) == 1


def test_on_line_and_without_sessions_there_is_a_sheet_too(words):
    on_line = an_open_run(a_plan(on=DAY), mode="online")
    assert words(somebody_enrols(on_line).enrolment)["place"] == "在家里上"


def test_no_cache_holds_somebodys_name(row, monkeypatch):
    kept = []
    monkeypatch.setattr(cache, "set", lambda *args, **how: kept.append(args))
    voucher_sheet(standing_of(row, now=NOW))
    assert kept == []
