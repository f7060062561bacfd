"""今天: what classes have waiting for one person, each list in a query or two however long it is."""

from datetime import date, datetime, timedelta

from django.db.models import F, Q

from cms.models import User
from courses.enums import RunMode
from courses.models import ClassSession, CourseRun, Membership
from courses.models.class_session import ClassSessionQuerySet
from courses.services.progress.classes import silent_sessions
from courses.services.progress.places import seen_by

SOON = timedelta(days=14)


def sessions_today(user: User, *, on: date, only_own: bool) -> ClassSessionQuerySet:
    """Return the branch's sessions of a day, the first first; or only those ``user`` teaches or helps at."""
    rows = ClassSession.objects.visible_to(user).planned().on_day(on)
    if only_own:
        helping = ClassSession.helpers.through.objects.filter(teachingperson__user=user)
        rows = rows.filter(Q(teacher__user=user) | Q(pk__in=helping.values("classsession_id")))
    return rows.select_related("run", "venue", "room", "teacher").order_by("starts_at", "pk")


def drafts(user: User):
    """Return the branch's classes that nobody has seen yet, the one that begins first first."""
    rows = CourseRun.objects.visible_to(user).filter(published_at=None, cancelled_at=None).with_dates()
    return rows.select_related("organiser").order_by(F("first_at").asc(nulls_last=True), "pk")


def without_teacher(user: User, *, now: datetime) -> ClassSessionQuerySet:
    """Return the branch's sessions of the next 14 days that nobody teaches yet; recorded ones need nobody."""
    rows = ClassSession.objects.visible_to(user).planned().filter(teacher=None)
    coming = rows.filter(starts_at__gte=now, starts_at__lt=now + SOON).exclude(mode=RunMode.RECORDED)
    return coming.select_related("run__organiser", "venue", "room").order_by("starts_at", "pk")


def without_roll(acting: Membership, user: User, *, now: datetime) -> ClassSessionQuerySet:
    """Return the sessions of an identity's place and branch that are over for two days without a roll."""
    rows = silent_sessions(seen_by(acting).place, now=now).visible_to(user)
    return rows.select_related("run__organiser", "teacher").order_by("starts_at", "pk")
