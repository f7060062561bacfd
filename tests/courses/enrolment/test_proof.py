"""Whom a voucher proves: who holds one may do as they like with all of the learner's data, or with this enrolment only.

Anybody can enrol from the web under a name and a number that neighbours know.
"""

import json

import pytest
from django.test import Client

from cms.enums import AuditVerb
from cms.models import AuditEntry
from courses.enums import Duty, EnrolmentState
from courses.models import CourseRun, Enrolment, Learner
from courses.services.enrolment.cancelling import cancel
from courses.services.enrolment.contacting import change_contact
from courses.services.enrolment.moving import move
from courses.services.enrolment.withdrawing import withdraw
from courses.services.learners import export_to_oneself, merge
from tests.courses.enrolment.own import MINE, looks_up, main, soup, ways
from tests.factories.classes import a_learner, a_member, a_room, a_school, a_venue
from tests.factories.enrolments import NOW, an_open_run, known_enrols, somebody_enrols
from tests.factories.timetable import a_plan
from tests.refusals import refusal

pytestmark = pytest.mark.django_db

NAME, PHONE, OTHER, DAUGHTERS = "王秀兰", "13800004567", "13900007777", "13700001111"
SAID = {"name": NAME, "phone": PHONE, "birth_year": "1950", "filled_by": "self", "consent": "on"}


@pytest.fixture
def learner() -> Learner:
    """Somebody whom a school knows, with a daughter to call."""
    known = a_learner(a_school(name="长寿社区学校"), NAME, phone=PHONE, contact_name="女儿李芳")
    known.keep_contact_phone(DAUGHTERS)
    known.save()
    return known


@pytest.fixture
def older(learner) -> Enrolment:
    """What staff enrolled them for, with the voucher that they have at home."""
    return known_enrols(an_open_run(title="拍照入门"), learner).enrolment


@pytest.fixture
def run(older) -> CourseRun:
    """Another school's class, at another hour."""
    school = a_school(name="曹杨社区学校")
    return an_open_run(a_plan("09:30", room=a_room(a_venue(school))), organiser=school, title="扫码付钱")


@pytest.fixture
def neighbour(client, run) -> Client:
    """The browser of somebody who knows name and number, and has enrolled them by the public form."""
    answer = client.post(f"/classes/{run.code}/enrol/", SAID)
    assert (answer.status_code, answer.url) == (303, MINE)
    return client


@pytest.fixture
def strangers(neighbour, run) -> Enrolment:
    """What came of it."""
    return Enrolment.objects.get(run=run)


def copied(enrolment: Enrolment) -> str:
    return json.dumps(export_to_oneself(enrolment=enrolment).as_json(), ensure_ascii=False)


def again(enrolment: Enrolment) -> Enrolment:
    return Enrolment.objects.select_related("learner").get(pk=enrolment.pk)


# A name and a number are not enough.


def test_the_copy_is_of_this_enrolment_alone(strangers, older):
    copy = copied(strangers)
    assert "扫码付钱" in copy
    assert strangers.voucher in copy
    for words in ("拍照入门", older.voucher, "长寿社区学校", "女儿李芳", DAUGHTERS, PHONE, "1950"):
        assert words not in copy
    assert AuditEntry.objects.get(verb=AuditVerb.EXPORTED).detail == "self-one"


@pytest.mark.parametrize("form", ["page", "file"])
def test_nor_does_the_page_show_more(neighbour, older, form):
    answer = neighbour.post(f"{MINE}copy/", {"form": form})
    assert answer.status_code == 200
    for words in ("拍照入门", older.voucher, "女儿李芳", DAUGHTERS, PHONE):
        assert words not in answer.content.decode()


def test_nobody_is_erased(neighbour, strangers, older):
    with refusal("not-proven"):
        withdraw(enrolment=strangers, now=NOW)
    answer = neighbour.post(f"{MINE}withdraw/", {"understood": "on"})
    assert answer.status_code == 422
    assert Learner.objects.get(pk=older.learner_id).erased_at is None
    assert again(older).state == EnrolmentState.CONFIRMED


def test_nor_is_it_told_what_else_would_be_lost(neighbour, older):
    assert older.run.title not in main(neighbour.get(f"{MINE}withdraw/"))


def test_the_learners_number_stays(neighbour, strangers, older):
    with refusal("not-proven") as refused:
        change_contact(enrolment=strangers, phone=OTHER, by=None)
    assert "身份证" in refused.value.fields["phone"]
    assert not soup(neighbour.get(f"{MINE}contact/")).find("input", {"name": "phone"})
    neighbour.post(f"{MINE}contact/", {"phone": OTHER})
    assert again(older).learner.whole_phone() == PHONE


def test_who_else_to_call_about_this_enrolment_may_be_changed(neighbour, strangers):
    neighbour.post(f"{MINE}contact/", {"contact_name": "儿子", "contact_phone": OTHER})
    assert (again(strangers).contact_name, again(strangers).learner.contact_name) == ("儿子", "女儿李芳")


