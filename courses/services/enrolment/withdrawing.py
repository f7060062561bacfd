"""不同意了: somebody takes back their consent. Seats go to others, and nothing is left that says who they were."""

from datetime import datetime

from django.db import transaction

from cms.enums import AuditVerb
from cms.services.audit import record
from courses.models import Enrolment, Learner
from courses.rules.enrolment import NOT_PROVEN
from courses.services.enrolment.giving_up import give_up_seats
from courses.services.enrolment.states import refuse
from courses.services.learners.erasing import forget
from courses.services.learners.guard import locked as locked_learners
from courses.services.learners.guard import refuse_unless_there


@transaction.atomic
def withdraw(*, enrolment: Enrolment, now: datetime) -> None:
    """Erase the person behind an enrolment, by their own wish. Irreversible.

    Raises Refused; ``not-proven`` where the voucher does not show that it is their own wish.
    """
    learner = Learner.canonical_of(enrolment.learner_id)
    (row,) = locked_learners(learner)
    refuse_unless_there(row)
    # As it is now: merging takes the proof away.
    refuse(None if Enrolment.objects.get(pk=enrolment.pk).proves_who else NOT_PROVEN)
    give_up_seats(row, now=now, by=None)
    forget(row)
    record(AuditVerb.ERASED, by=None, subject=row, organisation_id=enrolment.run.organiser_id, detail="self")
