"""电话名单: those whom somebody has to ring up, and what came of it. Whole numbers are given out here, and put down."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Case, F, IntegerField, QuerySet, Value, When

from cms.enums import AuditVerb
from cms.models import User
from cms.services.audit import record
from courses.enums import MessageKind, MessageState, Right
from courses.errors import Refused
from courses.models import Message
from courses.models.message import MessageQuerySet
from courses.services.branches import acting_with, refuse_unless_may
from courses.services.messages.telling import Telling, learner_of, people_of, tellings
from courses.services.messages.truth import still_true

# What cannot wait comes first; what somebody knows already, because they did it themselves, last.
URGENCY = (
    {MessageKind.OFFER},
    {MessageKind.NO_CLASS, MessageKind.NO_SESSION, MessageKind.MOVED},
    {MessageKind.REMINDER},
    {MessageKind.OFFER_OVER},
)
MOST_ON_PAPER = 500
JUST_NOW, SHOWN_AGAIN = timedelta(hours=1), 5
ALREADY = "别人已经打过了，不用再打。"


def call_list(user: User, *, now: datetime) -> MessageQuerySet:
    """Return what is to be told by telephone in one's branch: what presses first, each kind class by class."""
    pressing = [When(kind__in=kinds, then=Value(rank)) for rank, kinds in enumerate(URGENCY)]
    rows = still_true(Message.objects.visible_to(user).to_call(), now=now)
    ranked = rows.annotate(rank=Case(*pressing, default=Value(len(URGENCY)), output_field=IntegerField()))
    return ranked.order_by("rank", "kind", "enrolment__run__code", "due_at", "pk")


def just_called(user: User, *, now: datetime) -> MessageQuerySet:
    """Return the last ones that somebody put down as called today: one may have been a slip of the finger."""
    mine = Message.objects.visible_to(user).filter(state=MessageState.CALLED, done_by=user)
    recent = mine.filter(done_at__gt=now - JUST_NOW).order_by("-done_at", "-pk")
    return recent.select_related("enrolment__learner", "enrolment__run")[:SHOWN_AGAIN]


def put_down_called(*, message: Message, by: User, now: datetime) -> None:
    """打过了. Raises NotAllowed, Refused."""
    refuse_unless_may(Right.ENROL, by=by, organisation=message.enrolment.run.organiser)
    _change(message, MessageState.CALLED, by=by, now=now)


def put_down_no_answer(*, message: Message, by: User, now: datetime) -> None:
    """没人接: it stays on the list, with who tried last. Raises NotAllowed, Refused."""
    refuse_unless_may(Right.ENROL, by=by, organisation=message.enrolment.run.organiser)
    _change(message, MessageState.TO_CALL, by=by, now=now)


def put_back(*, message: Message, by: User) -> None:
    """点错了: what one put down as called oneself goes back onto the list; the calls before it stay counted.

    Raises NotAllowed, Refused.
    """
    refuse_unless_may(Right.ENROL, by=by, organisation=message.enrolment.run.organiser)
    called = Message.objects.filter(pk=message.pk, state=MessageState.CALLED, done_by=by)
    back = called.update(state=MessageState.TO_CALL, done_at=None, done_by=None, attempts=F("attempts") - 1)
    if not back:
        raise Refused("not-called", "只有您自己刚点过“打过了”的，才能放回去。")


@transaction.atomic
def reveal_number(*, message: Message, by: User) -> str:
    """Return the whole number to ring up. Raises NotAllowed, Refused without one, or when there is no call to make."""
    organiser = message.enrolment.run.organiser
    refuse_unless_may(Right.REVEAL_PHONES, by=by, organisation=organiser)
    if message.state != MessageState.TO_CALL:
        raise Refused("not-to-call", ALREADY)
    people = people_of(message.enrolment)
    if not people:
        raise Refused("no-phone", "这里没有留电话。")
    record(
        AuditVerb.REVEALED,
        by=by,
        subject=learner_of(message.enrolment),
        organisation_id=organiser.pk,
        detail=f"call-list {message.pk}",
    )
    return people[0].number


@transaction.atomic
def on_paper(*, rows: QuerySet, by: User, now: datetime) -> list[Telling]:
    """Return the list with whole numbers, and put down who printed how many. Raises NotAllowed."""
    acting = acting_with(by, Right.REVEAL_PHONES)
    told = tellings(rows[:MOST_ON_PAPER], now=now)
    detail = f"call-list {len(told)}"
    record(AuditVerb.PRINTED, by=by, organisation_id=acting.organisation_id, detail=detail)
    return told


def _change(message: Message, to: MessageState, *, by: User, now: datetime) -> None:
    """Only who finds it on the list changes it: two clerks with one list do not call twice."""
    there = Message.objects.filter(pk=message.pk, state=MessageState.TO_CALL)
    if not there.update(state=to, done_at=now, done_by=by, attempts=F("attempts") + 1):
        raise Refused("not-to-call", ALREADY)
