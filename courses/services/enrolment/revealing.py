"""Looking at the whole number of the one to call about an enrolment, which is put down."""

from django.db import transaction

from cms.enums import AuditVerb
from cms.models import User
from cms.services.audit import record
from courses.enums import Right
from courses.errors import Refused
from courses.models import Enrolment
from courses.services.branches import refuse_unless_may


@transaction.atomic
def reveal_contact(*, enrolment: Enrolment, by: User) -> str:
    """Return the whole number of the one to call. Raises NotAllowed, Refused without one."""
    organisation = enrolment.run.organiser
    refuse_unless_may(Right.REVEAL_PHONES, by=by, organisation=organisation)
    number = enrolment.whole_contact_phone()
    if not number:
        raise Refused("no-phone", "这里没有留电话。")
    record(
        AuditVerb.REVEALED,
        by=by,
        subject=enrolment,
        organisation_id=organisation.pk,
        detail="contact_phone",
    )
    return number
