"""The term on one sheet: who was there in which session, and boxes to sign in for those still to come."""

from collections import defaultdict
from pathlib import Path
from typing import Any, NamedTuple

from django.utils import timezone
from django.utils.formats import date_format

from cms.models import SiteSettings
from cms.services.typesetting import typeset
from courses.enums import AttendanceState, RecordKind, SessionState
from courses.errors import Refused
from courses.models import Attendance, ClassSession, CourseRun
from courses.services.roll_call.roll import last_of
from courses.services.roll_paper.numbers import Numbers
from courses.services.roll_paper.signing import code_of, empty_rows, notes_of

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


class Row(NamedTuple):
    """A line of the term; ``person`` is the learner that counts."""

    number: str
    name: str
    note: str
    person: int


def roll_matrix(run: CourseRun) -> bytes:
    """Return a class's term as PDF, ten sessions on a page. Raises Refused where there is no session.

    No cache holds it: names are on it.
    """
    sessions = list(run.sessions.order_by("starts_at", "pk"))
    if not sessions:
        raise Refused("no-sessions", "这个班还没有课次，做不出签到总表。先排课，再来做。")
    return typeset(TEMPLATE, data=_words(run, sessions), is_kept=False)


def _words(run: CourseRun, sessions: list[ClassSession]) -> dict[str, Any]:
    signs, people = _called(run)
    rows = _rows(run, people)
    pages = [sessions[first : first + COLUMNS] for first in range(0, len(sessions), COLUMNS)]
    return {
        "title": run.title,
        "code": code_of(run),
        "printed": date_format(timezone.localtime(), "Y年n月j日 H:i"),
        "school": run.organiser.name,
        "call": run.contact_phone or SiteSettings.load().hotline,
        "legend": " · ".join(f"{sign} {state.label}" for state, sign in SIGNS.items()),
        "columns": COLUMNS,
        "free": empty_rows(len(rows), on_a_page=ROWS, least=FREE),
        "pages": [
            {
                "heads": [_head(each) for each in page],
                "rows": [
                    [
                        row.number,
                        row.name,
                        row.note,
                        [_cell(each, signs.get((row.person, each.pk), "")) for each in page],
                    ]
                    for row in rows
                ],
            }
            for page in pages
        ],
    }


def _rows(run: CourseRun, called: dict[int, str]) -> list[Row]:
    """Return whoever has a seat, or gave it up after they were called; below them those who only sat in."""
    numbers = [each for each in Numbers(run.pk).everybody if each.is_here or each.learner.pk in called]
    known = {each.learner.pk for each in numbers}
    return [
        *(
            Row(str(each.number), each.learner.name, note, each.learner.pk)
            for each, note in zip(numbers, notes_of(numbers), strict=True)
        ),
        *(Row(GUEST, name, "", person) for person, name in called.items() if person not in known),
    ]


def _called(run: CourseRun) -> tuple[dict[tuple[int, int], str], dict[int, str]]:
    """Return what the rolls say of each person in each session, and the names of all who stand on one."""
    training = Attendance.objects.last().filter(kind=RecordKind.TRAINING)
    rows = training.by_person().filter(session__run=run)
    found: dict[tuple[int, int], list[Attendance]] = defaultdict(list)
    names: dict[int, str] = {}
    rows = rows.exclude(state=AttendanceState.STRUCK).select_related("learner__merged_into")
    for row in rows.order_by("pk"):
        learner = row.learner.merged_into or row.learner
        found[learner.pk, row.session_id].append(row)
        names.setdefault(learner.pk, learner.name)
    signs = {
        key: SIGNS[AttendanceState(last.state)] for key, lines in found.items() if (last := last_of(lines))
    }
    return signs, names


def _head(session: ClassSession) -> list[str]:
    starts = timezone.localtime(session.starts_at)
    return [f"第 {session.number} 次", f"{starts:%-m.%-d}"]


def _cell(session: ClassSession, sign: str) -> str:
    return NOT_HELD.get(SessionState(session.state), sign)
