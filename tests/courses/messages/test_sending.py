"""Sending: what is due goes out once, by day, to who can be reached; the rest is rung up."""

from datetime import timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.enums import FilledBy, MessageState
from courses.models import Message
from courses.services.enrolment.enrolling import enrol_person
from courses.services.messages import sending
from courses.services.messages.sending import BACK_OFF, BATCH, LEASE, claim, send_due
from tests.factories.enrolments import NOW, a_wish, an_open_run, enrolled, some_facts, somebody_enrols
from tests.factories.messages import a_message
from tests.factories.timetable import moment

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)


def states() -> list[str]:
    return list(Message.objects.order_by("pk").values_list("state", flat=True))


def test_what_is_due_is_sent_and_put_down(gateway, run):
    enrolment = somebody_enrols(run, phone="13800001111").enrolment
    assert send_due(now=NOW) == 1
    message = enrolment.messages.get()
    (key, number, words) = gateway.given[0]
    assert (key, number) == (str(message.pk), "13800001111")
    assert words.startswith("报上了：手机入门。11月11日周三 下午2:00，")
    assert enrolment.voucher in words
    assert (message.state, message.attempts) == (MessageState.SENT, 1)
    assert NOW <= message.done_at < NOW + MINUTE


def test_sent_is_sent(gateway, run):
    somebody_enrols(run)
    send_due(now=NOW)
    assert send_due(now=NOW + MINUTE) == 0
    assert len(gateway.given) == 1


def test_more_than_a_batch_is_sent_at_one_go(gateway):
    enrolled(an_open_run(), BATCH + 2)
    assert send_due(now=NOW) == BATCH + 2
    assert len({key for key, _, _ in gateway.given}) == BATCH + 2


def test_nothing_is_sent_before_its_time(gateway, run):
    a_message(somebody_enrols(run).enrolment, due_at=NOW + MINUTE, about="later")
    assert send_due(now=NOW) == 1
    assert states() == ["sent", "waiting"]


@pytest.mark.parametrize("clock", ["20:00", "23:30", "07:59"])
def test_nothing_is_sent_at_night(gateway, run, clock):
    somebody_enrols(run)
    assert send_due(now=moment(clock, NOW.date().replace(day=3))) == 0
    assert states() == ["waiting"]


def test_who_enrols_at_night_hears_of_it_in_the_morning(gateway, run):
    somebody_enrols(run, now=moment("22:00", NOW.date()))
    assert send_due(now=moment("08:00", NOW.date() + timedelta(days=1))) == 1


def test_the_evening_ends_a_run(gateway, monkeypatch):
    enrolled(an_open_run(), BATCH + 2)
    seconds = [0.0]
    monkeypatch.setattr(sending, "monotonic", lambda: seconds[0])
    gateway.before = staticmethod(lambda number: seconds.__setitem__(0, seconds[0] + 1))
    assert send_due(now=moment("19:59", NOW.date()) + timedelta(seconds=50)) == BATCH
    assert states().count("waiting") == 2


# Whom


def test_a_landline_is_rung_up(gateway, run):
    somebody_enrols(run, phone="02112345678")
    assert send_due(now=NOW) == 0
    assert states() == ["to-call"]
    assert Message.objects.get().attempts == 0


def test_without_an_adapter_everybody_is_rung_up(run, settings):
    settings.MESSAGES_ADAPTER = ""
    somebody_enrols(run)
    assert send_due(now=NOW) == 0
    assert states() == ["to-call"]


def test_who_has_no_mobile_is_told_through_the_contact(gateway, run):
    enrol(run, phone="02112345678", contact_phone="13900002222", contact_name="女儿")
    send_due(now=NOW)
    assert [(number, words[:6]) for _, number, words in gateway.given] == [("13900002222", "王秀英：报上")]


def test_who_filled_it_in_for_somebody_is_told(gateway, run):
    enrol(run, phone="13800001111", contact_phone="13900002222", filled_by=FilledBy.HELPER)
    send_due(now=NOW)
    assert [number for _, number, _ in gateway.given] == ["13900002222"]


def test_a_helper_with_a_landline_leaves_it_to_the_learner(gateway, run):
    enrol(run, phone="13800001111", contact_phone="02112345678", filled_by=FilledBy.HELPER)
    send_due(now=NOW)
    assert [number for _, number, _ in gateway.given] == ["13800001111"]


def test_a_couple_with_one_telephone_reads_whose_it_is(gateway):
    run = an_open_run()
    somebody_enrols(run, name="王秀英", phone="13800001111")
    somebody_enrols(run, name="陈国强", phone="13800001111")
    send_due(now=NOW)
    assert [words[:4] for _, _, words in gateway.given] == ["王秀英：", "陈国强："]


def test_demonstration_goes_to_nobody(gateway, run):
    somebody_enrols(run)
    Message.objects.update(is_demo=True)
    assert send_due(now=NOW) == 1
    assert gateway.given == []
    assert states() == ["sent"]


def enrol(run, *, phone, **wish):
    return enrol_person(
        run=run, facts=some_facts(name="王秀英", phone=phone), wish=a_wish(**wish), now=NOW
    ).enrolment


# When it does not work


def test_a_busy_gateway_is_asked_again_later(gateway, run):
    somebody_enrols(run)
    gateway.is_busy()
    assert send_due(now=NOW) == 0
    message = Message.objects.get()
    assert (message.state, message.attempts) == (MessageState.WAITING, 1)
    assert BACK_OFF[0] <= message.due_at - NOW < BACK_OFF[0] + MINUTE
    assert send_due(now=NOW) == 0
    assert send_due(now=NOW + BACK_OFF[0] + MINUTE) == 1


