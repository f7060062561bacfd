"""Correcting, merging, erasing, revealing a number, handing out a copy: each way each of them can end."""

import json

import pytest

from cms.enums import AuditVerb
from cms.models import AuditEntry
from courses.enums import Duty
from courses.errors import NotAllowed, Refused, SamePerson
from courses.models import Learner, LearnerPlace
from courses.services.learners import (
    LearnerFacts,
    correct,
    correcting,
    erase,
    export_to_person,
    merge,
    register,
    reveal_phone,
    unmerge,
)
from tests.factories.classes import a_college, a_learner, a_member, a_school, an_area

pytestmark = pytest.mark.django_db

PHONE = "13800001234"


@pytest.fixture
def school():
    return a_school(a_college(district="东区"))


@pytest.fixture
def clerk(school):
    return a_member(Duty.SCHOOL_STAFF, school)


@pytest.fixture
def elsewhere():
    return a_school(a_college(district="西区"))


@pytest.fixture
def learner(school):
    return a_learner(school, "王秀英", phone=PHONE)


def last(verb):
    return AuditEntry.objects.filter(verb=verb).latest("pk")


def test_a_correction_is_kept_and_put_down_by_fields(learner, clerk, school):
    street = an_area()
    facts = LearnerFacts(
        name="王秀瑛", phone="13800005555", birth_year=1949, area=street, contact_phone="62345678"
    )
    correct(learner=learner, facts=facts, by=clerk)
    learner.refresh_from_db()
    assert (learner.name, learner.birth_year, learner.area) == ("王秀瑛", 1949, street)
    assert (learner.whole_phone(), learner.whole_contact_phone()) == ("13800005555", "02162345678")
    assert Learner.objects.found_by("5555").get() == learner
    entry = last(AuditVerb.CHANGED)
    assert entry.detail == "name birth_year area phone contact_phone"
    assert entry.organisation_id == school.pk


def test_a_number_that_is_none_stays(learner, clerk):
    correct(learner=learner, facts=LearnerFacts(name="王秀英", phone=None, birth_year=1950), by=clerk)
    learner.refresh_from_db()
    assert learner.whole_phone() == PHONE
    assert not AuditEntry.objects.filter(verb=AuditVerb.CHANGED).exists()


def test_without_a_phone_the_rest_must_be_known(learner, clerk):
    with pytest.raises(Refused) as refusal:
        correct(learner=learner, facts=LearnerFacts(name="王秀英", phone="", birth_year=1950), by=clerk)
    assert set(refusal.value.fields) == {"area", "is_identity_confirmed"}


def test_a_correction_that_makes_two_the_same_offers_the_other(learner, clerk, school):
    other = a_learner(school, "王秀瑛", phone=PHONE)
    with pytest.raises(SamePerson, match="合并") as refusal:
        correct(learner=learner, facts=LearnerFacts(name="王秀瑛", phone=None), by=clerk)
    assert refusal.value.other_id == other.pk


def test_one_out_of_sight_is_not_shown(learner, clerk, elsewhere):
    a_learner(elsewhere, "王秀瑛", phone=PHONE)
    with pytest.raises(SamePerson, match="别的机构") as refusal:
        correct(learner=learner, facts=LearnerFacts(name="王秀瑛", phone=None), by=clerk)
    assert refusal.value.other_id is None


def test_the_constraint_finds_the_same_person_too(learner, clerk, school, monkeypatch):
    other = a_learner(school, "王秀瑛", phone=PHONE)
    looked = LearnerFacts.identified
    answers = iter([lambda facts: None, looked])
    monkeypatch.setattr(LearnerFacts, "identified", lambda facts: next(answers)(facts))
    with pytest.raises(SamePerson) as refusal:
        correct(learner=learner, facts=LearnerFacts(name="王秀瑛", phone=None), by=clerk)
    assert refusal.value.other_id == other.pk


def test_nobody_moves_into_a_full_household(learner, clerk, school):
    for name in "甲乙丙丁":
        a_learner(school, f"李{name}", phone="13800007777")
    with pytest.raises(Refused, match="最多 4 个"):
        correct(learner=learner, facts=LearnerFacts(name="王秀英", phone="13800007777"), by=clerk)


def test_who_is_merged_or_erased_is_not_corrected(learner, clerk, school):
    gone = a_learner(school, "王方", phone=PHONE)
    merge(keep=learner, drop=gone, by=clerk)
    with pytest.raises(Refused, match="已经合并"):
        correct(learner=gone, facts=LearnerFacts(name="甲", phone=None), by=clerk)
    erase(learner=learner, typed_name="王秀英", by=clerk)
    with pytest.raises(Refused, match="已经删除"):
        correct(learner=learner, facts=LearnerFacts(name="甲", phone=PHONE), by=clerk)


