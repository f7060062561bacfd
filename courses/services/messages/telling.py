"""What a message says and to whom, made from the rows as they are now: for sending, and for reading aloud."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, Subquery, When
from django.utils import timezone

from cms.models import SiteSettings
from courses.enums import EnrolmentState, MessageKind
from courses.models import ClassSession, Enrolment, Learner, Message
from courses.models.message import MessageQuerySet
from courses.rules.addressees import Addressee, in_order, to_ring_up, to_write_to
from courses.rules.messages import ToldFacts, words_for
from courses.rules.places import place_words

WITH = ("enrolment__run__organiser", "enrolment__learner__merged_into", "session__venue", "session__room")
SESSION = ("starts_at", "venue__name", "room__name")


@dataclass(frozen=True)
class Telling:
    """A message with what it can say; ``people`` can be told, the first first."""

    message: Message
    facts: ToldFacts
    people: list[Addressee]

    @property
    def written_to(self) -> Addressee | None:
        """Whom a short message reaches."""
        return to_write_to(self.people)

    @property
    def rung_up(self) -> Addressee | None:
        """Whom to ask for on the telephone."""
        return to_ring_up(self.people)

    @property
    def words(self) -> str:
        return words_for(MessageKind(self.message.kind), self.facts)


def tellings(rows: Iterable[Message], *, now: datetime) -> list[Telling]:
    """Return what these messages say, in the same order. Three queries, however many."""
    ids = [each.pk for each in rows]
    if not ids:
        return []
    hotline, found = SiteSettings.load().hotline, _with_what_they_say(ids, now)
    wanted = [each.next_session for each in found.values() if each.next_session]
    coming = {
        row[0]: row[1:] for row in ClassSession.objects.filter(pk__in=wanted).values_list("pk", *SESSION)
    }
    return [_telling(found[pk], coming, hotline, now) for pk in ids]


def learner_of(enrolment: Enrolment) -> Learner:
    """Return whom it is about: a merged learner is the one they were merged into."""
    return enrolment.learner.merged_into or enrolment.learner


def people_of(enrolment: Enrolment) -> list[Addressee]:
    """Return who can be told about an enrolment, the first first.

    The numbers are whole: for sending, and for services that put down who asked.
    """
    learner = learner_of(enrolment)
    return in_order(
        Addressee(learner.name, learner.whole_phone()),
        Addressee(enrolment.contact_name, enrolment.whole_contact_phone(), is_other=True),
        [Addressee(learner.contact_name, learner.whole_contact_phone(), is_other=True)],
        filled_by=enrolment.filled_by,
    )


def _with_what_they_say(ids: list[int], now: datetime) -> dict[int, Any]:
    next_one = ClassSession.objects.planned().filter(run=OuterRef("enrolment__run"), starts_at__gt=now)
    number = OuterRef("enrolment__learner__phone_key")
    household = Learner.objects.canonical().filter(phone_key=number).exclude(phone_key="")
    rows: MessageQuerySet = Message.objects.filter(pk__in=ids).select_related(*WITH)
    return rows.annotate(
        next_session=Subquery(next_one.order_by("starts_at").values("pk")[:1]),
        shares_phone=Exists(household.exclude(pk=OuterRef("enrolment__learner"))),
        place=Case(When(kind=MessageKind.WAITING, then=_place()), default=0, output_field=IntegerField()),
    ).in_bulk()


def _place() -> Subquery:
    """Count who comes first on the waiting list: `waiting_list.place_of`, for many at once."""
    mine = {name: OuterRef(f"enrolment__{name}") for name in ("priority", "created_at", "pk")}
    same = Q(priority=mine["priority"])
    earlier = Q(created_at__lt=mine["created_at"]) | Q(created_at=mine["created_at"], pk__lte=mine["pk"])
    before = Enrolment.objects.filter(
        Q(priority__gt=mine["priority"]) | (same & earlier),
        run=OuterRef("enrolment__run"),
        state=EnrolmentState.WAITLISTED,
    )
    return Subquery(before.order_by().values("run").annotate(many=Count("*")).values("many"))


def _telling(row: Any, coming: dict[int, tuple], hotline: str, now: datetime) -> Telling:
    people = people_of(row.enrolment)
    reader = to_write_to(people)
    is_read_by_others = row.shares_phone or (reader is not None and reader.is_other)
    name = learner_of(row.enrolment).name if is_read_by_others else ""
    return Telling(row, _facts(row, coming.get(row.next_session), hotline, now, name), people)


def _facts(row: Any, following: tuple | None, hotline: str, now: datetime, name: str) -> ToldFacts:
    """``following`` is when and where the class meets next."""
    enrolment, session = row.enrolment, row.session
    run = enrolment.run
    about = (session.starts_at, session.venue, session.room) if session else following or (None, "", "")
    return ToldFacts(
        title=run.title,
        phone=run.contact_phone or hotline,
        at=_here(about[0]),
        next_at=_here(following[0]) if following and session else None,
        until=_here(enrolment.offered_until),
        where=place_words(*about[1:]) if about[0] else "",
        voucher=enrolment.voucher,
        place=row.place or 0,
        because=(session.cancelled_because if session else "") or run.cancelled_because,
        is_today=about[0] is not None and _here(about[0]).date() == _here(now).date(),
        name=name,
    )


def _here(moment: datetime | None) -> datetime | None:
    return timezone.localtime(moment) if moment else None
