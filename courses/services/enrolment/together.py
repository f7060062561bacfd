"""Enrolling a household together: all of them get a seat, or nobody does unless the clerk says that some may wait."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from cms.models import User
from courses.errors import NotAllowed, Refused
from courses.models import CourseRun, Learner
from courses.services.enrolment.enrolling import Enrolled, Wish, enrol
from courses.services.learners.guard import locked as locked_learners

NOT_ALL_FIT = "座位不够，{many} 位坐不到一起。可以让坐得下的先坐，别的候补；也可以都不报，换一个班。"


@transaction.atomic
def enrol_together(
    *,
    run: CourseRun,
    learners: Sequence[Learner],
    wish: Wish,
    now: datetime,
    by: User | None,
    override: str = "",
    some_may_wait: bool = False,
) -> list[Enrolled]:
    """Enrol learners who come together, in the order given; one alone may always wait.

    ``some_may_wait`` False: a seat for each of them or nothing. Raises NotAllowed; Refused, which names the one it is
    about where there are several.
    """
    # All people before the class: whoever else enrols takes them in the same order.
    locked_learners(*learners)
    is_alone = len(learners) == 1
    done = []
    for learner in learners:
        try:
            done.append(
                enrol(
                    run=run,
                    learner=learner,
                    wish=wish,
                    now=now,
                    by=by,
                    override=override,
                    may_wait=is_alone or some_may_wait,
                )
            )
        except NotAllowed:
            raise
        except Refused as refusal:
            raise refusal if is_alone else _about(learner, refusal, many=len(learners)) from refusal
    return done


def _about(learner: Learner, refusal: Refused, *, many: int) -> Refused:
    """Return a refusal of one of several so that one reads which of them, or that all of them do not fit."""
    if refusal.code == "full":
        words = NOT_ALL_FIT.format(many=many)
        return Refused("not-all-fit", words, fields={"if_short": words})
    return Refused(refusal.code, f"{learner.name}：{refusal}", fields=refusal.fields)