def all_verbs(learner, by):
    yield lambda: correct(learner=learner, facts=LearnerFacts(name="甲", phone=None), by=by)
    yield lambda: erase(learner=learner, typed_name=learner.name, by=by)
    yield lambda: reveal_phone(learner=learner, by=by)
    yield lambda: export_to_person(learner=learner, by=by)
    yield lambda: unmerge(learner=learner, by=by)
    yield lambda: merge(keep=a_learner(learner.places.get().organisation, "乙"), drop=learner, by=by)


@pytest.mark.parametrize("number", range(6))
def test_nothing_is_done_to_a_learner_out_of_sight(number, clerk, elsewhere):
    verb = list(all_verbs(a_learner(elsewhere, "别处的人", phone=PHONE), clerk))[number]
    with pytest.raises(NotAllowed):
        verb()


@pytest.mark.parametrize("number", range(6))
def test_an_auditor_does_nothing_to_anybody(number, learner, school):
    auditor = a_member(Duty.AUDITOR, school.guided_by)
    with pytest.raises(NotAllowed):
        list(all_verbs(learner, auditor))[number]()


def test_merging_keeps_both_rows_and_unites_the_rest(learner, clerk, school):
    site = a_school(school.guided_by)
    manager = a_member(Duty.COLLEGE_STAFF, school.guided_by)
    drop = a_learner(site, "王秀瑛", phone="13800009999", sex="female")
    since = LearnerPlace.objects.get(learner=drop).since
    merge(keep=learner, drop=drop, by=manager)
    learner.refresh_from_db()
    drop.refresh_from_db()
    assert (drop.merged_into, drop.name, learner.sex) == (learner, "王秀瑛", "female")
    assert learner.whole_phone() == PHONE
    assert LearnerPlace.objects.get(learner=learner, organisation=site).since == since
    assert Learner.canonical_of(drop.pk) == Learner.canonical_of(learner.pk) == learner
    assert {
        (entry.subject_id, entry.detail) for entry in AuditEntry.objects.filter(verb=AuditVerb.MERGED)
    } == {
        (str(learner.pk), f"from {drop.pk}"),
        (str(drop.pk), f"into {learner.pk}"),
    }


def test_a_missing_phone_is_taken_over(clerk, school):
    keep, drop = a_learner(school, "李阿婆", phone=""), a_learner(school, "李阿婆", phone=PHONE)
    assert merge(keep=keep, drop=drop, by=clerk).whole_phone() == PHONE


def test_a_phone_that_would_make_a_third_one_the_same_is_not(clerk, school):
    keep, drop = a_learner(school, "李阿婆", phone=""), a_learner(school, "李阿宝", phone=PHONE)
    a_learner(school, "李阿婆", phone=PHONE)
    assert merge(keep=keep, drop=drop, by=clerk).whole_phone() == ""


def test_chains_are_flattened(clerk, school):
    first, second, third = (a_learner(school, f"王{sign}", phone=PHONE) for sign in "甲乙丙")
    merge(keep=second, drop=first, by=clerk)
    merge(keep=third, drop=second, by=clerk)
    assert Learner.canonical_of(first.pk) == third
    assert not Learner.objects.exclude(merged_into=None).exclude(merged_into=third).exists()


def test_nobody_is_merged_with_themselves(learner, clerk):
    with pytest.raises(Refused, match="同一条"):
        merge(keep=learner, drop=Learner.objects.get(pk=learner.pk), by=clerk)


def test_who_is_merged_already_is_not_merged_again(learner, clerk, school):
    drop = a_learner(school, "王方", phone=PHONE)
    merge(keep=learner, drop=drop, by=clerk)
    with pytest.raises(Refused, match="已经合并"):
        merge(keep=a_learner(school, "王丁", phone=PHONE), drop=drop, by=clerk)


def test_both_must_be_in_the_branch(learner, clerk, elsewhere):
    with pytest.raises(NotAllowed):
        merge(keep=learner, drop=a_learner(elsewhere, "别处的人", phone=PHONE), by=clerk)


def test_a_merge_is_taken_back(learner, clerk, school):
    drop = a_learner(school, "王方", phone=PHONE)
    merge(keep=learner, drop=drop, by=clerk)
    unmerge(learner=drop, by=clerk)
    assert Learner.canonical_of(drop.pk) == drop
    assert last(AuditVerb.CHANGED).detail == f"unmerged {learner.pk}"


