"""通知: what was sent to whom, masked."""

import pytest
from django.db import connection
from django.utils import timezone

from courses.desk.messages.messages import MessageList, when_in_words
from courses.enums import Duty, MessageKind, MessageState
from courses.models import Message
from tests.factories.classes import a_learner, a_school
from tests.factories.enrolments import NOW, a_coming_run, known_enrols
from tests.factories.messages import a_message
from tests.html import parsed
from tests.queries import of_one_as_of_three

pytestmark = pytest.mark.django_db

LIST = "/admin/desk/messages/"
PHONE = "13800001234"


@pytest.fixture
def run(college):
    return a_coming_run(a_school(college, "东一社区学校"), title="微信视频")


@pytest.fixture
def message(run):
    return told(run, "王秀英")


def told(run, name, phone=PHONE):
    return known_enrols(
        run, a_learner(run.organiser, name, phone=phone), now=timezone.now()
    ).enrolment.messages.get()


def rows(browser, question=""):
    table = parsed(browser.get(f"{LIST}{question}")).all("tbody tr")
    return [[" ".join(cell.get_text().split()) for cell in row.find_all(["th", "td"])] for row in table]


def test_what_to_whom_how_far(clerk, run, message):
    (row,) = rows(clerk)
    assert row == [
        "王秀英",
        "报上了",
        f"微信视频 {run.code}",
        "本人 138****1234",
        "还没有发",
        when_in_words(message.due_at),
    ]
    assert PHONE not in clerk.get(LIST).content.decode()


def test_a_number_is_never_torn_into_lines(clerk, message):
    assert parsed(clerk.get(LIST)).one("td .desk-whole").get_text() == "138****1234"


@pytest.mark.parametrize(
    ("phone", "state", "whom"),
    [
        ("02112345678", MessageState.WAITING, "收不到短信"),
        ("02112345678", MessageState.TO_CALL, "本人 021****5678"),
        ("", MessageState.TO_CALL, "没有电话"),
    ],
)
def test_whom_without_a_mobile(clerk, run, phone, state, whom):
    told(run, "王秀英", phone)
    Message.objects.update(state=state)
    assert rows(clerk)[0][3] == whom


def test_who_rang_up(clerk, message):
    Message.objects.update(state=MessageState.CALLED, done_by=clerk.user, done_at=message.due_at)
    assert rows(clerk)[0][4] == "打过电话了，周老师"
    Message.objects.update(state=MessageState.TO_CALL, attempts=2)
    assert rows(clerk)[0][4] == f"要打电话，没人接 2 次，上次 周老师 {when_in_words(message.due_at)}"


def test_filters(clerk, run, message):
    other = told(a_coming_run(run.organiser), "陈先生")
    a_message(message.enrolment, MessageKind.CANCELLED, state=MessageState.SENT)
    assert len(rows(clerk)) == 3
    assert [row[0] for row in rows(clerk, f"?q={other.enrolment.run.code.lower()}")] == ["陈先生"]
    assert {row[0] for row in rows(clerk, "?q=王秀")} == {"王秀英"}
    assert [row[1] for row in rows(clerk, "?kind=cancelled")] == ["取消了报名"]
    assert [row[4] for row in rows(clerk, "?state=sent")] == ["发了"]
    assert rows(clerk, "?q=，") == []


def test_nobody_who_may_not_see_learners(logged_in, college, message):
    browser = logged_in(Duty.TEACHER, college)
    assert browser.get(LIST).status_code == 302


def test_queries_are_the_same_for_one_and_for_three(clerk, run):
    of_one_as_of_three(lambda number: told(run, f"王{'一二三'[number]}"), lambda: clerk.get(LIST))


def test_no_further_is_counted_than_is_shown_to_be_many(clerk, run, message, monkeypatch):
    monkeypatch.setattr(MessageList, "counts_up_to", 1)
    told(run, "陈先生")
    assert "超过 1 条" in clerk.get(LIST).content.decode()
    assert {row[0] for row in rows(clerk)} == {"王秀英", "陈先生"}


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL reads a few rows without any index")
@pytest.mark.parametrize(
    ("index", "asked"),
    [
        ("message_to_call", lambda: Message.objects.to_call()),
        ("message_latest", lambda: Message.objects.order_by("-due_at", "-pk")),
        ("message_waiting", lambda: Message.objects.due(now=NOW)),
        ("message_claimed", lambda: Message.objects.due(now=NOW)),
    ],
)
def test_what_grows_is_read_by_an_index(message, index, asked):
    assert index in asked()[:30].explain()
