"""今天, for those who work at the class desk: today's sessions, drafts, sessions without a teacher."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from wagtail import hooks

from cms.views.admin.today import SHOWN, NothingPanel, Row, TodayPanel
from courses.enums import Duty, Right, RunState
from courses.models import ClassSession, CourseRun, Membership
from courses.rules.places import place_words
from courses.services import today
from courses.wagtail_hooks.desk import acting

# Who comes to teach or to help sees what they do themselves.
ONLY_OWN = {Duty.TEACHER, Duty.VOLUNTEER}


# After the ground floor, which clears away Wagtail's own panels.
@hooks.register("construct_homepage_panels", order=10)
def what_classes_have_waiting(request, panels):
    """Classes come first; whoever has an identity is never told of work that is not theirs."""
    if (membership := acting(request)) is None:
        return
    others = [panel for panel in panels if not isinstance(panel, NothingPanel)]
    panels[:] = [*panels_for(request.user, membership), *others] or [to_the_desk(membership)]
    for order, panel in enumerate(panels):
        panel.order = order


def panels_for(user, membership: Membership) -> list[TodayPanel]:
    """Return the lists that have something for this identity."""
    on, now = timezone.localdate(), timezone.now()
    made = []
    if membership.allows(Right.SEE_CLASSES):
        only_own = membership.duty in ONLY_OWN
        sessions = today.sessions_today(user, on=on, only_own=only_own)
        board = "" if only_own else f"{reverse('desk:board')}?on={on}"
        made.append(
            _panel("classes-today", "我今天的课" if only_own else "今天的课", sessions, _session_row, board)
        )
    if membership.allows(Right.PLAN_CLASSES):
        drafts = f"{reverse('desk:runs')}?state={RunState.DRAFT.value}"
        alone, all_alone = today.without_teacher(user, now=now), reverse("desk:sessions_without_teacher")
        made.append(_panel("no-teacher", "没有老师的课", alone, _teacher_row, all_alone))
        made.append(_panel("class-drafts", "草稿没公布", today.drafts(user), _draft_row(now), drafts))
    if membership.allows(Right.CALL_ROLL) and membership.duty not in ONLY_OWN:
        silent = today.without_roll(membership, user, now=now)
        made.append(_panel("no-roll", "还没点名的课", silent, _silent_row, reverse("desk:silent_sessions")))
    return [panel for panel in made if panel.rows]


def to_the_desk(membership: Membership) -> TodayPanel:
    """Return what is shown when nothing waits: the way to the desk."""
    row = Row(title="今天没有要办的事", url=reverse("desk:index"), button="去班级", facts=[str(membership)])
    return TodayPanel("desk", "班级", [row])


def _panel(
    name: str, heading: str, things: QuerySet, row: Callable[[Any], Row], all_url: str = ""
) -> TodayPanel:
    """Return the panel; only what is longer than a panel is counted."""
    first = list(things[: SHOWN + 1])
    is_long = len(first) > SHOWN
    total = things.count() if is_long else len(first)
    rows = map(row, first[:SHOWN])
    return TodayPanel(name, heading, rows, total=total, all_url=all_url if is_long else "")


def _session_row(session: ClassSession) -> Row:
    starts, ends = timezone.localtime(session.starts_at), timezone.localtime(session.ends_at)
    teacher = session.teacher.name if session.teacher else "还没有老师"
    return Row(
        title=f"{starts:%H:%M}–{ends:%H:%M} {session.run.title}",
        url=reverse("desk:session", args=[session.pk]),
        button="去看看",
        facts=[_place(session), teacher],
    )


def _teacher_row(session: ClassSession) -> Row:
    return Row(
        title=f"{session.run.title} 第 {session.number} 次",
        url=reverse("desk:change_teacher", args=[session.pk]),
        button="去定老师",
        facts=[date_format(timezone.localtime(session.starts_at), "n月j日 l H:i"), _place(session)],
    )


def _silent_row(session: ClassSession) -> Row:
    return Row(
        title=f"{session.run.title} 第 {session.number} 次",
        url=reverse("desk:roll", args=[session.pk]),
        button="去点名",
        facts=[date_format(timezone.localtime(session.starts_at), "n月j日 l H:i")],
        loud=True,
    )


def _draft_row(now: datetime) -> Callable[[Any], Row]:
    def row(run: CourseRun) -> Row:
        first: datetime | None = getattr(run, "first_at", None)
        is_late = first is not None and first <= now
        return Row(
            title=run.title,
            url=reverse("desk:run", args=[run.pk]),
            button="去看看",
            facts=[run.code, run.organiser.name, _begins(first, is_late)],
            loud=is_late,
        )

    return row


def _begins(first: datetime | None, is_late: bool) -> str:
    if first is None:
        return "还没有排课"
    day: date = timezone.localtime(first).date()
    words = date_format(day, "Y年n月j日")
    return f"{words} 就该开了" if is_late else f"{words} 开课"


def _place(session: ClassSession) -> str:
    return place_words(session.venue, session.room, otherwise=session.get_mode_display())
