"""Erasing a person, by their wish or because time is up: nothing is left but what counting needs."""

from django.db import transaction
from django.utils import timezone

from cms.enums import AuditVerb
from cms.models import User
from cms.services.audit import record
from courses.enums import Right
from courses.errors import Refused
from courses.models import Learner
from courses.rules.names import name_key
from courses.services.enrolment.giving_up import give_up_seats
from courses.services.learners.guard import (
    acting_organisation_id,
    locked,
    refuse_unless_sees,
    refuse_unless_there,
)

ERASED_NAME = "（已删除）"


@transaction.atomic
def erase(*, learner: Learner, typed_name: str, by: User) -> None:
    """Erase a learner by the person's wish; ``typed_name`` proves that the right one is meant. Irreversible.

    Raises NotAllowed; Refused when the name differs or they are merged or erased already.
    """
    refuse_unless_sees(Right.CHANGE_LEARNERS, by=by, learners=(learner,))
    (row,) = locked(learner)
    refuse_unless_there(row)
    if name_key(typed_name) != row.name_key:
        words = "和这位学员的姓名对不上。请照上面写的姓名填。"
        raise Refused("other-name", words, fields={"typed_name": words})
    give_up_seats(row, now=timezone.now(), by=by)
    forget(row)
    record(AuditVerb.ERASED, by=by, subject=row, organisation_id=acting_organisation_id(by))


def forget(learner: Learner) -> None:
    """Blank the row and those merged into it. Birth year and the own word for it stay: both decide what counted."""
    for row in (learner, *Learner.objects.select_for_update().filter(merged_into=learner)):
        row.name = ERASED_NAME
        row.sex, row.area, row.contact_name, row.is_identity_confirmed = "", None, "", False
        row.keep_phone("")
        row.keep_contact_phone("")
        row.erased_at = timezone.now()
        row.save()
        row.enrolments.update(contact_name="", contact_phone="")
        row.studies.all().delete()
