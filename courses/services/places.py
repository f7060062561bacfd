"""Venues: making and changing them, giving them up, the sign for the door. Each is put down."""

from datetime import date
from typing import TypedDict, Unpack

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from cms.enums import AuditVerb
from cms.models import User
from cms.services.audit import record
from courses.enums import Right
from courses.errors import Refused
from courses.models import Area, Organisation, Room, Venue
from courses.models.venue import new_sign_code
from courses.rules.places import venue_refusals
from courses.services.branches import refuse_unless_may
from courses.services.pictures import discard_picture, keep_picture


class VenueFacts(TypedDict):
    """What is known of a venue; ``capacity`` None is unlimited, 0 is none."""

    name: str
    kind: str
    area: Area
    address: str
    way: str
    has_step_free_way: bool
    has_hearing_loop: bool
    has_wifi: bool
    has_projector: bool
    is_epidemic_ready: bool
    epidemic_checked_on: date | None
    capacity: int | None


def refuse_first(refusals: dict[str, tuple[str, str]]) -> None:
    """Raise Refused for what a rule found, each sentence beside its field."""
    for code, words in refusals.values():
        raise Refused(code, words, fields={field: said for field, (_, said) in refusals.items()})


@transaction.atomic
def create_venue(
    *,
    organisation: Organisation,
    by: User | None,
    picture: UploadedFile | None = None,
    picture_words: str = "",
    **facts: Unpack[VenueFacts],
) -> Venue:
    """Make a venue that ``organisation`` looks after. Raises NotAllowed, and Refused for a bad day or picture."""
    refuse_unless_may(Right.CHANGE_PLACES, by=by, organisation=organisation)
    _refuse_bad_facts(facts)
    venue = Venue.objects.create(organisation=organisation, **facts)
    _hang(venue, picture, picture_words, by)
    record(AuditVerb.CREATED, by=by, subject=venue, organisation_id=organisation.pk)
    return venue


@transaction.atomic
def change_venue(
    *,
    venue: Venue,
    organisation: Organisation,
    by: User | None,
    picture: UploadedFile | None = None,
    picture_words: str = "",
    **facts: Unpack[VenueFacts],
) -> Venue:
    """Change what is known of a venue, and perhaps who looks after it: both must be in the branch of ``by``.

    A new picture takes the place of the old one. Raises NotAllowed, and Refused for a bad day or picture.
    """
    rows = Venue.objects.select_for_update(of=("self",)).select_related("organisation", "picture")
    venue = rows.get(pk=venue.pk)
    for each in (venue.organisation, organisation):
        refuse_unless_may(Right.CHANGE_PLACES, by=by, organisation=each)
    _refuse_bad_facts(facts)
    wanted = {"organisation": organisation, **facts}
    changed = [name for name, value in wanted.items() if getattr(venue, name) != value]
    for name in changed:
        setattr(venue, name, wanted[name])
    venue.save(update_fields=changed)
    if _hang(venue, picture, picture_words, by) or _say_anew(venue, picture_words):
        changed.append("picture")
    if changed:
        detail = " ".join(changed)
        record(AuditVerb.CHANGED, by=by, subject=venue, organisation_id=organisation.pk, detail=detail)
    return venue


@transaction.atomic
def remove_picture(*, venue: Venue, by: User | None) -> None:
    """Take a venue's picture away. Raises NotAllowed, and Refused when it has none."""
    refuse_unless_may(Right.CHANGE_PLACES, by=by, organisation=venue.organisation)
    if venue.picture is None:
        raise Refused("no-picture", "这里没有照片，可能别人已经去掉了。")
    _take_down(venue)
    _put_down(venue, by, "picture removed")


@transaction.atomic
def close_venue(*, venue: Venue, on: date, by: User | None) -> None:
    """Give a venue up from the day ``on``. Raises NotAllowed, and Refused for a day that is over."""
    refuse_unless_may(Right.CHANGE_PLACES, by=by, organisation=venue.organisation)
    give_up(venue, on=on, by=by, organisation=venue.organisation)


@transaction.atomic
def reopen_venue(*, venue: Venue, by: User | None) -> None:
    """Take a venue into use again. Raises NotAllowed, and Refused when it was never given up."""
    refuse_unless_may(Right.CHANGE_PLACES, by=by, organisation=venue.organisation)
    take_up(venue, by=by, organisation=venue.organisation)


@transaction.atomic
def renew_sign(*, venue: Venue, by: User | None) -> str:
    """Give the venue a new code and return it: signs that hang or were stolen are unknown from now on.

    Raises NotAllowed.
    """
    refuse_unless_may(Right.CHANGE_PLACES, by=by, organisation=venue.organisation)
    venue.sign_code = new_sign_code()
    venue.save(update_fields=["sign_code"])
    _put_down(venue, by, "sign renewed")
    return venue.sign_code


def give_up(thing: Venue | Room, *, on: date, by: User | None, organisation: Organisation) -> None:
    """Keep the day from which a venue or room is not used any more. Raises Refused."""
    today = timezone.localdate()
    if thing.closed_on and thing.closed_on <= today:
        raise Refused("closed-already", f"这里从 {thing.closed_on:%Y-%m-%d} 起已经不用了。")
    if on < today:
        words = "日子已经过去了。请填今天，或者以后的一天。"
        raise Refused("closed-in-the-past", words, fields={"on": words})
    thing.closed_on = on
    thing.save(update_fields=["closed_on"])
    record(AuditVerb.DISABLED, by=by, subject=thing, organisation_id=organisation.pk, detail=f"{on}")


def take_up(thing: Venue | Room, *, by: User | None, organisation: Organisation) -> None:
    """Forget that a venue or room was, or was to be, given up. Raises Refused."""
    if thing.closed_on is None:
        raise Refused("not-closed", "这里本来就在用。")
    thing.closed_on = None
    thing.save(update_fields=["closed_on"])
    record(AuditVerb.ENABLED, by=by, subject=thing, organisation_id=organisation.pk)


def _refuse_bad_facts(facts: VenueFacts) -> None:
    refuse_first(
        venue_refusals(
            is_epidemic_ready=facts["is_epidemic_ready"],
            epidemic_checked_on=facts["epidemic_checked_on"],
            today=timezone.localdate(),
        )
    )


def _hang(venue: Venue, picture: UploadedFile | None, words: str, by: User | None) -> bool:
    """Put the uploaded picture in the place of the old one; return whether there is one."""
    if picture is None:
        return False
    kept = keep_picture(picture, title=venue.name, words=words or f"{venue.name}的照片", by=by)
    _take_down(venue)
    venue.picture = kept
    venue.save(update_fields=["picture"])
    return True


def _say_anew(venue: Venue, words: str) -> bool:
    """Keep other words for the picture that hangs there; return whether they are others."""
    if venue.picture is None or words in ("", venue.picture.description):
        return False
    venue.picture.description = words
    venue.picture.save(update_fields=["description"])
    return True


def _take_down(venue: Venue) -> None:
    if old := venue.picture:
        venue.picture = None
        venue.save(update_fields=["picture"])
        discard_picture(old)


def _put_down(venue: Venue, by: User | None, detail: str) -> None:
    record(AuditVerb.CHANGED, by=by, subject=venue, organisation_id=venue.organisation_id, detail=detail)