def test_looking_it_up_again_proves_no_more(strangers, older):
    answer = looks_up(Client(), strangers).post(f"{MINE}copy/")
    assert "拍照入门" not in main(answer)


@pytest.mark.parametrize("what", ["copy", "contact", "withdraw"])
def test_there_is_a_way_on_wherever_one_is_refused(neighbour, what):
    answer = neighbour.get(f"{MINE}{what}/")
    assert answer.status_code == 200
    for words in ("用以前的那张凭证", "带身份证，到曹杨社区学校", "先打下面的电话"):
        assert words in main(answer)
    assert "再查一次" in ways(answer)
    assert soup(answer).main.select_one("a[href^='tel:']")


def test_this_enrolment_can_be_cancelled(neighbour, strangers, older):
    neighbour.post(f"{MINE}cancel/")
    assert [again(each).state for each in (strangers, older)] == ["cancelled", "confirmed"]


def test_moved_by_staff_it_proves_no_more(strangers, older):
    school = strangers.run.organiser
    other = an_open_run(a_plan("16:00", room=a_room(a_venue(school))), organiser=school)
    moved = move(
        enrolment=strangers, to=other, because="来不了", by=a_member(Duty.SCHOOL_STAFF, school), now=NOW
    )
    assert not moved.proves_who
    assert "拍照入门" not in copied(moved)


# What proves it.


def test_who_registered_by_it_has_a_whole_copy_changes_the_number_and_withdraws(run):
    row = somebody_enrols(run, name="李国强").enrolment
    assert export_to_oneself(enrolment=row).is_whole
    change_contact(enrolment=row, phone=OTHER, by=None)
    assert again(row).learner.whole_phone() == OTHER
    withdraw(enrolment=row, now=NOW)
    assert again(row).learner.erased_at


def test_moving_it_takes_nothing_away(run):
    row = somebody_enrols(run, name="李国强").enrolment
    other = an_open_run(a_plan("16:00", room=a_room(a_venue(run.organiser))), organiser=run.organiser)
    clerk = a_member(Duty.SCHOOL_STAFF, run.organiser)
    assert move(enrolment=row, to=other, because="来不了", by=clerk, now=NOW).proves_who


def test_what_staff_made_proves_it(older):
    assert export_to_oneself(enrolment=older).is_whole
    change_contact(enrolment=older, phone=OTHER, by=None)
    withdraw(enrolment=older, now=NOW)
    assert again(older).learner.erased_at


def test_an_older_voucher_looked_up_in_the_same_browser_proves_it(neighbour, strangers, older):
    looks_up(neighbour, older)
    answer = neighbour.post(f"{MINE}copy/")
    for words in ("拍照入门", "扫码付钱", "女儿李芳", PHONE):
        assert words in main(answer)
    assert "要先认出是您本人" not in main(answer)
    neighbour.post(f"{MINE}withdraw/", {"understood": "on"})
    assert again(strangers).learner.erased_at


def test_staff_may_change_the_number_whatever_it_proves(strangers):
    clerk = a_member(Duty.SCHOOL_STAFF, strangers.run.organiser)
    change_contact(enrolment=strangers, phone=OTHER, by=clerk)
    assert again(strangers).learner.whole_phone() == OTHER


# Two rows that staff made one of: either may have been a neighbour's.


@pytest.mark.parametrize("stays", ["known", "neighbours"])
def test_a_row_registered_from_the_web_proves_nothing_once_it_is_merged(run, learner, older, stays):
    row = somebody_enrols(run, name="王秀蓝", phone=PHONE).enrolment
    assert row.proves_who
    rows = (learner, row.learner)
    keep, drop = rows if stays == "known" else reversed(rows)
    merge(keep=keep, drop=drop, by=None)
    with refusal("not-proven"):
        withdraw(enrolment=row, now=NOW)
    assert older.voucher not in copied(again(row))
    assert "拍照入门" in copied(again(older))


def test_a_merged_row_from_the_web_does_not_lead_to_the_other_voucher(client, run, learner):
    real = known_enrols(run, learner).enrolment
    row = somebody_enrols(run, name="王秀蓝", phone=PHONE).enrolment
    merge(keep=row.learner, drop=learner, by=None)
    looks_up(client, row)
    answer = client.post(f"{MINE}follow/", follow=True)
    assert real.voucher not in answer.content.decode()
    assert "请用那一张凭证" in main(answer)
    assert "看新的凭证" not in ways(answer)


# A computer that others use.


def test_putting_it_away_also_forgets_the_form(client, run):
    said = SAID | {"name": "李国强", "phone": OTHER}
    client.get(f"/classes/{run.code}/enrol/")
    assert client.post(f"/classes/{run.code}/enrol/", said).url == MINE
    client.post(f"{MINE}forget/")
    answer = client.post(f"/classes/{run.code}/enrol/", said)
    assert answer.status_code == 200
    assert "已经报过名了" in main(answer)


def test_a_cancelled_one_proves_as_before(run):
    row = somebody_enrols(run, name="李国强").enrolment
    cancel(enrolment=row, by=None, now=NOW)
    assert export_to_oneself(enrolment=again(row)).is_whole
