"""The codes of classes: the college's letters, the term, a number: XH-26B-017. Never given twice."""

from courses.enums import OrganisationKind
from courses.models import CourseRun, Organisation, Term
from courses.services.scheduling.locking import lock_organisation


def next_code(*, organiser: Organisation, term: Term | None, year: int) -> str:
    """Return the next code of the organiser's college; call it inside the transaction that saves the class.

    A single session outside any term bears the year: XH-26-004.
    """
    college = _college_of(organiser)
    lock_organisation(college)
    start = f"{college.code}-{term.code if term else f'{year % 100:02}'}-"
    given = CourseRun.objects.filter(code__startswith=start).values_list("code", flat=True)
    numbers = [int(tail) for code in given if (tail := code.removeprefix(start)).isdigit()]
    return f"{start}{max(numbers, default=0) + 1:03}"


def _college_of(organiser: Organisation) -> Organisation:
    above = Organisation.objects.filter(pk__in=[*organiser.ancestor_ids(), organiser.pk])
    return above.filter(kind=OrganisationKind.COMMUNITY_COLLEGE).first() or organiser
