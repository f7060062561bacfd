"""`/enrolments/mine/`: changing whom to call, a copy of what is kept, taking consent back."""

import json

import pytest

from cms.enums import AuditVerb
from cms.models import AuditEntry
from courses.enums import AttendanceState, Duty
from courses.errors import NotAllowed
from courses.models import Enrolment, Learner
from courses.services.enrolment.cancelling import cancel
from courses.services.enrolment.contacting import change_contact
from courses.services.enrolment.looking_up import look_up
from courses.services.learners import export_to_oneself, export_to_person, merge
from tests.courses.enrolment.own import MINE, looks_up, main, soup
from tests.factories.classes import a_learner, a_member, a_school
from tests.factories.enrolments import NOW, an_open_run, known_enrols, somebody_enrols
from tests.factories.roll_call import put_down
from tests.refusals import refusal

pytestmark = pytest.mark.django_db

PHONE, OTHER = "13800004567", "13900007777"


@pytest.fixture
def run():
    return an_open_run(seats=1, title="扫码付钱")


@pytest.fixture
def row(run) -> Enrolment:
    return somebody_enrols(run, name="王秀兰", phone=PHONE).enrolment


def again(row: Enrolment) -> Enrolment:
    return Enrolment.objects.select_related("learner").get(pk=row.pk)


# The service that changes whom to call.


def test_a_new_number_is_the_learners_and_nothing_else_changes(row):
    before = Learner.objects.filter(pk=row.learner_id).values("name", "birth_year", "area", "sex").get()
    change_contact(enrolment=row, phone="139-0000 7777", by=None)
    assert again(row).learner.whole_phone() == OTHER
    assert (
        Learner.objects.filter(pk=row.learner_id).values("name", "birth_year", "area", "sex").get() == before
    )
    assert look_up(voucher=row.voucher, proof="7777") == row


def test_what_is_left_empty_stays(row):
    change_contact(enrolment=row, contact_name="女儿", contact_phone=OTHER, by=None)
    change_contact(enrolment=row, contact_name="女儿李芳", by=None)
    kept = again(row)
    assert (kept.contact_name, kept.whole_contact_phone()) == ("女儿李芳", OTHER)
    assert kept.learner.whole_phone() == PHONE


def test_without_a_name_nobody_stands_beside_any_more(row):
    change_contact(enrolment=row, contact_name="女儿", contact_phone=OTHER, by=None)
    change_contact(enrolment=row, by=None)
    assert (again(row).contact_name, again(row).whole_contact_phone()) == ("", "")


def test_a_name_without_a_number_and_the_other_way_round_are_refused(row):
    with refusal("facts") as refused:
        change_contact(enrolment=row, contact_name="女儿", by=None)
    assert list(refused.value.fields) == ["contact_phone"]
    with refusal("facts") as refused:
        change_contact(enrolment=row, contact_phone=OTHER, by=None)
    assert list(refused.value.fields) == ["contact_name"]


def test_wrong_numbers_and_names_are_refused_by_field(row):
    with refusal("facts") as refused:
        change_contact(enrolment=row, phone="138", contact_name="女" * 41, contact_phone="139", by=None)
    assert set(refused.value.fields) == {"phone", "contact_name", "contact_phone"}
    assert again(row).learner.whole_phone() == PHONE


def test_a_number_that_would_make_another_person_is_refused_kindly(row):
    a_learner(row.run.organiser, "王秀兰", phone=OTHER)
    with refusal("number-taken") as refused:
        change_contact(enrolment=row, phone=OTHER, contact_name="女儿", contact_phone=OTHER, by=None)
    assert "登记" not in str(refused.value)
    assert "打电话" in refused.value.fields["phone"]
    assert again(row).contact_name == ""


def test_a_full_household_is_refused_in_the_same_words(row):
    for name in ("李一", "李二", "李三", "李四"):
        a_learner(row.run.organiser, name, phone=OTHER)
    with refusal("number-taken"):
        change_contact(enrolment=row, phone=OTHER, by=None)


def test_staff_elsewhere_may_not(row):
    with pytest.raises(NotAllowed):
        change_contact(enrolment=row, phone=OTHER, by=a_member(Duty.SCHOOL_STAFF, a_school()))


def test_it_is_put_down_by_the_names_of_fields(row):
    change_contact(enrolment=row, phone=OTHER, contact_name="女儿", contact_phone=OTHER, by=None)
    entries = AuditEntry.objects.filter(verb=AuditVerb.CHANGED, subject__in=["learner", "enrolment"])
    assert {each.subject: each.detail for each in entries} == {
        "learner": "phone",
        "enrolment": "contact_name contact_phone",
    }


