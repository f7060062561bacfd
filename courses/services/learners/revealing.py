"""Looking at a whole telephone number, which is put down."""

from typing import Literal

from django.db import transaction

from cms.enums import AuditVerb
from cms.models import User
from cms.services.audit import record
from courses.enums import Right
from courses.errors import Refused
from courses.models import Learner
from courses.services.learners.guard import acting_organisation_id, refuse_unless_sees

Which = Literal["phone", "contact_phone"]


@transaction.atomic
def reveal_phone(*, learner: Learner, by: User, which: Which = "phone") -> str:
    """Return the learner's whole number, or that of the one to turn to. Raises NotAllowed, Refused without one."""
    refuse_unless_sees(Right.REVEAL_PHONES, by=by, learners=(learner,))
    learner = Learner.objects.get(pk=learner.pk)
    number = learner.whole_phone() if which == "phone" else learner.whole_contact_phone()
    if not number:
        raise Refused("no-phone", "这里没有留电话。")
    record(
        AuditVerb.REVEALED,
        by=by,
        subject=learner,
        organisation_id=acting_organisation_id(by),
        detail=which,
    )
    return number
