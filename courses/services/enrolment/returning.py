"""老学员: who had a seat in an earlier class here that is over, and could come again."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Subquery
from django.db.models.functions import Coalesce

from cms.models import User
from courses.enums import LIVE_STATES, EnrolmentState, SessionState
from courses.models import ClassSession, CourseRun, Enrolment, Learner


def seats_before(run: CourseRun, *, now: datetime):
    """Return the seats that people had in classes of the same organiser that are over by ``now``.

    Annotated with ``person``: a learner who was merged counts as the one they were merged into.
    """
    to_come = ClassSession.objects.coming(now=now)
    held = ClassSession.objects.filter(state=SessionState.PLANNED, ends_at__lte=now)
    rows = Enrolment.objects.filter(run__organiser=run.organiser_id, state=EnrolmentState.CONFIRMED)
    rows = rows.filter(run__in=held.values("run")).exclude(run__in=to_come.values("run")).exclude(run=run.pk)
    return rows.annotate(person=Coalesce("learner__merged_into_id", "learner_id"))


def is_returning(learner: Learner, run: CourseRun, *, now: datetime) -> bool:
    """True for 老学员 of a class."""
    return seats_before(run, now=now).filter(person=learner.pk).exists()


def returning_learners(run: CourseRun, *, user: User, now: datetime):
    """Return 老学员 whom ``user`` sees, without those who are in this class already.

    Annotated with ``last_class``, the title of the latest.
    """
    sat = seats_before(run, now=now).visible_to(user)
    here = Enrolment.objects.filter(run=run.pk, state__in=LIVE_STATES, learner=OuterRef("pk"))
    latest = sat.filter(person=OuterRef("pk")).order_by("-created_at", "-pk").values("run__title")[:1]
    rows = Learner.objects.visible_to(user).canonical().filter(~Exists(here), pk__in=sat.values("person"))
    return rows.annotate(last_class=Subquery(latest)).select_related("area__parent")


def household_to_ask(run: CourseRun, learner: Learner, *, user: User) -> list[Learner]:
    """Return the others under the learner's number whom ``user`` sees and who are not in this class."""
    if not learner.phone_key:
        return []
    here = Enrolment.objects.filter(run=run.pk, state__in=LIVE_STATES, learner=OuterRef("pk"))
    rows = Learner.objects.visible_to(user).canonical().filter(~Exists(here), phone_key=learner.phone_key)
    return list(rows.exclude(pk=learner.pk).select_related("area__parent"))
