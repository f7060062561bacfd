"""今天要做: what the board found waiting, one button each."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse

from cms.models import User
from courses.enums import Right
from courses.models import Membership, MonthLock
from courses.rules.counting import first_of_month
from courses.services.progress.classes import ClassFigures
from courses.services.progress.places import districts_seen_by
from courses.services.today import drafts, without_teacher


@dataclass(frozen=True)
class Task:
    """Something that waits, and the button that leads to it."""

    words: str
    url: str
    button: str


def todo_for(acting: Membership, user: User, figures: ClassFigures, *, now: datetime) -> list[Task]:
    """Return what waits for an identity; three queries at most."""
    made = []
    if figures.silent:
        words = f"{figures.silent} 节课，过了 2 天没点名"
        made.append(Task(words, reverse("desk:silent_sessions"), "去点名"))
    if acting.allows(Right.PLAN_CLASSES):
        if many := without_teacher(user, now=now).count():
            made.append(Task(f"{many} 节课还没有老师", reverse("desk:board"), "去安排"))
        if many := drafts(user).order_by().count():
            made.append(Task(f"{many} 个班还没公布", f"{reverse('desk:runs')}?state=draft", "去公布"))
    if acting.allows(Right.LOCK_MONTHS) and (many := _unlocked(acting, now)):
        words = "上个月还没锁定" if many == 1 else f"{many} 个区上个月还没锁定"
        made.append(Task(words, reverse("desk:lock_month"), "去锁定"))
    return made


def _unlocked(acting: Membership, now: datetime) -> int:
    last_month = first_of_month(first_of_month(now.date()) - timedelta(days=1))
    locked = MonthLock.objects.filter(month=last_month)
    return districts_seen_by(acting).exclude(pk__in=locked.values("district")).count()
