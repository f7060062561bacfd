"""The whole telephone number of whoever answers for an organisation, for somebody who is about to call."""

from django.db import transaction

from cms.enums import AuditVerb
from cms.models import User
from cms.services.audit import record
from courses.enums import Contact, Right
from courses.models import Organisation
from courses.services.branches import acting_with, refuse_unless_in_branch


@transaction.atomic
def reveal_contact_phone(*, organisation: Organisation, whose: Contact, by: User) -> str:
    """Return the number and put down who saw it. Raises NotAllowed."""
    refuse_unless_in_branch(acting_with(by, Right.REVEAL_PHONES), organisation)
    detail = f"{whose}_phone"
    record(AuditVerb.REVEALED, by=by, subject=organisation, organisation_id=organisation.pk, detail=detail)
    return organisation.whole_contact_phone(whose)
