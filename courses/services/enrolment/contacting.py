"""Changing whom to call: the learner's own number, and who stands beside them for this class."""

from django.db import transaction

from cms.enums import AuditVerb
from cms.models import User
from cms.services.audit import record
from courses.enums import Right
from courses.errors import Refused, SamePerson
from courses.models import Enrolment, Learner
from courses.rules.enrolment import NOT_PROVEN, contact_refusals
from courses.rules.names import tidy
from courses.rules.phones import normalised, phone_refusal
from courses.services.branches import refuse_unless_may
from courses.services.learners import LearnerFacts, correct

# Whose it is already is not told: a number is known to neighbours, too.
NOT_THIS_NUMBER = "这个号码不能用在这里。请换一个号码，或者打电话，我们帮您改。"


@transaction.atomic
def change_contact(
    *,
    enrolment: Enrolment,
    phone: str = "",
    contact_name: str = "",
    contact_phone: str = "",
    by: User | None,
) -> Enrolment:
    """Write down new numbers; an empty one stays as it was. Without a name nobody stands beside the learner any more.

    ``by`` None is the person, whose own number changes only where the enrolment proves that it is them. Raises
    NotAllowed; Refused, by field.
    """
    refuse_unless_may(Right.ENROL, by=by, organisation=enrolment.run.organiser)
    name, number = tidy(contact_name), normalised(contact_phone)
    row = Enrolment.objects.select_related("run").get(pk=enrolment.pk)
    own = normalised(phone)
    _refuse_wrong(row, phone=own, contact_name=name, contact_phone=number)
    if own:
        if by is None and not row.proves_who:
            raise Refused(NOT_PROVEN.code, NOT_PROVEN.message, fields={"phone": NOT_PROVEN.message})
        _change_own_number(Learner.canonical_of(row.learner_id), own, by=by)
    if changed := _take_over(row, name, number):
        row.save(update_fields=changed)
        detail = " ".join(changed)
        record(AuditVerb.CHANGED, by=by, subject=row, organisation_id=row.run.organiser_id, detail=detail)
    return row


def _refuse_wrong(row: Enrolment, *, phone: str, contact_name: str, contact_phone: str) -> None:
    has_number = bool(contact_phone or row.contact_phone)
    wrong = contact_refusals(name=contact_name, phone=contact_phone)
    if words := phone and phone_refusal(phone):
        wrong["phone"] = words
    if contact_name and not has_number:
        wrong["contact_phone"] = "请填这个人的电话，不然找不到。"
    if contact_phone and not contact_name:
        wrong["contact_name"] = "请填这是谁的电话。"
    if wrong:
        raise Refused("facts", "还有地方要改。", fields=wrong)


def _change_own_number(learner: Learner, number: str, *, by: User | None) -> None:
    """Let the learner be found under another number, and nothing else about them change."""
    names = ("name", "birth_year", "says_senior", "sex", "area", "contact_name", "is_identity_confirmed")
    kept = {name: getattr(learner, name) for name in names}
    try:
        correct(learner=learner, facts=LearnerFacts(phone=number, contact_phone=None, **kept), by=by)
    except Refused as refusal:
        if by is None and (isinstance(refusal, SamePerson) or refusal.code == "household-full"):
            raise Refused("number-taken", NOT_THIS_NUMBER, fields={"phone": NOT_THIS_NUMBER}) from None
        raise


def _take_over(row: Enrolment, name: str, number: str) -> list[str]:
    """Set what differs; return the names of those fields. Without a name its number goes, too."""
    changed = []
    if name != row.contact_name:
        row.contact_name = name
        changed.append("contact_name")
    wanted = number or (row.whole_contact_phone() if name else "")
    if wanted != row.whole_contact_phone():
        row.keep_contact_phone(wanted)
        changed.append("contact_phone")
    return changed