def test_an_old_voucher_changes_who_the_row_counts_as(run):
    drop, keep = a_learner(run.organiser), a_learner(run.organiser, "王芳", phone="13700000001")
    row = known_enrols(run, drop).enrolment
    cancel(enrolment=row, by=None, now=NOW)
    merge(keep=keep, drop=row.learner, by=None)
    change_contact(enrolment=row, phone=OTHER, by=None)
    keep.refresh_from_db()
    assert keep.whole_phone() == OTHER


# The page.


def test_numbers_are_shown_masked_and_fields_come_empty(client, row):
    change_contact(enrolment=row, contact_name="女儿", contact_phone=OTHER, by=None)
    answer = looks_up(client, row).get(f"{MINE}contact/")
    assert "现在是 138****4567" in main(answer)
    assert "现在是 139****7777" in main(answer)
    page = soup(answer)
    assert page.find("input", {"name": "contact_name"})["value"] == "女儿"
    assert not page.find("input", {"name": "phone"}).get("value")
    assert page.find("input", {"name": "phone"})["autocomplete"] == "tel"


def test_changing_leads_to_what_is_kept_now(client, row):
    looks_up(client, row)
    said = {"phone": OTHER, "contact_name": "女儿", "contact_phone": "021 6257 0000"}
    answer = client.post(f"{MINE}contact/", said, follow=True)
    assert "139****7777" in main(answer)
    assert "女儿 021****0000" in main(answer)
    assert "用这个号码的最后 4 个数字" in main(answer)


def test_what_is_wrong_is_said_and_stays(client, row):
    answer = looks_up(client, row).post(f"{MINE}contact/", {"phone": "138", "contact_name": "女儿"})
    page = soup(answer)
    assert answer.status_code == 422
    assert page.find("input", {"name": "phone"})["value"] == "138"
    assert page.find("input", {"name": "phone"})["aria-invalid"] == "true"
    assert len(page.select("[role=alert] a")) == 2


def test_a_field_that_is_far_too_long_is_told(client, row):
    answer = looks_up(client, row).post(f"{MINE}contact/", {"phone": "1" * 99})
    assert answer.status_code == 422
    assert "写得太长了" in main(answer)


# A copy.


@pytest.fixture
def elsewhere(row):
    """A second class of the same person, in a school that the first one's clerk does not see."""
    other = an_open_run(seats=5, title="拍照入门")
    session = other.sessions.get()
    session.starts_at, session.ends_at = (
        session.ends_at,
        session.ends_at + (session.ends_at - session.starts_at),
    )
    session.save()
    return known_enrols(other, row.learner).enrolment


def test_the_copy_holds_everything_of_all_enrolments(row, elsewhere):
    change_contact(enrolment=row, contact_name="女儿", contact_phone=OTHER, by=None)
    cancel(enrolment=row, by=None, now=NOW, because="生病")
    copy = json.dumps(export_to_oneself(enrolment=row).as_json(), ensure_ascii=False)
    for words in (
        "王秀兰",
        PHONE,
        "1950",
        "女儿",
        OTHER,
        "扫码付钱",
        "拍照入门",
        row.voucher,
        "取消",
        "生病",
    ):
        assert words in copy
    assert elsewhere.run.organiser.name in copy
    assert "取消了报名" in copy


def test_the_copy_holds_every_line_of_the_roll(row, now):
    session = row.run.sessions.get()
    now.move_to(session.ends_at)
    put_down(session, row.learner, now=session.ends_at)
    put_down(session, row.learner, now=session.ends_at, state=AttendanceState.LATE, because="看错了")
    lines = export_to_oneself(enrolment=row).as_json()["签到"]
    assert [(each["到了没有"], each["为什么改"]) for each in lines] == [("到了", ""), ("迟到", "看错了")]
    assert "扫码付钱" in lines[0]["哪一次课"]


def test_staff_hand_out_the_lines_they_see_and_no_others(row, elsewhere, now):
    for session in (row.run.sessions.get(), elsewhere.run.sessions.get()):
        now.move_to(session.ends_at)
        put_down(session, row.learner, now=session.ends_at)
    clerk = a_member(Duty.SCHOOL_STAFF, row.run.organiser)
    (line,) = export_to_person(learner=row.learner, by=clerk).attendances
    assert "扫码付钱" in line["哪一次课"]


