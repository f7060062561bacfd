"""和别的线比对: our held sessions beside what another line says it held on the same day at the same place (R11).

It points at them, and nothing of theirs is ever added to our number.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count

from cms.models import User
from courses.models import Attendance, ClassSession, LineActivity, ReportedLine
from courses.rules.counting import first_of_month, last_of_month
from courses.rules.lines import same_place
from courses.rules.sheets.cells import key_of


@dataclass(frozen=True)
class Match:
    """One of our sessions and one of their activities; ``why`` says what is the same, ``ours`` our 人次."""

    session: ClassSession
    activity: LineActivity
    why: str
    ours: int


def has_list(line: ReportedLine) -> bool:
    """True when any list of this line was imported: without one nothing can be compared."""
    return line.activities.exists()


def months_of(line: ReportedLine) -> list[date]:
    """Return the months that this line's list tells of, by their first days, the latest first."""
    return list(line.activities.dates("on", "month", order="DESC"))


def matches(line: ReportedLine, user: User, *, month: date, now: datetime) -> list[Match]:
    """Return what may be one activity reported twice in the month of a day, by day. Three queries, however many."""
    of_month = {"on__gte": first_of_month(month), "on__lte": last_of_month(month)}
    theirs: dict[date, list[LineActivity]] = defaultdict(list)
    for activity in line.activities.filter(**of_month):
        theirs[activity.on].append(activity)
    if not theirs:
        return []
    held = ClassSession.objects.visible_to(user).planned().in_month(month)
    rows = held.filter(ends_at__lte=now, venue__isnull=False).select_related("run__organiser", "venue")
    found = [
        (session, activity, why)
        for session in rows.order_by("starts_at", "pk")
        for activity in theirs.get(session.on, ())
        if (why := _same_place(session, activity))
    ]
    ours = _counted(held) if found else {}
    return [Match(session, activity, why, ours.get(session.pk, 0)) for session, activity, why in found]


def _same_place(session: ClassSession, activity: LineActivity) -> str:
    return same_place(
        area=activity.area_id,
        place_key=activity.place_key,
        venue_area=session.venue.area_id,
        venue_key=key_of(session.venue.name),
    )


def _counted(held) -> dict[int, int]:
    """Return the 人次 of each session."""
    rows = Attendance.objects.counted().filter(session__in=held.order_by().values("pk"))
    people = rows.by_person().order_by().values("session").annotate(many=Count("person", distinct=True))
    return dict(people.values_list("session", "many"))
