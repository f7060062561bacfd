"""Rooms of venues, their weeks, and the days on which they are closed. Each is put down."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from cms.enums import AuditVerb
from cms.models import User
from cms.services.audit import record
from courses.enums import Right
from courses.errors import Refused
from courses.models import Closure, OpeningHours, Room, Venue
from courses.rules.opening import Hours, joined, week_refusals
from courses.rules.places import closure_refusals
from courses.services.branches import refuse_unless_may
from courses.services.places import give_up, refuse_first, take_up


@transaction.atomic
def add_room(
    *, venue: Venue, name: str, seats: int | None, by: User | None, hours: Iterable[Hours] = ()
) -> Room:
    """Add a room with its week. Raises NotAllowed, and Refused: a name twice, a given-up venue, bad hours."""
    refuse_unless_may(Right.CHANGE_PLACES, by=by, organisation=venue.organisation)
    _refuse_name_twice(venue, name)
    if venue.is_given_up(on=timezone.localdate()):
        raise Refused("venue-closed", "这个场地已经不用了。先恢复场地，再加教室。")
    room = Room.objects.create(venue=venue, name=name, seats=seats)
    _put_down(AuditVerb.CREATED, room, by)
    _keep_week(room, hours, by)
    return room


@transaction.atomic
def change_room(*, room: Room, name: str, seats: int | None, by: User | None) -> Room:
    """Change a room's name and seats. Raises NotAllowed, and Refused when another room has the name."""
    refuse_unless_may(Right.CHANGE_PLACES, by=by, organisation=room.venue.organisation)
    _refuse_name_twice(room.venue, name, but=room)
    changed = [field for field, value in (("name", name), ("seats", seats)) if getattr(room, field) != value]
    room.name, room.seats = name, seats
    room.save(update_fields=changed)
    if changed:
        _put_down(AuditVerb.CHANGED, room, by, " ".join(changed))
    return room


@transaction.atomic
def close_room(*, room: Room, on: date, by: User | None) -> None:
    """Give a room up from the day ``on``. Raises NotAllowed, and Refused for a day that is over."""
    refuse_unless_may(Right.CHANGE_PLACES, by=by, organisation=room.venue.organisation)
    give_up(room, on=on, by=by, organisation=room.venue.organisation)


@transaction.atomic
def reopen_room(*, room: Room, by: User | None) -> None:
    """Take a room into use again. Raises NotAllowed, and Refused when it was never given up."""
    refuse_unless_may(Right.CHANGE_PLACES, by=by, organisation=room.venue.organisation)
    take_up(room, by=by, organisation=room.venue.organisation)


@transaction.atomic
def set_opening_hours(*, room: Room, hours: Iterable[Hours], by: User | None) -> None:
    """Keep a whole week in place of the old one; hours that touch are kept as one. Raises NotAllowed and Refused."""
    refuse_unless_may(Right.CHANGE_PLACES, by=by, organisation=room.venue.organisation)
    _keep_week(room, hours, by)


@transaction.atomic
def add_closure(
    *, venue: Venue, room: Room | None, starts_on: date, ends_on: date, reason: str, by: User | None
) -> Closure:
    """Close a venue, or one room of it, from a day to a day, both included. Raises NotAllowed and Refused."""
    refuse_unless_may(Right.CHANGE_PLACES, by=by, organisation=venue.organisation)
    refuse_first(closure_refusals(starts_on=starts_on, ends_on=ends_on, today=timezone.localdate()))
    if room and room.venue_id != venue.pk:
        words = "这间教室不在这个场地。"
        raise Refused("room-elsewhere", words, fields={"room": words})
    closure = Closure.objects.create(
        venue=venue, room=room, starts_on=starts_on, ends_on=ends_on, reason=reason
    )
    record(
        AuditVerb.CREATED,
        by=by,
        subject=closure,
        organisation_id=venue.organisation_id,
        detail=f"{starts_on} {ends_on}",
    )
    return closure


@transaction.atomic
def remove_closure(*, closure: Closure, by: User | None) -> None:
    """Open again: what is to come is deleted, what has begun ends yesterday. Raises NotAllowed and Refused.

    Days that were closed stay closed: why a class was not held then must still be seen.
    """
    refuse_unless_may(Right.CHANGE_PLACES, by=by, organisation=closure.venue.organisation)
    today = timezone.localdate()
    if closure.ends_on < today:
        raise Refused("closure-over", "这次暂停已经结束了，留着做记录，不能去掉。")
    subject = {"by": by, "subject": closure, "organisation_id": closure.venue.organisation_id}
    if closure.starts_on >= today:
        record(AuditVerb.DELETED, **subject)
        closure.delete()
        return
    closure.ends_on = today - timedelta(days=1)
    closure.save(update_fields=["ends_on"])
    record(AuditVerb.CHANGED, **subject, detail="ends_on")


def _refuse_name_twice(venue: Venue, name: str, *, but: Room | None = None) -> None:
    # The venue's row is held, so that two clerks do not take the same name at once.
    Venue.objects.select_for_update().get(pk=venue.pk)
    same = venue.rooms.filter(name=name).exclude(pk=but.pk if but else None)
    if same.exists():
        words = f"这个场地已经有“{name}”了。换一个名字，或者去改那一间。"
        raise Refused("room-name-twice", words, fields={"name": words})


def _keep_week(room: Room, hours: Iterable[Hours], by: User | None) -> None:
    wanted = sorted(hours)
    if refusals := week_refusals(wanted):
        fields = {f"day_{day}": words for day, words in refusals.items()}
        raise Refused("hours-do-not-fit", next(iter(refusals.values())), fields=fields)
    week = joined(wanted)
    if week == room.week():
        return
    room.opening_hours.all().delete()
    OpeningHours.objects.bulk_create(OpeningHours(room=room, **each._asdict()) for each in week)
    _put_down(AuditVerb.CHANGED, room, by, "opening_hours")


def _put_down(verb: AuditVerb, room: Room, by: User | None, detail: str = "") -> None:
    record(verb, by=by, subject=room, organisation_id=room.venue.organisation_id, detail=detail)
