"""From a wish to a class with its sessions: a weekday, an hour, a room and people that are all free."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, time
from itertools import product
from random import Random

from cms.enums import Scenario
from courses.enums import RunKind, RunMode, Tongue, VenueKind, Weekday
from courses.models import ClassSession, CourseRun, Room, SessionChange, TeachingPerson
from courses.rules.clashes import Held
from courses.rules.series import SeriesRule, moments, planned_days
from courses.services.demo.diary import Diary
from courses.services.demo.inventing import chance
from courses.services.demo.wishes import FIRST_PHASE, WORKDAYS, Wish

TITLES = {
    Scenario.HEALTHCARE: "挂号看病，手机上约",
    Scenario.TRANSPORT: "坐车打车，一路不慌",
    Scenario.SHOW_CODE: "亮码看码，一学就会",
    Scenario.SCAN_CODE: "扫码付钱，三看再按",
    Scenario.CHAT: "微信聊天，常见家人",
    Scenario.BILLS: "水电煤，在家里付",
    Scenario.SHOPPING: "手机买菜，送到门口",
    Scenario.LEISURE: "听戏看片，手机解闷",
    Scenario.PHONE: "手机入门，从头学起",
    Scenario.SAFETY: "来要钱的，先问一问",
}
HOURS = ((time(9), time(10, 30)), (time(14), time(15, 30)), (time(9, 30), time(11)), (time(13, 30), time(15)))
CLASS_SIZES = (16, 18, 20, 24)
MOST_IN_2021 = 20
MINIMUM = 5
HELPERS = 2
LINK = "https://example.org/demo-class"
# Every so many-th class has a substitute once.
SUBSTITUTES, SUBSTITUTED = 11, 1


@dataclass
class Meeting:
    """A session with what is saved beside it."""

    session: ClassSession
    helpers: list[TeachingPerson]
    changes: list[SessionChange] = field(default_factory=list)


@dataclass
class DemoRun:
    """A class with its sessions; ``spare`` is one more that nobody else has, for a make-up."""

    wish: Wish
    run: CourseRun
    meetings: list[Meeting]
    spare: Meeting | None = None

    @property
    def scenario(self) -> str:
        """What it is about."""
        return self.wish.scenario

    @property
    def code_start(self) -> str:
        """What the codes of its college and term, or year, begin with."""
        year = self.meetings[0].session.starts_at.year
        part = self.wish.term.code if self.wish.term else f"{year % 100:02}"
        return f"{self.wish.school.organisation.guided_by.code}-{part}-"


@dataclass(frozen=True)
class Way:
    """One way a class could lie: its meetings' rule, room and teacher."""

    rule: SeriesRule
    days: list[date]
    room: Room | None
    teacher: TeachingPerson | None


def planned(wish: Wish, diary: Diary) -> DemoRun | None:
    """Return the class the first way it fits, put down in the diary; None when it fits nowhere."""
    dice = chance(f"class {wish.number}")
    volunteers = wish.school.volunteers
    is_taught = wish.mode.needs_teacher
    helpers = dice.sample(volunteers, min(HELPERS, len(volunteers))) if is_taught else []
    for way in _ways(wish, dice, diary):
        meetings = [Meeting(session, helpers) for session in _sessions(wish, way)]
        if meetings and diary.take([_held(meeting) for meeting in meetings]):
            return _run(wish, way, meetings, dice)
    return None


def _ways(wish: Wish, dice: Random, diary: Diary) -> Iterator[Way]:
    weekdays = dice.sample(wish.weekdays, len(wish.weekdays))
    if wish.kind is RunKind.SINGLE:
        weekdays = [tuple(WORKDAYS)]
    hours = dice.sample(HOURS, len(HOURS))
    rooms, teachers = _rooms(wish, dice), _teachers(wish)
    for days_of_week, (starts, ends), teacher in product(weekdays, hours, teachers):
        # One more than wanted: a make-up finds its place there.
        rule = SeriesRule(
            wish.first_day,
            frozenset(map(Weekday, days_of_week)),
            starts,
            ends,
            wish.times + (wish.kind is RunKind.SERIES),
            wish.last_day,
            wish.kept,
        )
        days = [each.on for each in planned_days(rule) if each.is_held]
        for room in rooms:
            if room is None or diary.is_open(room, days):
                yield Way(rule, days, room, teacher)


def _rooms(wish: Wish, dice: Random) -> list[Room] | list[None]:
    if not wish.mode.needs_place:
        return [None]
    rooms = wish.school.rooms
    if wish.first_day.year == FIRST_PHASE[0].year:
        rooms = [room for room in rooms if room.venue.kind == VenueKind.COMMUNITY_SCHOOL]
    return dice.sample(rooms, len(rooms))


def _teachers(wish: Wish) -> list[TeachingPerson] | list[None]:
    if not wish.mode.needs_teacher:
        return [None]
    return [wish.teacher] if wish.teacher else wish.school.teachers


def _sessions(wish: Wish, way: Way) -> list[ClassSession]:
    sessions = []
    for number, on in enumerate(way.days, start=1):
        starts, ends = moments(way.rule, on)
        session = ClassSession(
            number=number,
            starts_at=starts,
            ends_at=ends,
            mode=wish.mode,
            venue=way.room.venue if way.room else None,
            room=way.room,
            teacher=_teacher_of(wish, way, number),
            main_scenario=wish.scenario,
        )
        sessions.append(session)
    return sessions


def _teacher_of(wish: Wish, way: Way, number: int) -> TeachingPerson | None:
    """Return who teaches that meeting: once, in some classes, somebody else."""
    others = [each for each in wish.school.teachers if each != way.teacher]
    is_other = wish.number % SUBSTITUTES == SUBSTITUTED and number == SUBSTITUTED + 1
    return others[0] if way.teacher and others and is_other and not wish.is_plain else way.teacher


def _held(meeting: Meeting) -> Held:
    session = meeting.session
    return Held(
        session.starts_at,
        session.ends_at,
        venue=session.venue_id,
        room=session.room_id,
        teacher=session.teacher_id,
        helpers=frozenset(helper.pk for helper in meeting.helpers),
    )


def _run(wish: Wish, way: Way, meetings: list[Meeting], dice: Random) -> DemoRun:
    organisation, room = wish.school.organisation, way.room
    capacity = _capacity(wish, room, dice)
    run = CourseRun(
        kind=wish.kind,
        title=TITLES[wish.scenario],
        organiser=organisation,
        term=wish.term,
        mode=wish.mode,
        venue=room.venue if room else None,
        room=room,
        link=LINK if wish.mode.needs_link else "",
        capacity=capacity,
        minimum=MINIMUM if capacity and wish.kind is RunKind.SERIES else None,
        fee=10 if wish.number % 25 == 6 else 0,
        audience="60 岁以上，会不会用手机都可以来",
        bring="手机，充好电；老花镜",
        contact_phone=organisation.public_phone,
        tongue=Tongue.BOTH if way.teacher and way.teacher.speaks_shanghainese else Tongue.MANDARIN,
        is_demo=True,
    )
    for meeting in meetings:
        meeting.session.run = run
    spare = meetings.pop() if len(meetings) > wish.times else None
    return DemoRun(wish, run, meetings, spare)


def _capacity(wish: Wish, room: Room | None, dice: Random) -> int | None:
    if wish.mode is RunMode.RECORDED:
        return None
    size = MOST_IN_2021 if wish.first_day.year == FIRST_PHASE[0].year else dice.choice(CLASS_SIZES)
    limits = [room.seats, room.venue.capacity] if room else []
    return min([size, *(limit for limit in limits if limit is not None)])
