"""Calendar links: made, renewed, taken back; and the sessions one shows."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from cms.enums import AuditVerb
from cms.models import User
from cms.services.audit import record
from courses.enums import FeedKind, Right
from courses.errors import NotAllowed, Refused
from courses.models import CalendarFeed, ClassSession, Organisation, Room, TeachingPerson
from courses.services.branches import acting_with, refuse_unless_may

PAST = timedelta(days=31)
# Telephones take only so much, and a term has fewer.
MOST_SESSIONS = 1000
WITH = ("organisation", "person", "room__venue", "school")


@transaction.atomic
def make_feed(*, of: TeachingPerson | Room | Organisation, by: User) -> tuple[CalendarFeed, str]:
    """Make a link for somebody, a room or a school; return it with its secret, which is nowhere else.

    Raises NotAllowed, and Refused when the own organisation has one already.
    """
    acting = acting_with(by, Right.PLAN_CLASSES)
    if not _is_at_hand(of, by):
        raise NotAllowed
    kind = _kind_of(of)
    # Two clicks at once: the second waits here, then finds the first one's link.
    Organisation.objects.select_for_update().get(pk=acting.organisation_id)
    if CalendarFeed.objects.live().filter(organisation=acting.organisation, **{kind: of}).exists():
        words = "已经有链接了。丢了，就在下面按“换一个新的”。"
        raise Refused("has-feed-already", words, fields={kind: words})
    feed = CalendarFeed(organisation=acting.organisation, made_by=by, **{kind: of})
    token = feed.new_token()
    feed.save()
    _record(AuditVerb.CREATED, feed, by, "")
    return feed, token


@transaction.atomic
def renew_feed(*, feed: CalendarFeed, by: User) -> str:
    """Give a link a new secret and return it; the old one leads nowhere from now on. Raises NotAllowed and Refused."""
    locked = _locked(feed, by)
    token = locked.new_token()
    locked.save(update_fields=["token_hash"])
    _record(AuditVerb.CHANGED, locked, by, "renewed")
    return token


@transaction.atomic
def revoke_feed(*, feed: CalendarFeed, by: User, at: datetime) -> CalendarFeed:
    """Take a link back: it leads nowhere from now on. Raises NotAllowed and Refused."""
    locked = _locked(feed, by)
    locked.revoked_at = at
    locked.save(update_fields=["revoked_at"])
    _record(AuditVerb.DISABLED, locked, by, "")
    return locked


def feed_of(token: str) -> CalendarFeed | None:
    """Return the link of a secret; None when there is none, it was taken back, or its person has left."""
    feed = CalendarFeed.objects.of_token(token).select_related(*WITH).first()
    if feed and feed.person and feed.person.left_on and feed.person.left_on <= timezone.localdate():
        return None
    return feed


def feed_sessions(feed: CalendarFeed, *, now: datetime) -> QuerySet[ClassSession]:
    """Return its sessions from a month ago on, cancelled ones too: of published classes, and of the own branch."""
    own = Organisation.objects.branch(feed.organisation)
    shown = Q(run__organiser__in=own.values("pk")) | Q(run__published_at__isnull=False)
    rows = ClassSession.objects.filter(shown, _whose(feed), starts_at__gte=now - PAST)
    return rows.select_related("run", "venue", "room", "teacher").order_by("starts_at", "pk")[:MOST_SESSIONS]


def _whose(feed: CalendarFeed) -> Q:
    if feed.person:
        helping = ClassSession.helpers.through.objects.filter(teachingperson=feed.person)
        return Q(teacher=feed.person) | Q(pk__in=helping.values("classsession_id"))
    if feed.room:
        return Q(room=feed.room)
    return Q(run__organiser__in=Organisation.objects.branch(feed.school).values("pk"))


def _kind_of(thing: TeachingPerson | Room | Organisation) -> str:
    if isinstance(thing, TeachingPerson):
        return FeedKind.PERSON.value
    return FeedKind.ROOM.value if isinstance(thing, Room) else FeedKind.SCHOOL.value


def _is_at_hand(thing: TeachingPerson | Room | Organisation, by: User) -> bool:
    if isinstance(thing, Organisation):
        return Organisation.objects.visible_to(by).filter(pk=thing.pk).exists()
    return type(thing).objects.at_hand_of(by).filter(pk=thing.pk).exists()


def _locked(feed: CalendarFeed, by: User) -> CalendarFeed:
    """Return the link for changing. Raises NotAllowed, and Refused when it was taken back."""
    refuse_unless_may(Right.PLAN_CLASSES, by=by, organisation=feed.organisation)
    locked = CalendarFeed.objects.select_for_update().get(pk=feed.pk)
    if locked.revoked_at:
        raise Refused("revoked", "这个链接已经收回了。要用，就做一个新的。")
    return locked


def _record(verb: AuditVerb, feed: CalendarFeed, by: User, detail: str) -> None:
    record(verb, by=by, subject=feed, organisation_id=feed.organisation_id, detail=detail)