def test_the_copy_is_put_down_without_a_name(row):
    export_to_oneself(enrolment=row)
    entry = AuditEntry.objects.get(verb=AuditVerb.EXPORTED)
    assert (entry.by, entry.subject, entry.detail) == (None, "learner", "self")


def test_staff_hand_out_the_enrolments_they_see_and_no_others(row, elsewhere):
    clerk = a_member(Duty.SCHOOL_STAFF, row.run.organiser)
    titles = [each.title for each in export_to_person(learner=row.learner, by=clerk).enrolments]
    assert titles == ["扫码付钱"]


def test_what_was_merged_into_the_person_is_theirs_too(run):
    drop, keep = a_learner(run.organiser), a_learner(run.organiser, "王芳", phone="13700000001")
    row = known_enrols(run, drop).enrolment
    cancel(enrolment=row, by=None, now=NOW)
    merge(keep=keep, drop=row.learner, by=None)
    copy = export_to_oneself(enrolment=row)
    assert copy.facts["姓名"] == "王芳"
    assert [each["姓名"] for each in copy.earlier] == [drop.name]
    assert [each.title for each in copy.enrolments] == ["扫码付钱"]


def test_who_did_something_among_the_staff_is_not_the_persons(row):
    clerk = a_member(Duty.SCHOOL_STAFF, row.run.organiser, name="clerk-zhou")
    cancel(enrolment=row, by=clerk, now=NOW, because="停课")
    copy = json.dumps(export_to_oneself(enrolment=row).as_json(), ensure_ascii=False)
    assert "工作人员" in copy
    assert not any(words in copy for words in ("clerk-zhou", "周老师"))


def test_the_page_asks_first_then_shows_it_or_gives_a_file(client, row):
    looks_up(client, row)
    assert PHONE not in main(client.get(f"{MINE}copy/"))
    assert not AuditEntry.objects.filter(verb=AuditVerb.EXPORTED).exists()
    assert PHONE in main(client.post(f"{MINE}copy/"))
    answer = client.post(f"{MINE}copy/", {"form": "file"})
    assert answer["Content-Disposition"] == 'attachment; filename="my-data.json"'
    assert "no-store" in answer["Cache-Control"]
    assert answer.json()["资料"]["姓名"] == "王秀兰"
    assert AuditEntry.objects.filter(verb=AuditVerb.EXPORTED).count() == 2


def test_a_copy_takes_as_many_queries_for_three_enrolments_as_for_one(run, django_assert_max_num_queries):
    learner = a_learner(run.organiser)
    counts = []
    for more in (1, 2):
        for _ in range(more):
            row = known_enrols(an_open_run(seats=1, organiser=run.organiser), learner).enrolment
            cancel(enrolment=row, by=None, now=NOW)
        with django_assert_max_num_queries(20) as asked:
            export_to_oneself(enrolment=row)
        counts.append(len(asked))
    assert counts[0] == counts[1]


# 不同意了.


def test_it_says_exactly_what_is_lost(client, row, elsewhere):
    words = main(looks_up(client, row).get(f"{MINE}withdraw/"))
    for expected in ("姓名、电话、街镇、找谁，全部删掉", "“扫码付钱”的座位", "“拍照入门”的座位", "找不回来"):
        assert expected in words
    assert Learner.objects.get(pk=row.learner_id).erased_at is None


def test_without_the_tick_nothing_is_erased(client, row):
    answer = looks_up(client, row).post(f"{MINE}withdraw/")
    assert answer.status_code == 422
    assert soup(answer).find("input", {"name": "understood"})["aria-invalid"] == "true"
    assert Learner.objects.get(pk=row.learner_id).erased_at is None


def test_with_the_tick_everything_is_and_one_is_told_goodbye(client, row):
    looks_up(client, row)
    answer = client.post(f"{MINE}withdraw/", {"understood": "on"}, follow=True)
    assert "您的资料删好了" in main(answer)
    assert "no-store" in answer["Cache-Control"]
    assert Learner.objects.get(pk=row.learner_id).erased_at
    assert client.get(MINE).status_code == 303
    with refusal("not-found"):
        look_up(voucher=row.voucher, proof="4567")


def test_a_second_window_that_is_still_open_leads_to_the_look_up(client, row):
    looks_up(client, row)
    kept = client.cookies["voucher"].value
    client.post(f"{MINE}withdraw/", {"understood": "on"})
    client.cookies["voucher"] = kept
    assert client.post(f"{MINE}withdraw/", {"understood": "on"}).status_code == 303
    assert client.get(MINE).url == "/enrolments/"
