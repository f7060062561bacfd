"""Attendance lists as meeting tools give them out."""

from collections.abc import Sequence

from courses.models import ClassSession
from courses.services.roll_call.meeting_import import put_down_list
from tests.factories.classes import a_school
from tests.factories.enrolments import an_open_run
from tests.factories.timetable import a_plan, moment

HEAD = ["用户昵称（入会昵称）", "入会时间", "退会时间", "参会时长"]
DAY = "2026-11-11"
# An hour after the session of the factories, which is from 14:00 to 15:30.
AFTER = moment("16:30")


def a_live_run(**details):
    """Make a published class that meets once, on line, on the factories' day."""
    details.setdefault("organiser", a_school())
    return an_open_run(a_plan(**details.pop("plan", {})), **details)


def was_in(nickname: str, joined: str, left: str, length: str = "") -> list[str]:
    """Make a row: who was in the meeting from when to when, by the clock of the day."""
    return [nickname, f"{DAY} {joined}:00", f"{DAY} {left}:00", length]


def a_list(*rows: Sequence[str], head: Sequence[str] = HEAD, charset: str = "utf-8-sig", above=()) -> bytes:
    """Make the .csv of a list, with title rows above where there are any."""
    lines = [*above, list(head), *rows]
    return "\r\n".join(",".join(f'"{cell}"' for cell in line) for line in lines).encode(charset)


def import_list(session: ClassSession, data: bytes, *, chosen=None, seen: str, by=None, now=AFTER, **more):
    """Put a list down as somebody does who has looked at it."""
    return put_down_list(
        session=session, data=data, name="list.csv", chosen=chosen or {}, seen=seen, by=by, now=now, **more
    )
