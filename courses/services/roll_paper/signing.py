"""What sheets to sign have in common: how two of one name are told apart, how many rows are left
free, and who may have them."""

from collections import Counter
from collections.abc import Sequence

from django.db.models import Q

from cms.models import User
from courses.enums import Duty
from courses.models import CourseRun, Learner, acting_membership
from courses.services.roll_paper.numbers import Numbered

TAIL = 4


def code_of(run: CourseRun) -> str:
    """Return a class's code as paper carries it: invented people are said to be."""
    return f"{run.code}（演示数据）" if run.is_demo else run.code


def notes_of(everybody: Sequence[Numbered]) -> list[str]:
    """Return what stands below each name: nothing, but where two have one name as little as tells them apart."""
    of_name = Counter(each.learner.name_key for each in everybody)
    return [_note(each.learner) if of_name[each.learner.name_key] > 1 else "" for each in everybody]


def empty_rows(filled: int, *, on_a_page: int, least: int) -> int:
    """Return how many rows stay empty: at least so many, and the last page is full."""
    rows = filled + least
    return -(-rows // on_a_page) * on_a_page - filled


def _note(learner: Learner) -> str:
    if learner.phone:
        return f"尾号 {learner.masked_phone[-TAIL:]}"
    return f"{learner.birth_year} 年生" if learner.birth_year else ""


def may_print(run: CourseRun, *, by: User) -> bool:
    """True for staff, and for a teacher of any session of this class; right and branch are asked apart."""
    if acting_membership(by).duty != Duty.TEACHER:
        return True
    return run.sessions.filter(Q(teacher__user=by) | Q(helpers__user=by)).exists()
