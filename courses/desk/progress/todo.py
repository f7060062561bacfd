"""今天要做: what the board found waiting, one button each."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse

from cms.models import User
from courses.enums import Right, RunState
from courses.models import Membership, MonthLock
from courses.rules.counting import first_of_month
from courses.services.messages.calling import call_list
from courses.services.progress.doubled import how_many_doubled
from courses.services.progress.places import districts_seen_by
from courses.services.today import drafts, without_roll, without_teacher


@dataclass(frozen=True)
class Task:
    """Something that waits, and the button that leads to it."""

    words: str
    url: str
    button: str


def todo_for(acting: Membership, user: User, *, now: datetime) -> list[Task]:
    """Return what waits for an identity: only what it may do, as many as the page behind the button lists."""
    made: list[Task] = []
    if acting.allows(Right.CALL_ROLL) and (many := without_roll(acting, user, now=now).count()):
        made.append(Task(f"{many} 节课，过了 2 天没点名", reverse("desk:silent_sessions"), "去点名"))
    if acting.allows(Right.ENROL) and (many := call_list(user, now=now).count()):
        made.append(Task(f"{many} 个电话要打", reverse("desk:call_list"), "去打电话"))
    if acting.allows(Right.PLAN_CLASSES):
        made += _to_plan(user, now)
    if acting.allows(Right.LOCK_MONTHS):
        made += _to_lock(acting, now)
        # Who answers for a whole district, or all of them.
        made += _doubled(acting, user, now)
    return made


def _doubled(acting: Membership, user: User, now: datetime) -> list[Task]:
    many = how_many_doubled(acting, user, now=now)
    words = f"{many} 对课，可能是一次课拆成了两次"
    return [Task(words, reverse("desk:doubled_sessions"), "去看看")] if many else []


def _to_plan(user: User, now: datetime) -> list[Task]:
    made = []
    if many := without_teacher(user, now=now).count():
        made.append(Task(f"{many} 节课还没有老师", reverse("desk:sessions_without_teacher"), "去定老师"))
    if many := drafts(user).order_by().count():
        words, address = f"{many} 个班还没公布", f"{reverse('desk:runs')}?state={RunState.DRAFT.value}"
        made.append(Task(words, address, "去公布"))
    return made


def _to_lock(acting: Membership, now: datetime) -> list[Task]:
    many = _unlocked(acting, now)
    words = "上个月还没锁定" if many == 1 else f"{many} 个区上个月还没锁定"
    return [Task(words, reverse("desk:lock_month"), "去锁定")] if many else []


def _unlocked(acting: Membership, now: datetime) -> int:
    last_month = first_of_month(first_of_month(now.date()) - timedelta(days=1))
    locked = MonthLock.objects.filter(month=last_month)
    return districts_seen_by(acting).exclude(pk__in=locked.values("district")).count()
