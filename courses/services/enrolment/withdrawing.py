"""不同意了: somebody takes back their consent. Seats go to others, and nothing is left that says who they were."""

from datetime import datetime

from django.db import transaction

from cms.enums import AuditVerb
from cms.services.audit import record
from courses.models import Enrolment, Learner
from courses.services.enrolment.giving_up import give_up_seats
from courses.services.learners.erasing import forget
from courses.services.learners.guard import locked as locked_learners
from courses.services.learners.guard import refuse_unless_there


@transaction.atomic
def withdraw(*, enrolment: Enrolment, now: datetime) -> None:
    """Erase the person behind an enrolment, by their own wish. Irreversible. Raises Refused."""
    learner = Learner.canonical_of(enrolment.learner_id)
    (row,) = locked_learners(learner)
    refuse_unless_there(row)
    give_up_seats(row, now=now, by=None)
    forget(row)
    record(AuditVerb.ERASED, by=None, subject=row, organisation_id=enrolment.run.organiser_id, detail="self")
