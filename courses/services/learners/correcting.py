"""Correcting what is known about a learner."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from cms.enums import AuditVerb
from cms.models import User
from cms.services.audit import record
from courses.enums import Right
from courses.errors import SamePerson
from courses.models import Learner
from courses.services.learners.facts import LearnerFacts
from courses.services.learners.guard import (
    acting_organisation_id,
    hold_identity,
    locked,
    refuse_unless_sees,
    refuse_unless_there,
)
from courses.services.learners.registering import refuse_full_household
from courses.services.roll_call.restating import restate

PLAIN = ("name", "birth_year", "says_senior", "sex", "area", "contact_name", "is_identity_confirmed")


@transaction.atomic
def correct(*, learner: Learner, facts: LearnerFacts, by: User | None) -> Learner:
    """Write down what is right; a number that is None stays as it was. The audit holds names of fields only.

    Raises NotAllowed; Refused for wrong facts, for a full household and for who is merged or erased; SamePerson when
    somebody of that name and number (or name, birth year and street) is there already: merge them instead.
    """
    refuse_unless_sees(Right.CHANGE_LEARNERS, by=by, learners=(learner,))
    known = facts.checked(kept_phone=Learner.objects.get(pk=learner.pk).whole_phone())
    # Before the row, as registering does: two that wait for each other would both be turned away.
    hold_identity(phone=known.phone or "", name=known.name)
    (row,) = locked(learner)
    refuse_unless_there(row)
    other = known.identified()
    if other is not None and other.pk != row.pk:
        raise _same_person(other, by=by)
    changed = _take_over(row, known)
    if "phone" in changed and known.phone:
        refuse_full_household(known.phone, besides=row.pk)
    _saved(row, known, by=by)
    if {"birth_year", "says_senior"} & set(changed):
        restate(row, by=by, now=timezone.now())
    if changed:
        organisation = acting_organisation_id(by)
        record(AuditVerb.CHANGED, by=by, subject=row, organisation_id=organisation, detail=" ".join(changed))
    return row


def _take_over(row: Learner, facts: LearnerFacts) -> list[str]:
    """Set what differs; return the names of those fields."""
    changed = [name for name in PLAIN if getattr(row, name) != getattr(facts, name)]
    for name in changed:
        setattr(row, name, getattr(facts, name))
    if facts.phone != row.whole_phone():
        row.keep_phone(facts.phone or "")
        changed.append("phone")
    if facts.contact_phone is not None and facts.contact_phone != row.whole_contact_phone():
        row.keep_contact_phone(facts.contact_phone)
        changed.append("contact_phone")
    return changed


def _saved(row: Learner, facts: LearnerFacts, *, by: User | None) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise _same_person(facts.identified(), by=by) from None


def _same_person(other: Learner | None, *, by: User | None) -> SamePerson:
    """Return the refusal; somebody out of sight is not shown, only how to come to see them."""
    is_seen = other is not None and (
        by is None or Learner.objects.visible_to(by).filter(pk=other.pk).exists()
    )
    if is_seen:
        return SamePerson("这样改，就和另一位学员一样了。要是同一个人，请合并这两条。", other_id=other.pk)
    return SamePerson(
        "这个人在别的机构已经登记过。请用“登记学员”再登记一次，您就看得到那一条，再来合并。", other_id=None
    )