def test_after_the_last_try_somebody_rings_up(gateway, run):
    somebody_enrols(run)
    gateway.is_busy(99)
    now = NOW
    for wait in (*BACK_OFF, MINUTE):
        assert states() == ["waiting"]
        send_due(now=now)
        now += wait + MINUTE
    assert states() == ["to-call"]


def test_later_is_never_at_night(gateway, run):
    somebody_enrols(run)
    gateway.is_busy()
    send_due(now=moment("19:59", NOW.date()) + timedelta(seconds=30))
    assert Message.objects.get().due_at == moment("08:00", NOW.date() + timedelta(days=1))


def test_a_number_that_is_none_is_rung_up(gateway, run):
    somebody_enrols(run)
    gateway.knows_no_number()
    send_due(now=NOW)
    assert states() == ["to-call"]


def test_a_gateway_that_is_down_is_left_alone(gateway):
    enrolled(an_open_run(), 5)
    gateway.is_busy(99)
    send_due(now=NOW)
    assert len(gateway.refuses) == 99 - sending.DOWN_AFTER
    assert list(Message.objects.order_by("pk").values_list("attempts", flat=True)) == [1, 1, 1, 0, 0]
    assert states() == ["waiting"] * 5


def test_a_broken_adapter_harms_nobody_and_tells_no_number(gateway, run, caplog):
    somebody_enrols(run, phone="13800001111")
    gateway.refuses = [ValueError("13800001111 is wrong")]
    send_due(now=NOW)
    assert states() == ["waiting"]
    assert "ValueError" in caplog.text
    assert "13800001111" not in caplog.text


def test_an_adapter_that_is_not_there_stops_loudly_and_loses_nothing(run, settings):
    settings.MESSAGES_ADAPTER = "nobody.knows.It"
    somebody_enrols(run)
    with pytest.raises(ImproperlyConfigured, match="MESSAGES_ADAPTER"):
        send_due(now=NOW)
    assert states() == ["waiting"]


# Killed in between


class Killed(BaseException):
    """Takes the worker away, as a power cut does."""


def test_killed_before_sending_it_is_sent_when_the_lease_is_over(gateway, run):
    somebody_enrols(run)
    gateway.refuses = [Killed()]
    with pytest.raises(Killed):
        send_due(now=NOW)
    assert states() == ["claimed"]
    assert send_due(now=NOW + LEASE / 2) == 0
    assert send_due(now=NOW + LEASE + MINUTE) == 1
    assert Message.objects.get().attempts == 2


def test_killed_after_sending_the_same_key_comes_again(gateway, run, monkeypatch):
    somebody_enrols(run)
    with monkeypatch.context() as patch:
        patch.setattr(sending._Run, "_tell", lambda self, telling, row: _send_and_die(self, telling))
        with pytest.raises(Killed):
            send_due(now=NOW)
    send_due(now=NOW + LEASE + MINUTE)
    assert len(gateway.given) == 2
    assert len({key for key, _, _ in gateway.given}) == 1


def _send_and_die(run, telling):
    run.adapter.send(str(telling.message.pk), "13800001111", telling.words)
    raise Killed


def test_what_kills_every_worker_is_rung_up_in_the_end(gateway, run):
    somebody_enrols(run)
    gateway.refuses = [Killed() for _ in range(len(BACK_OFF) + 1)]
    now = NOW
    while gateway.refuses:
        with pytest.raises(Killed):
            send_due(now=now)
        now += LEASE + MINUTE
    send_due(now=now)
    assert states() == ["to-call"]
    assert gateway.given == []


def test_who_lost_the_lease_does_not_put_anything_down(gateway, run):
    message = somebody_enrols(run).enrolment.messages.get()

    def taken_over(number):
        Message.objects.update(claimed_until=NOW + LEASE * 2)

    gateway.before = staticmethod(taken_over)
    assert send_due(now=NOW) == 0
    message.refresh_from_db()
    assert message.state == MessageState.CLAIMED


def test_near_the_end_of_the_lease_the_rest_is_left_to_others(gateway, monkeypatch):
    enrolled(an_open_run(), 2)
    seconds = [0.0]
    monkeypatch.setattr(sending, "monotonic", lambda: seconds[0])
    gateway.before = staticmethod(lambda number: seconds.__setitem__(0, 200.0))
    assert send_due(now=NOW) == 1
    assert states() == ["sent", "waiting"]


def test_what_one_has_claimed_no_other_gets(run):
    somebody_enrols(run)
    assert len(claim(now=NOW, until=NOW + LEASE)) == 1
    assert claim(now=NOW, until=NOW + LEASE) == []
    assert len(claim(now=NOW + LEASE, until=NOW + LEASE * 2)) == 1


def queries_for(many: int) -> int:
    enrolled(an_open_run(), many)
    with CaptureQueriesContext(connection) as asked:
        assert send_due(now=NOW) == many
    return len(asked)


def test_a_message_more_is_one_query_more(gateway):
    # Each is put down by itself: that it was sent is never lost with others.
    assert queries_for(6) - queries_for(2) == 4


def test_words_are_those_of_the_rows_when_it_is_sent(gateway, run):
    somebody_enrols(run)
    run.title = "微信视频"
    run.save()
    send_due(now=NOW)
    assert "微信视频" in gateway.given[0][2]
