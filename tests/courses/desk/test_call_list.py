"""电话名单: who is on it, what stands there to be read aloud, and what is put down."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cms.enums import AuditVerb
from cms.models import AuditEntry
from courses.enums import Duty, FilledBy, MessageKind, MessageState
from courses.models import Message
from courses.rules.messages import day_and_time
from courses.services.enrolment.cancelling import cancel
from tests.factories.classes import a_learner, a_member, a_school
from tests.factories.enrolments import a_coming_run
from tests.factories.messages import a_message, to_call
from tests.html import parsed
from tests.queries import of_one_as_of_three

pytestmark = pytest.mark.django_db

LIST = "/admin/desk/calls/"
PHONE, MASKED = "02112345678", "021****5678"


@pytest.fixture
def run(college):
    return a_coming_run(a_school(college, "东一社区学校"), title="微信视频")


@pytest.fixture
def message(run):
    return to_call(run, a_learner(run.organiser, "王秀英", phone=PHONE))


def words_of(response) -> str:
    return re.sub(r"\s+", " ", parsed(response).one(".desk").get_text())


def audit(verb):
    return AuditEntry.objects.filter(verb=verb)


def act(browser, name, message, **options):
    return browser.post(reverse(f"desk:{name}", args=[message.pk]), **options)


def state(message):
    message.refresh_from_db()
    return message.state


def test_whom_to_ask_for_and_what_to_read_aloud(clerk, run, message):
    response, starts = clerk.get(LIST), timezone.localtime(run.sessions.get().starts_at)
    words = words_of(response)
    for part in ("报上了：微信视频", "王秀英", "找本人", MASKED, day_and_time(starts), "共 1 个电话要打"):
        assert part in words
    assert PHONE not in response.content.decode()
    assert "no-store" in response["Cache-Control"]


def test_the_contact_is_asked_for_by_name(clerk, message):
    enrolment = message.enrolment
    enrolment.filled_by, enrolment.contact_name = FilledBy.HELPER, "女儿小王"
    enrolment.keep_contact_phone("13900002222")
    enrolment.save()
    words = words_of(clerk.get(LIST))
    assert "找女儿小王" in words
    assert "139****2222" in words


def test_who_has_no_telephone_is_told_in_person(clerk, message):
    learner = message.enrolment.learner
    learner.keep_phone("")
    learner.save()
    page = clerk.get(LIST)
    assert "没有电话，托居委告诉他" in words_of(page)
    assert "没人接" not in words_of(page)
    assert "看全号" not in words_of(page)


def test_nobody_to_ring_up(clerk):
    assert "没有要打的电话。" in words_of(clerk.get(LIST))


def test_what_is_no_longer_true_is_not_there(clerk, message):
    cancel(enrolment=message.enrolment, by=None, now=timezone.now())
    assert "王秀英" not in words_of(clerk.get(LIST))


def test_what_presses_stands_first_and_classes_stand_together(clerk, run, message):
    for name, kind in (("陈先生", MessageKind.SEAT), ("李先生", MessageKind.REMINDER)):
        enrolment = to_call(run, a_learner(run.organiser, name, phone=PHONE)).enrolment
        if kind != MessageKind.SEAT:
            a_message(enrolment, kind, state=MessageState.TO_CALL, session=run.sessions.get())
    headings = [each.get_text() for each in parsed(clerk.get(LIST)).all("h2")]
    assert [each.partition("：")[0] for each in headings] == ["明天上课", "报上了"]
    names = [each.a.get_text() for each in parsed(clerk.get(LIST)).all(".call-who")]
    assert names == ["李先生", "王秀英", "陈先生", "李先生"]


def test_filters(clerk, run, message):
    other = a_coming_run(run.organiser, title="扫码")
    to_call(other, a_learner(run.organiser, "陈先生", phone=PHONE))
    assert "陈先生" not in words_of(clerk.get(f"{LIST}?run={run.code}"))
    assert "王秀英" not in words_of(clerk.get(f"{LIST}?kind=offer"))
    assert "这样找，没有要打的电话。" in words_of(clerk.get(f"{LIST}?kind=offer"))
    assert "陈先生" in words_of(clerk.get(f"{LIST}?kind=seat&run=nonsense"))


def test_called_in_one_tap(clerk, message):
    page = act(clerk, "call_made", message, follow=True)
    assert state(message) == MessageState.CALLED
    assert (message.done_by, message.attempts) == (clerk.user, 1)
    assert timezone.now() - message.done_at < timedelta(minutes=1)
    assert "共 1 个" not in words_of(page)
    assert "您刚打过的" in words_of(page)


def test_a_slip_of_the_finger_is_put_back(clerk, message):
    act(clerk, "call_made", message)
    act(clerk, "call_put_back", message)
    assert state(message) == MessageState.TO_CALL
    assert (message.done_by, message.done_at, message.attempts) == (None, None, 0)
    assert "才能放回去" in act(clerk, "call_put_back", message, follow=True).content.decode()


def test_nobody_answers_it_stays_with_who_tried(clerk, message):
    act(clerk, "call_not_answered", message)
    page = act(clerk, "call_not_answered", message, follow=True)
    assert state(message) == MessageState.TO_CALL
    assert "没人接 2 次，上次 周老师" in words_of(page)


def test_putting_back_forgets_no_call_before(clerk, message):
    act(clerk, "call_not_answered", message)
    act(clerk, "call_made", message)
    page = act(clerk, "call_put_back", message, follow=True)
    assert state(message) == MessageState.TO_CALL
    assert "没人接 1 次" in words_of(page)


def test_what_another_has_called_is_theirs_to_put_back(clerk, message):
    other = a_member(Duty.COLLEGE_STAFF, message.enrolment.run.organiser.guided_by)
    Message.objects.update(state=MessageState.CALLED, done_by=other, attempts=1)
    assert "才能放回去" in act(clerk, "call_put_back", message, follow=True).content.decode()
    assert state(message) == MessageState.CALLED


@pytest.mark.parametrize("name", ["call_made", "call_not_answered", "call_number"])
def test_what_another_has_done_is_not_done_again(clerk, message, name):
    other = a_member(Duty.COLLEGE_STAFF, message.enrolment.run.organiser.guided_by)
    Message.objects.update(state=MessageState.CALLED, done_by=other, attempts=1)
    assert "别人已经打过了" in act(clerk, name, message, follow=True).content.decode()
    message.refresh_from_db()
    assert (message.done_by, message.attempts) == (other, 1)
    assert not audit(AuditVerb.REVEALED).exists()


def test_one_comes_back_to_the_same_part_of_the_list(clerk, run, message):
    address = f"{reverse('desk:call_made', args=[message.pk])}?run={run.code}"
    assert clerk.post(address)["Location"] == f"{LIST}?run={run.code}"


def test_a_whole_number_is_put_down(clerk, message):
    response = act(clerk, "call_number", message)
    assert parsed(response).one(".call-number")["href"] == f"tel:{PHONE}"
    entry = audit(AuditVerb.REVEALED).get()
    assert (entry.by, entry.subject, entry.detail) == (clerk.user, "learner", f"call-list {message.pk}")
    assert PHONE not in clerk.get(LIST).content.decode()


def test_nobody_has_a_number(clerk, message):
    learner = message.enrolment.learner
    learner.keep_phone("")
    learner.save()
    assert "没有留电话" in act(clerk, "call_number", message, follow=True).content.decode()
    assert not audit(AuditVerb.REVEALED).exists()


def test_on_paper_numbers_are_whole_and_the_count_is_put_down(clerk, run, message):
    to_call(
        a_coming_run(run.organiser, title="扫码"), a_learner(run.organiser, "陈先生", phone="02187654321")
    )
    response = clerk.post(f"{reverse('desk:call_list_paper')}?run={run.code}")
    text = response.content.decode()
    assert PHONE in text
    assert "陈先生" not in text
    assert "共 1 个电话" in text
    assert "no-store" in response["Cache-Control"]
    entry = audit(AuditVerb.PRINTED).get()
    assert (entry.by, entry.detail) == (clerk.user, "call-list 1")


def test_the_class_asked_for_stays_asked_for_when_its_last_call_is_made(clerk, run, message):
    other = a_coming_run(run.organiser, title="扫码")
    to_call(other, a_learner(run.organiser, "陈先生", phone="02187654321"))
    page = clerk.post(f"{reverse('desk:call_made', args=[message.pk])}?run={run.code}", follow=True)
    assert "陈先生" not in words_of(page)
    assert parsed(page).one("select[name=run] option[selected]")["value"] == run.code
    paper = clerk.post(f"{reverse('desk:call_list_paper')}?run={run.code}").content.decode()
    assert "没有要打的电话" in paper
    assert "陈先生" not in paper


@pytest.mark.parametrize("asked", ["run=nonsense", "kind=nonsense"])
def test_what_makes_no_sense_prints_nobody(clerk, message, asked):
    page = clerk.post(f"{reverse('desk:call_list_paper')}?{asked}", follow=True)
    assert "没有打印" in page.content.decode()
    assert PHONE not in page.content.decode()
    assert not audit(AuditVerb.PRINTED).exists()


def test_an_auditor_sees_it_masked_and_does_nothing(logged_in, college, message):
    browser = logged_in(Duty.AUDITOR, college)
    page = parsed(browser.get(LIST))
    assert MASKED in page.one(".call").get_text()
    assert page.all(".call form") == []
    assert "打印名单" not in page.soup.get_text()


def test_queries_are_the_same_for_one_and_for_three(clerk, run):
    def add(number: int) -> None:
        to_call(run, a_learner(run.organiser, f"王{'一二三'[number]}", phone=PHONE))

    of_one_as_of_three(add, lambda: clerk.get(LIST))
