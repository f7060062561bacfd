"""What is taken: sessions as the rules see them, and whether others already hold the same."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format

from courses.models import ClassSession, TeachingPerson
from courses.rules.clashes import TRAVEL, Clash, Held, clash, is_tight
from courses.rules.places import place_words

WITH = ("run", "venue", "room", "teacher")


def held_by(session: ClassSession, helpers: Iterable[TeachingPerson] | None = None) -> Held:
    """Return what a saved session holds; give it its helpers, or a row with them prefetched.

    With its helpers given it is one of many on a board, which says itself what clashes: it is not put into words.
    """
    return Held(
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        venue=session.venue_id,
        room=session.room_id,
        teacher=session.teacher_id,
        helpers=frozenset(helper.pk for helper in (session.helpers.all() if helpers is None else helpers)),
        said=said_of(session) if helpers is None else "",
    )


def said_of(session: ClassSession) -> str:
    """Return a session as a refusal names it: class, day, time, place."""
    when = span_in_words(session.starts_at, session.ends_at)
    place = place_words(session.venue, session.room, otherwise="")
    return "，".join(filter(None, [f"{session.run.code} {session.run.title}", when, place]))


def span_in_words(starts_at: datetime, ends_at: datetime) -> str:
    """Return a session's day and hours: 11月11日 星期三 14:00–15:30."""
    starts, ends = timezone.localtime(starts_at), timezone.localtime(ends_at)
    return f"{date_format(starts, 'n月j日 l')} {starts:%H:%M}–{ends:%H:%M}"


def clashes_of(wanted: Sequence[Held], *, besides: Iterable[int] = ()) -> list[tuple[Held, Clash]]:
    """Return what the wanted sessions would hold twice: among themselves, and with planned sessions that are there.

    ``besides`` are ids of sessions that do not count: those being moved. Two queries, however many are wanted.
    """
    there = held_near(wanted, besides)
    found = []
    for place, one in enumerate(wanted):
        for other in [*wanted[:place], *there]:
            if hit := clash(one, other):
                found.append((one, hit))
    return found


def tight_of(wanted: Sequence[Held], *, besides: Iterable[int] = ()) -> list[tuple[Held, Held]]:
    """Return where somebody would have too little time to get from one place to another: a warning only."""
    there = held_near(wanted, besides)
    return [(one, other) for one in wanted for other in there if is_tight(one, other)]


def held_near(wanted: Sequence[Held], besides: Iterable[int]) -> list[Held]:
    """Return planned sessions that share a room or a person with the wanted ones, around their times."""
    if not wanted:
        return []
    rooms = {each.room for each in wanted if each.room}
    people = {person for each in wanted for person in each.people}
    first = min(each.starts_at for each in wanted) - TRAVEL
    last = max(each.ends_at for each in wanted) + TRAVEL
    near = ClassSession.objects.planned().overlapping(first, last).exclude(pk__in=list(besides))
    helping = ClassSession.helpers.through.objects.filter(teachingperson_id__in=people)
    same = Q(room_id__in=rooms) | Q(teacher_id__in=people) | Q(pk__in=helping.values("classsession_id"))
    rows = near.filter(same).select_related(*WITH).prefetch_related("helpers")
    return [held_by(row) for row in rows]
