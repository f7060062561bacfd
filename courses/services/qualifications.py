"""What teachers and volunteers have proved: put down with its day, taken away when it was a mistake."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from cms.enums import AuditVerb
from cms.models import User
from cms.services.audit import record
from courses.enums import QualificationKind, Right
from courses.errors import Refused
from courses.models import Qualification, TeachingPerson
from courses.rules.qualifications import proof_refusal
from courses.services.branches import refuse_unless_may


@transaction.atomic
def add_qualification(
    *,
    person: TeachingPerson,
    kind: str,
    passed_on: date,
    by: User | None,
    valid_until: date | None = None,
    edition: int | None = None,
) -> Qualification:
    """Put down a proof. Only a handbook has an ``edition``; with another kind it is ignored.

    Raises NotAllowed, and Refused when the day is to come, it ends before it starts, the edition of a handbook is
    missing, or the same proof of the same day is there.
    """
    refuse_unless_may(Right.CHANGE_PEOPLE, by=by, organisation=person.organisation)
    edition = edition if kind == QualificationKind.HANDBOOK_READ else None
    wrong = proof_refusal(
        kind=kind, passed_on=passed_on, valid_until=valid_until, edition=edition, today=timezone.localdate()
    )
    if wrong:
        field, words = wrong
        raise Refused(f"bad-{field}", words, fields={field: words})
    if Qualification.objects.filter(person=person, kind=kind, passed_on=passed_on).exists():
        words = "这一天的这一项已经记过了。"
        raise Refused("is-there-already", words, fields={"passed_on": words})
    proof = Qualification.objects.create(
        person=person, kind=kind, passed_on=passed_on, valid_until=valid_until, edition=edition
    )
    _put_down(AuditVerb.CREATED, proof, by)
    return proof


@transaction.atomic
def remove_qualification(*, qualification: Qualification, by: User | None) -> None:
    """Take away a proof that was put down by mistake. Raises NotAllowed."""
    refuse_unless_may(Right.CHANGE_PEOPLE, by=by, organisation=qualification.person.organisation)
    _put_down(AuditVerb.DELETED, qualification, by)
    qualification.delete()


def _put_down(verb: AuditVerb, proof: Qualification, by: User | None) -> None:
    organisation = proof.person.organisation_id
    record(verb, by=by, subject=proof, organisation_id=organisation, detail=f"{proof.person_id} {proof.kind}")
