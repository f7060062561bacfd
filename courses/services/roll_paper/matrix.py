"""The term on one sheet: who was there in which session, and boxes to sign in for those still to come."""

from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format

from cms.models import SiteSettings
from cms.services.typesetting import typeset
from courses.enums import AttendanceState, SessionState
from courses.errors import Refused
from courses.models import Attendance, ClassSession, CourseRun
from courses.services.roll_paper.numbers import Numbers
from courses.services.roll_paper.signing import empty_rows, notes_of

TEMPLATE = Path(__file__).parents[2] / "typst" / "roll_matrix.typ"
# How much the template sets on a page, A4 across.
COLUMNS = 10
ROWS = 13
FREE = 2
SIGNS = {
    AttendanceState.PRESENT: "✓",
    AttendanceState.LATE: "迟",
    AttendanceState.LEFT_EARLY: "退",
    AttendanceState.ABSENT: "缺",
    AttendanceState.EXCUSED: "假",
}
NOT_HELD = {SessionState.CANCELLED: "取消", SessionState.NOT_HELD: "没有上"}
GUEST = "临时"


def roll_matrix(run: CourseRun) -> bytes:
    """Return a class's term as PDF, ten sessions on a page. Five queries. Raises Refused where there is no session.

    No cache holds it: names are on it.
    """
    sessions = list(run.sessions.order_by("starts_at", "pk"))
    if not sessions:
        raise Refused("no-sessions", "这个班还没有课次，做不出签到总表。先排课，再来做。")
    return typeset(TEMPLATE, data=_words(run, sessions), is_kept=False)


def _words(run: CourseRun, sessions: list[ClassSession]) -> dict[str, Any]:
    signs, guests = _signs(run)
    numbers = [
        each
        for each in Numbers(run.pk).everybody
        if each.is_here or any(person == each.learner.pk for person, _ in signs)
    ]
    known = {each.learner.pk for each in numbers}
    people = [
        (str(each.number), each.learner.name, note, each.learner.pk)
        for each, note in zip(numbers, notes_of(numbers), strict=True)
    ] + [(GUEST, name, "", person) for person, name in guests.items() if person not in known]
    pages = [sessions[first : first + COLUMNS] for first in range(0, len(sessions), COLUMNS)]
    return {
        "title": run.title,
        "code": run.code,
        "printed": date_format(timezone.localtime(), "Y年n月j日 H:i"),
        "school": run.organiser.name,
        "call": run.contact_phone or SiteSettings.load().hotline,
        "legend": " · ".join(f"{sign} {state.label}" for state, sign in SIGNS.items()),
        "columns": COLUMNS,
        "free": empty_rows(len(people), on_a_page=ROWS, least=FREE),
        "pages": [
            {
                "heads": [_head(each) for each in page],
                "rows": [
                    [number, name, note, [_cell(each, signs.get((person, each.pk), "")) for each in page]]
                    for number, name, note, person in people
                ],
            }
            for page in pages
        ],
    }


def _signs(run: CourseRun) -> tuple[dict[tuple[int, int], str], dict[int, str]]:
    """Return what the rolls say of each person in each session, and who stands on one of them at all."""
    rows = Attendance.objects.last().by_person().filter(session__run=run)
    signs, names = {}, {}
    for row in (
        rows.exclude(state=AttendanceState.STRUCK).select_related("learner__merged_into").order_by("pk")
    ):
        learner = row.learner.merged_into or row.learner
        signs[learner.pk, row.session_id] = SIGNS[AttendanceState(row.state)]
        names.setdefault(learner.pk, learner.name)
    return signs, names


def _head(session: ClassSession) -> list[str]:
    starts = timezone.localtime(session.starts_at)
    return [f"第 {session.number} 次", f"{starts:%-m.%-d}"]


def _cell(session: ClassSession, sign: str) -> str:
    return NOT_HELD.get(SessionState(session.state), sign)
