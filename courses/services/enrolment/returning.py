"""老学员: who had a seat in an earlier class here, and could come again."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, Subquery

from cms.models import User
from courses.enums import LIVE_STATES, EnrolmentState, SessionState
from courses.models import ClassSession, CourseRun, Enrolment, Learner


def returning_learners(run: CourseRun, *, user: User, now: datetime):
    """Return whom ``user`` sees of those who sat in a class of the same organiser or module that is over.

    Without those who are in this class already; annotated with ``last_class``, the title of the latest.
    """
    same = Q(run__organiser=run.organiser_id)
    if run.module_id:
        same |= Q(run__module=run.module_id)
    to_come = ClassSession.objects.filter(state=SessionState.PLANNED, ends_at__gte=now)
    held = ClassSession.objects.filter(state=SessionState.PLANNED, ends_at__lt=now)
    sat = Enrolment.objects.visible_to(user).filter(same, state=EnrolmentState.CONFIRMED)
    sat = sat.filter(run__in=held.values("run")).exclude(run__in=to_come.values("run")).exclude(run=run.pk)
    here = Enrolment.objects.filter(run=run.pk, state__in=LIVE_STATES, learner=OuterRef("pk"))
    latest = sat.filter(learner=OuterRef("pk")).order_by("-created_at", "-pk").values("run__title")[:1]
    rows = Learner.objects.visible_to(user).canonical().filter(~Exists(here), pk__in=sat.values("learner"))
    return rows.annotate(last_class=Subquery(latest)).select_related("area__parent")


def household_to_ask(run: CourseRun, learner: Learner, *, user: User) -> list[Learner]:
    """Return the others under the learner's number whom ``user`` sees and who are not in this class."""
    if not learner.phone_key:
        return []
    here = Enrolment.objects.filter(run=run.pk, state__in=LIVE_STATES, learner=OuterRef("pk"))
    rows = Learner.objects.visible_to(user).canonical().filter(~Exists(here), phone_key=learner.phone_key)
    return list(rows.exclude(pk=learner.pk).select_related("area__parent"))
