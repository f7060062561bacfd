"""When people may be told something, and in which words: at most 70 characters, as said to one's grandmother."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
# Nobody is called or written to at night.
WAKES, SLEEPS = time(8), time(20)


def may_be_told_at(moment: datetime) -> datetime:
    """Return the first moment from ``moment`` on at which a telephone may ring: from 8 to 20 o'clock here."""
    here = moment.astimezone(SHANGHAI)
    if here.time() < WAKES:
        return datetime.combine(here.date(), WAKES, SHANGHAI)
    if here.time() >= SLEEPS:
        return datetime.combine(here.date() + timedelta(days=1), WAKES, SHANGHAI)
    return moment
