"""通知: what was sent to whom, and how far it is. Numbers are masked; the words are not kept."""

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html

from courses.desk.base import who_words
from courses.desk.listing import MANY, Column, DeskList
from courses.enums import MessageState, Right
from courses.forms.messages import MessageFilters
from courses.models import Message
from courses.rules.addressees import to_ring_up, to_write_to
from courses.services.messages.telling import learner_of, people_of

BY_TELEPHONE = {MessageState.TO_CALL, MessageState.CALLED}


def when_in_words(moment) -> str:
    """Return a moment as lists show it: 11月11日 14:00."""
    return date_format(timezone.localtime(moment), "n月j日 H:i") if moment else ""


def whom(message: Message) -> str:
    """Return whom it goes to: 本人 138****0001, the number never torn into lines."""
    people = people_of(message.enrolment)
    one = to_ring_up(people) if message.state in BY_TELEPHONE else to_write_to(people)
    if one is None:
        return "没有电话" if not people else "收不到短信"
    who = (one.name or "家人") if one.is_other else "本人"
    return format_html('{} <span class="desk-whole">{}</span>', who, one.masked_number)


def how_far(message: Message) -> str:
    """Return its state, and who rang up."""
    words = message.get_state_display()
    if message.state == MessageState.TO_CALL:
        return "，".join(filter(None, [words, not_answered(message)]))
    return f"{words}，{who_words(message.done_by)}" if message.done_by else words


def not_answered(message: Message) -> str:
    """Return how often somebody on the call list did not answer, and who tried last; "" for never."""
    if not message.attempts:
        return ""
    times = f"没人接 {message.attempts} 次"
    if message.done_by is None:
        return times
    return f"{times}，上次 {who_words(message.done_by)} {when_in_words(message.done_at)}"


class MessageList(DeskList):
    """Everything people of the branch were told or are to be told, the latest first."""

    page_title = "通知"
    right = Right.SEE_LEARNERS
    header_icon = "mail"
    filter_form = MessageFilters
    unit = "条"
    on_one_page = 30
    counts_up_to = MANY
    empty = "还没有通知。有人报了名，或者课改了，这里就有。"
    columns = [
        Column("姓名", lambda each: learner_of(each.enrolment).name, url=lambda each: _learner_url(each)),
        Column("说什么", lambda each: each.get_kind_display()),
        Column(
            "班级",
            lambda each: f"{each.enrolment.run.title} {each.enrolment.run.code}",
            url=lambda each: reverse("desk:run", args=[each.enrolment.run_id]),
            is_minor=True,
        ),
        Column("告诉谁", whom),
        Column("到哪里了", how_far),
        Column("什么时候", lambda each: when_in_words(each.done_at or each.due_at), is_minor=True),
    ]

    def get_rows(self):
        rows = Message.objects.visible_to(self.request.user).order_by("-due_at", "-pk")
        return rows.select_related("enrolment__run", "enrolment__learner__merged_into", "done_by")


def _learner_url(message: Message) -> str:
    return reverse("desk:learner", args=[learner_of(message.enrolment).pk])
