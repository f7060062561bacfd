"""报名名单 of a class, every enrolment of the branch, and finding one by the number on its voucher."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cms.enums import AuditVerb
from cms.models import AuditEntry
from courses.desk.enrolments.roster import EnrolmentList
from courses.enums import Duty
from courses.services.enrolment.cancelling import cancel
from courses.services.enrolment.prioritising import prioritise
from tests.factories.classes import a_college, a_learner, a_member, a_person, a_room, a_school, a_venue
from tests.factories.enrolments import a_coming_run, enrolled, known_enrols, somebody_enrols
from tests.factories.timetable import a_plan, a_run
from tests.html import parsed
from tests.queries import of_one_as_of_three

pytestmark = pytest.mark.django_db

DESK = "/admin/desk"


@pytest.fixture
def school():
    return a_school(a_college("东社区学院", district="东区"), "东一社区学校")


@pytest.fixture
def run(school):
    return a_coming_run(school, seats=1)


@pytest.fixture
def clerk(logged_in, school):
    return logged_in(Duty.SCHOOL_STAFF, school)


def roster_of(run):
    return f"{DESK}/classes/{run.pk}/enrolments/"


def rows(response) -> list[str]:
    return [row.get_text(" ", strip=True) for row in parsed(response).all("tbody tr")]


def test_the_list_reads_from_seats_to_those_who_do_not_come(clerk, run):
    now = timezone.now()
    names = ("有座", "先候补", "后候补", "不来了")
    seated, _, last, gone = (somebody_enrols(run, name=name, now=now).enrolment for name in names)
    prioritise(enrolment=last, priority=1, because="家在楼上", by=None, now=now)
    cancel(enrolment=gone, by=None, now=now)
    listed = rows(clerk.get(roster_of(run)))
    assert [row.split(" ")[:2] for row in listed] == [
        ["有座", "报上了"],
        ["后候补", "候补第"],
        ["先候补", "候补第"],
        ["不来了", "取消了"],
    ]
    assert "候补第 1 位" in listed[1]
    cancel(enrolment=seated, by=None, now=now)
    assert "座位留到" in rows(clerk.get(roster_of(run)))[0]


def test_what_to_notice_is_said(clerk, school):
    run, now = a_coming_run(school), timezone.now()
    somebody_enrols(run, name="王秀英", phone="13800000001", now=now)
    somebody_enrols(run, name="王秀英", phone="13800000002", now=now, birth_year=1990)
    somebody_enrols(run, name="陈国强", phone="13800000001", now=now)
    # Only the web takes somebody whom nobody has seen and who has no telephone.
    known_enrols(run, a_learner(school, "李阿婆", phone="", birth_year=None), now=now)
    one, two, three, four = rows(clerk.get(roster_of(run)))
    assert "同名、一家人" in one
    assert "同名、未满 60" in two
    assert "138****0001 一家人" in three
    assert "没有 没有手机，还没认过人、不知道满没满 60" in four


def test_numbers_are_masked_and_what_is_taken_away_is_put_down(clerk, run):
    somebody_enrols(run, name="王秀英", phone="13800001234", now=timezone.now())
    for question, verb in (("?export=csv", AuditVerb.EXPORTED), ("?print=1", AuditVerb.PRINTED)):
        text = clerk.get(roster_of(run) + question).getvalue().decode()
        assert "138****1234" in text
        assert "13800001234" not in text
        assert AuditEntry.objects.get(verb=verb).detail == "roster 1"


def test_the_list_says_how_the_class_stands(clerk, run):
    enrolled(run, 3, now=timezone.now())
    text = clerk.get(roster_of(run)).content.decode()
    assert "已满。学员 1/1，满了。候补 2 位。" in text


def test_somebody_is_found_in_a_class(clerk, run):
    for name in ("王秀英", "陈国强"):
        somebody_enrols(run, name=name, now=timezone.now())
    assert len(rows(clerk.get(f"{roster_of(run)}?q=王"))) == 1
    assert rows(clerk.get(f"{roster_of(run)}?state=waitlisted"))[0].startswith("陈国强")
    assert len(rows(clerk.get(f"{roster_of(run)}?state=live"))) == 2


def test_an_auditor_looks_and_does_nothing(client, school, run):
    one = enrolled(run, 1, now=timezone.now())[0]
    client.force_login(a_member(Duty.AUDITOR, school.guided_by))
    text = client.get(roster_of(run)).content.decode()
    assert "enrol/" not in text
    page = client.get(f"{DESK}/enrolments/{one.pk}/").content.decode()
    assert f"{one.voucher[:4]} {one.voucher[4:]}" not in page
    assert not any(words in page for words in ("取消报名", "看全号", "换班"))


@pytest.mark.parametrize("whose", ["class", "branch"])
def test_the_lists_cost_the_same(clerk, school, whose):
    run = a_coming_run(school, seats=2)
    address = roster_of(run) if whose == "class" else f"{DESK}/enrolments/"

    def add(_) -> None:
        enrolled(run, 1, now=timezone.now())

    assert of_one_as_of_three(add, lambda: clerk.get(address)) <= 17
    assert len(rows(clerk.get(address))) == 3


def test_no_further_is_counted_than_is_shown_to_be_many(clerk, school, monkeypatch):
    monkeypatch.setattr(EnrolmentList, "counts_up_to", 1)
    enrolled(a_coming_run(school), 2, now=timezone.now())
    assert "超过 1 个报名" in clerk.get(f"{DESK}/enrolments/").content.decode()


def test_the_branchs_enrolments_are_found_by_person_class_state_and_day(clerk, school):
    now = timezone.now()
    first, second = a_coming_run(school, title="微信"), a_coming_run(school, title="书法")
    somebody_enrols(first, name="王秀英", phone="13800001234", now=now)
    somebody_enrols(second, name="陈国强", now=now - timedelta(days=3))
    address = f"{DESK}/enrolments/"
    assert len(rows(clerk.get(address))) == 2
    day = timezone.localtime(now - timedelta(days=3)).date()
    for question in ("?q=1234", "?run=微信", f"?run={first.code}", "?state=confirmed&q=王秀"):
        (row,) = rows(clerk.get(address + question))
        assert row.startswith("王秀英"), question
    (row,) = rows(clerk.get(f"{address}?on={day}"))
    assert row.startswith("陈国强")


def test_an_enrolment_is_found_by_its_voucher(clerk, run):
    one = enrolled(run, 1, now=timezone.now())[0]
    asked = {"voucher": f"{one.voucher[:4]}-{one.voucher[4:]}"}
    response = clerk.post(f"{DESK}/enrolments/find/", asked)
    assert response.url == f"{DESK}/enrolments/{one.pk}/"
    assert one.voucher not in response.url


def test_a_strangers_voucher_is_not_found(clerk):
    elsewhere = a_school(a_college("西社区学院", district="西区"), "西一社区学校")
    one = enrolled(a_coming_run(elsewhere), 1, now=timezone.now())[0]
    text = clerk.post(f"{DESK}/enrolments/find/", {"voucher": one.voucher}).content.decode()
    assert "没有找到" in text


def test_classes_are_listed_with_seats_and_state(clerk, school):
    now = timezone.now()
    full, open_one = a_coming_run(school, seats=1), a_coming_run(school, seats=2)
    for each in (full, open_one):
        enrolled(each, 1, now=now)
    listed = "\n".join(rows(clerk.get(f"{DESK}/classes/")))
    assert "已满 1/1" in listed
    assert "招生中 1/2" in listed
    for state, run in (("full", full), ("open", open_one)):
        (row,) = rows(clerk.get(f"{DESK}/classes/?state={state}"))
        assert run.code in row
    assert "1/1" in clerk.get(f"{DESK}/classes/?export=csv").getvalue().decode()


def test_the_list_of_classes_costs_the_same(clerk, school):
    def add(_) -> None:
        enrolled(a_coming_run(school, seats=2), 1, now=timezone.now())

    assert of_one_as_of_three(add, lambda: clerk.get(f"{DESK}/classes/")) <= 14


def test_a_class_shows_learners_and_staff_apart(clerk, school):
    teacher, helper = a_person(school, "王老师", role="teacher"), a_person(school, "李志愿")
    day = timezone.localdate() + timedelta(days=10)
    plan = a_plan(room=a_room(a_venue(school)), on=day, teacher=teacher, helpers=[helper])
    draft = a_run(plan, organiser=school, capacity=4)
    page = clerk.get(f"{DESK}/classes/{draft.pk}/").content.decode()
    assert f"{DESK}/classes/{draft.pk}/enrol/" not in page
    clerk.post(f"{DESK}/classes/{draft.pk}/publish/")
    enrolled(draft, 3, now=timezone.now())
    page = clerk.get(f"{DESK}/classes/{draft.pk}/").content.decode()
    for words in ("3/4，还空 1 座", "和学员 3 位一起，总到场 5 位", "学员坐满时总到场 6 位", "报名名单"):
        assert words in page
    assert f"{DESK}/classes/{draft.pk}/enrol/" in page


def test_teachers_see_numbers_and_no_names(client, school, run):
    enrolled(run, 1, now=timezone.now())
    client.force_login(a_member(Duty.TEACHER, school))
    page = client.get(f"{DESK}/classes/{run.pk}/").content.decode()
    assert "1/1，满了" in page
    assert "报名名单" not in page
    assert client.get(roster_of(run)).status_code in {302, 403}