def test_what_is_not_merged_is_not_taken_back(learner, clerk):
    with pytest.raises(Refused, match="没有合并过"):
        unmerge(learner=learner, by=clerk)


def test_what_is_erased_is_not_taken_back(learner, clerk, school):
    drop = a_learner(school, "王方", phone=PHONE)
    merge(keep=learner, drop=drop, by=clerk)
    erase(learner=learner, typed_name="王秀英", by=clerk)
    with pytest.raises(Refused, match="分不开"):
        unmerge(learner=drop, by=clerk)


def test_a_name_and_phone_taken_meanwhile_is_not_taken_back(learner, clerk, school):
    drop = a_learner(school, "王方", phone=PHONE)
    merge(keep=learner, drop=drop, by=clerk)
    a_learner(school, "王方", phone=PHONE)
    with pytest.raises(Refused, match="同姓名、同电话"):
        unmerge(learner=drop, by=clerk)


def test_erasing_leaves_only_what_counting_needs(learner, clerk, school):
    drop = a_learner(school, "王方", phone=PHONE, contact_name="女儿", sex="female")
    drop.keep_contact_phone("13800009999")
    drop.save()
    merge(keep=learner, drop=drop, by=clerk)
    erase(learner=learner, typed_name=" 王 秀英", by=clerk)
    for row in Learner.objects.all():
        assert (row.name, row.phone, row.phone_key, row.phone_tail_key) == ("（已删除）", "", "", "")
        assert (row.contact_name, row.contact_phone, row.sex, row.area) == ("", "", "", None)
        assert (row.birth_year, row.erased_at is None) == (1950, False)
    assert LearnerPlace.objects.filter(learner=learner, organisation=school).exists()
    assert not Learner.objects.canonical().exists()
    assert last(AuditVerb.ERASED).subject_id == str(learner.pk)


def test_another_name_erases_nobody(learner, clerk):
    with pytest.raises(Refused, match="对不上") as refusal:
        erase(learner=learner, typed_name="王秀", by=clerk)
    assert set(refusal.value.fields) == {"typed_name"}
    learner.refresh_from_db()
    assert learner.name == "王秀英"


def test_erasing_twice_is_refused(learner, clerk):
    erase(learner=learner, typed_name="王秀英", by=clerk)
    with pytest.raises(Refused, match="已经删除"):
        erase(learner=learner, typed_name="（已删除）", by=clerk)


@pytest.mark.parametrize(("which", "number"), [("phone", PHONE), ("contact_phone", "13800009999")])
def test_a_whole_number_is_put_down(learner, clerk, school, which, number):
    learner.keep_contact_phone("13800009999")
    learner.save()
    assert reveal_phone(learner=learner, by=clerk, which=which) == number
    entry = last(AuditVerb.REVEALED)
    assert (entry.by, entry.subject_id, entry.detail) == (clerk, str(learner.pk), which)


def test_there_is_nothing_to_reveal_without_a_phone(clerk, school):
    with pytest.raises(Refused, match="没有留电话"):
        reveal_phone(learner=a_learner(school, "李阿婆", phone=""), by=clerk)
    assert not AuditEntry.objects.filter(verb=AuditVerb.REVEALED).exists()


def test_a_person_gets_everything_about_them(learner, clerk, school, elsewhere):
    drop = a_learner(school, "王方", phone="13800009999")
    merge(keep=learner, drop=drop, by=clerk)
    LearnerPlace.objects.create(learner=learner, organisation=elsewhere)
    copy = json.dumps(export_to_person(learner=learner, by=clerk).as_json(), ensure_ascii=False)
    assert all(words in copy for words in ("王秀英", PHONE, "1950", school.name, "王方", "13800009999"))
    assert elsewhere.name not in copy
    assert last(AuditVerb.EXPORTED).detail == "to-person"


def test_no_copy_of_who_is_erased(learner, clerk):
    erase(learner=learner, typed_name="王秀英", by=clerk)
    with pytest.raises(Refused):
        export_to_person(learner=learner, by=clerk)


def test_no_audit_entry_holds_a_name_or_number(learner, clerk, school):
    register(name="陈国强", phone=PHONE, organisation=school, by=clerk)
    correcting.correct(learner=learner, facts=LearnerFacts(name="王秀瑛", phone="13800005678"), by=clerk)
    written = " ".join(AuditEntry.objects.values_list("detail", flat=True))
    assert not any(words in written for words in ("王", "陈", "1234", "5678"))
