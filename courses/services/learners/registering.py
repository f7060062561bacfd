"""Registering: the same person twice is one learner, another name under the same number another of the household."""

from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone

from cms.enums import AuditVerb
from cms.models import User
from cms.services.audit import record
from cms.services.prepared import insert, insert_unless_there
from courses.enums import Right
from courses.errors import Refused
from courses.models import Learner, LearnerPlace, Organisation
from courses.rules.learners import household_refusal
from courses.rules.names import name_key
from courses.services.branches import refuse_unless_may
from courses.services.learners.facts import LearnerFacts
from courses.services.learners.guard import (
    locked,
    refuse_unless_sees,
    refuse_unless_there,
    to_hold_identity,
)
from courses.services.roll_call.restating import restate

# What a second registration may add where the first left a blank.
BLANKS = ("birth_year", "says_senior", "sex", "area", "contact_name")


@dataclass(frozen=True)
class Registered:
    """Who was registered; ``household`` are the others under the same number that the one who asked may see."""

    learner: Learner
    is_new: bool
    household: list[Learner] = field(default_factory=list)


@dataclass(frozen=True)
class Identified:
    """Whom facts are about: the learner there is, None for nobody yet; ``others`` share the telephone number."""

    facts: LearnerFacts
    learner: Learner | None
    others: int = 0

    @property
    def can_be_registered(self) -> bool:
        """True when they are nobody yet, and their household has room."""
        return self.learner is None and not household_refusal(self.others)


@transaction.atomic
def register(
    *, organisation: Organisation, by: User | None, is_demo: bool = False, **facts: Any
) -> Registered:
    """Register a learner at an organisation; ``facts`` are those of `LearnerFacts`.

    Who is known already, here or elsewhere, is not doubled: they become known here too, and blanks are filled. ``by``
    None is the system itself. Raises NotAllowed, and Refused for wrong facts and for a household that is full.
    """
    refuse_unless_may(Right.CHANGE_LEARNERS, by=by, organisation=organisation)
    who = identify(LearnerFacts(**facts).checked())
    learner, is_new = settle(who, organisation_id=organisation.pk, by=by, is_demo=is_demo)
    if is_new:
        record(AuditVerb.CREATED, by=by, subject=learner, organisation_id=organisation.pk)
    return Registered(learner, is_new, household_of(learner, by=by))


def identify(facts: LearnerFacts) -> Identified:
    """Return whom checked facts are about, held until the transaction ends; nobody else can register them meanwhile."""
    learner, others = facts.among_all(first=to_hold_identity(phone=facts.phone or "", name=facts.name))
    return Identified(facts, learner and _held(learner, facts), others)


def _held(learner: Learner, facts: LearnerFacts) -> Learner | None:
    """Return the learner as they are now, held. Who was merged or erased while one waited is looked for anew."""
    (row,) = locked(learner)
    while row.merged_into_id:
        (row,) = locked(row.merged_into)
    return facts.identified() if row.erased_at else row


def settle(
    who: Identified, *, organisation_id: int, by: User | None, is_demo: bool = False
) -> tuple[Learner, bool]:
    """Make the learner known at an organisation: a new one, or the one there is with blanks filled.

    Returns them and whether they are new; that is for the caller to put down. Raises Refused for a household that is
    full.
    """
    learner, is_new = (who.learner, False) if who.learner else _made(who, is_demo=is_demo)
    if is_new:
        insert(LearnerPlace(learner=learner, organisation_id=organisation_id))
    else:
        if {"birth_year", "says_senior"} & set(_fill_blanks(learner, who.facts)):
            restate(learner, by=by, now=timezone.now())
        _placed(learner, organisation_id, by=by)
    return learner, is_new


@transaction.atomic
def know_at(*, learner: Learner, organisation: Organisation, by: User | None) -> None:
    """Let an organisation know a learner whom ``by`` sees already. Raises NotAllowed, Refused."""
    refuse_unless_sees(Right.CHANGE_LEARNERS, by=by, learners=(learner,))
    refuse_unless_may(Right.CHANGE_LEARNERS, by=by, organisation=organisation)
    refuse_unless_there(learner)
    _placed(learner, organisation.pk, by=by)


def household_of(learner: Learner, *, by: User | None) -> list[Learner]:
    """Return the others under the learner's number, as far as ``by`` sees them."""
    if not learner.phone_key:
        return []
    rows = Learner.objects.canonical() if by is None else Learner.objects.canonical().visible_to(by)
    return list(rows.filter(phone_key=learner.phone_key).exclude(pk=learner.pk))


def refuse_full_household(phone: str, *, besides: int | None = None) -> None:
    """Raise Refused when there is no room for one more under this number. ``besides`` is the one who moves there."""
    _refuse_full(Learner.objects.canonical().with_phone(phone).exclude(pk=besides).count())


def _refuse_full(others: int) -> None:
    if words := household_refusal(others):
        raise Refused("household-full", words, fields={"phone": words})


def _made(who: Identified, *, is_demo: bool) -> tuple[Learner, bool]:
    """Return a new learner and True, or the same one who appeared meanwhile and False. Refuses a full household."""
    _refuse_full(who.others)
    facts = who.facts
    learner = Learner(
        name=facts.name,
        name_key=name_key(facts.name),
        birth_year=facts.birth_year,
        says_senior=facts.says_senior,
        sex=facts.sex,
        area=facts.area,
        contact_name=facts.contact_name,
        is_identity_confirmed=facts.is_identity_confirmed,
        is_demo=is_demo,
    )
    learner.keep_phone(facts.phone or "")
    learner.keep_contact_phone(facts.contact_phone or "")
    if insert_unless_there(learner):
        return learner, True
    # Somebody else was quicker by a hair: the constraint says so, and now they can be seen.
    if there := facts.identified():
        return there, False
    # Something else is wrong with it: let the database say what.
    insert(learner)
    return learner, True


def _fill_blanks(learner: Learner, facts: LearnerFacts) -> list[str]:
    """Take over what was not known, and return which that is; nothing that is known is overwritten."""
    blank = [name for name in BLANKS if not getattr(learner, name) and getattr(facts, name)]
    for name in blank:
        setattr(learner, name, getattr(facts, name))
    if facts.contact_phone and not learner.contact_phone:
        learner.keep_contact_phone(facts.contact_phone)
        blank.append("contact_phone")
    if blank:
        learner.save(update_fields=blank)
    return blank


def _placed(learner: Learner, organisation_id: int, *, by: User | None) -> None:
    _, added = LearnerPlace.objects.get_or_create(learner=learner, organisation_id=organisation_id)
    if added:
        record(AuditVerb.CHANGED, by=by, subject=learner, organisation_id=organisation_id, detail="place")
