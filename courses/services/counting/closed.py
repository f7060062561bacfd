"""Whether a district has closed a month; who asks before changing something keeps it from being closed meanwhile."""

from collections.abc import Iterable

from courses.enums import RunMode
from courses.models import Area, ClassSession, MonthLock
from courses.rules.counting import district_of, first_of_month
from courses.services.advisory import hold_named

# What keeps the closing of months and rolls apart.
_DISTRICT = 0xD157


def hold_district(district: int, *, alone: bool) -> None:
    """Keep a district's months as they are until the transaction ends: together with others, or to close one."""
    hold_named(_DISTRICT, district, alone=alone)


def was_reported(session: ClassSession) -> bool:
    """Return whether the district has closed the month this session is in, or of a recorded one any month since.

    Who studies a recorded session is counted on the day they are done, which may be in any of these (R7).
    """
    locks = MonthLock.objects.filter(district=district_id(session.run.organiser.area))
    month = first_of_month(session.on)
    since = {"month__gte": month} if session.mode == RunMode.RECORDED else {"month": month}
    return locks.filter(**since).exists()


def hold_month(session: ClassSession) -> bool:
    """Return whether the session's month was reported; it stays so. After the session, before learners are held."""
    hold_districts([session])
    return was_reported(session)


def hold_districts(sessions: Iterable[ClassSession]) -> None:
    """Keep the months of all these sessions' districts as they are, in the order of the districts' ids."""
    found = {district_id(each.run.organiser.area) for each in sessions}
    for district in sorted(each for each in found if each is not None):
        hold_district(district, alone=False)


def district_id(area: Area) -> int | None:
    """Return the district that an organisation in this area is counted in."""
    return district_of(area=area.pk, kind=area.kind, parent=area.parent_id)
