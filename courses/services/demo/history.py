"""`seed_demo --attendances N`: a history of N lines of the roll, quickly, and counted as all others are.

Lines are built by the rules everybody meets, in as many processes as there are processors, poured into their table,
and the totals are made anew from them: all of it in one transaction.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import islice
from multiprocessing import get_context

from django.db import connection, transaction
from django.utils import timezone

from courses.models import Attendance, ClassSession, CourseRun, Learner, LearnerPlace
from courses.services.counting.recount import recount
from courses.services.demo.inventing import chance
from courses.services.demo.past_classes import KEY, Past, PastClass
from courses.services.demo.pouring import Row, as_rows, pour
from courses.services.demo.rolls import Clerk, called
from courses.services.demo.schools import demo_schools

# So many classes are kept in memory at a time.
AT_ONCE = 400
# Fewer lines are built sooner than other processes begin.
ALONE = 20_000

Build = Callable[[list[PastClass]], Iterator[list[Row]]]


@transaction.atomic
def add_history(lines: int) -> str | None:
    """Add what is missing to a history of so many lines, and count; return what was done.

    The same number again adds nothing, a larger one the difference. It needs the demo schools.
    """
    there = Attendance.objects.filter(session__run__import_key__startswith=KEY).count()
    schools = demo_schools()
    if lines <= there or not schools:
        return None
    now = timezone.now()
    after = CourseRun.objects.filter(import_key__startswith=KEY).count()
    missing = _up_to(lines - there, Past(schools, now=now, after=after).classes())
    with _builders(Clerk.of_today(now), lines - there) as build:
        while block := list(islice(missing, AT_ONCE)):
            _save(block)
            for rows in build(block):
                pour(Attendance, rows)
    _look_at_sizes()
    recount()
    return f"新建演示历史：{lines - there} 行签到"


def _up_to(lines: int, classes: Iterator[PastClass]) -> Iterator[PastClass]:
    """Yield as many classes as give so many lines; the last one's rolls stop short."""
    while lines > 0:
        one = next(classes)
        one.most = min(lines, one.lines)
        lines -= one.most
        yield one


def _save(block: list[PastClass]) -> None:
    CourseRun.objects.bulk_create(one.run for one in block)
    ClassSession.objects.bulk_create((each for one in block for each in one.sessions), batch_size=2000)
    Learner.objects.bulk_create((each for one in block for each in one.newcomers), batch_size=2000)
    LearnerPlace.objects.bulk_create(
        (
            LearnerPlace(learner=each, organisation_id=one.run.organiser_id)
            for one in block
            for each in one.newcomers
        ),
        batch_size=2000,
    )


@contextmanager
def _builders(clerk: Clerk, lines: int) -> Iterator[Build]:
    """Give what builds the lines of classes: this process, or for many lines one for each processor."""
    build = partial(_rows, clerk)
    if lines <= ALONE:
        yield lambda block: map(build, block)
        return
    # Forked, they know the settings; none of them asks the database anything.
    with get_context("fork").Pool(os.cpu_count()) as processes:
        yield lambda block: processes.imap(build, block, chunksize=8)


def _rows(clerk: Clerk, one: PastClass) -> list[Row]:
    dice = chance(f"past roll {one.number}")
    lines = (line for session in one.sessions for line in called(session, one.learners, clerk, dice))
    return as_rows(islice(lines, one.most))


def _look_at_sizes() -> None:
    """Let the database know how many rows there are now: it plans the counting, and what boards ask, by that."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
