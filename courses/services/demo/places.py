"""80 venues of all kinds, 120 rooms with seats and opening hours, and some closures."""

from datetime import date, time, timedelta

from django.db import transaction
from django.utils import timezone

from courses.enums import OrganisationKind, VenueKind
from courses.models import Closure, OpeningHours, Organisation, Room, Venue
from courses.services.demo.inventing import called, chance

NAMES = {
    VenueKind.RESIDENTS_ROOM: "{place}百花居委活动室",
    VenueKind.LIBRARY: "{place}图书馆",
    VenueKind.CARE_HOME: "{place}春晖养老院",
    VenueKind.CULTURE_VENUE: "{place}文化活动中心",
    VenueKind.BANK: "{place}银行网点",
    VenueKind.HOSPITAL: "{place}社区卫生服务中心",
    VenueKind.INFORMATION_POINT: "{place}社区信息苑",
    VenueKind.PRIVATE_HOME: "{place}路 8 号一户老人家",
    VenueKind.OTHER: "{place}邻里汇",
}
WAYS = (
    "公交在“{place}路”站下车，往前走 100 米，绿色大门进去，坐电梯到二楼。",
    "地铁站出来走 10 分钟，菜场对面。门口有保安，说来上手机课就行。",
    "小区 1 号门进，左手第二幢，一楼。门口有红灯笼。",
    "",
)
# Kinds that belong to the school's learning site where it has one.
OF_SITES = {VenueKind.RESIDENTS_ROOM, VenueKind.CARE_HOME, VenueKind.INFORMATION_POINT}
# Doors and seats: of a school's rooms, of rooms elsewhere, of a living room.
SCHOOL_ROOMS = (("201", 24), ("203", 36))
OTHER_ROOM, HOME_ROOM = ("活动室", 18), ("客厅", 4)
MORNING, AFTERNOON = (time(8, 30), time(11, 30)), (time(13, 0), time(16, 30))
WORKDAYS, SATURDAY = range(1, 6), 6
# The number of the venue that is no longer used.
OUT_OF_USE = 77
CLOSURES = (
    (-60, 20, "暑期整修"),
    (-3, 10, "空调坏了，在修"),
    (7, 7, "街道开会借用"),
    (20, 40, "过年"),
)


@transaction.atomic
def add_places() -> str | None:
    """Add two venues to each demo school, with their rooms; return what was done."""
    if Venue.objects.filter(is_demo=True).exists():
        return None
    today = timezone.localdate()
    venues = Venue.objects.bulk_create(_venues(today))
    rooms = Room.objects.bulk_create(
        Room(venue=venue, name=name, seats=seats) for venue in venues for name, seats in _rooms(venue)
    )
    OpeningHours.objects.bulk_create(
        hours for number, room in enumerate(rooms) for hours in _hours(room, number)
    )
    Closure.objects.bulk_create(_closures(rooms, today))
    return f"新建演示场地：{len(venues)} 处、{len(rooms)} 间教室" if venues else None


def _venues(today: date) -> list[Venue]:
    demo = Organisation.objects.filter(is_demo=True).select_related("area")
    schools = demo.filter(kind=OrganisationKind.COMMUNITY_SCHOOL)
    sites = {site.guided_by_id: site for site in demo.filter(kind=OrganisationKind.LEARNING_SITE)}
    kinds, venues = list(NAMES), []
    for number, school in enumerate(schools):
        kind = kinds[number % len(kinds)]
        owner = sites.get(school.pk, school) if kind in OF_SITES else school
        venues.append(_venue(school, VenueKind.COMMUNITY_SCHOOL, school.short_name, 2 * number, today))
        venues.append(_venue(owner, kind, NAMES[kind], 2 * number + 1, today))
    return venues


def _venue(owner: Organisation, kind: str, name: str, number: int, today: date) -> Venue:
    dice = chance(f"venue {number}")
    place = called(owner.area)
    is_ready = kind != VenueKind.PRIVATE_HOME and dice.random() < 0.8
    return Venue(
        organisation=owner,
        name=name.format(place=place),
        kind=kind,
        area=owner.area,
        address=owner.address,
        way=dice.choice(WAYS).format(place=place),
        has_step_free_way=dice.random() < 0.75,
        has_hearing_loop=dice.random() < 0.2,
        has_wifi=dice.random() < 0.85,
        has_projector=kind != VenueKind.PRIVATE_HOME and dice.random() < 0.7,
        is_epidemic_ready=is_ready,
        epidemic_checked_on=today - timedelta(days=dice.randrange(5, 200)) if is_ready else None,
        capacity=6 if kind == VenueKind.PRIVATE_HOME else dice.choice([None, 60, 80, 120]),
        closed_on=today - timedelta(days=30) if number == OUT_OF_USE else None,
        is_demo=True,
    )


def _rooms(venue: Venue) -> tuple[tuple[str, int], ...]:
    if venue.kind == VenueKind.COMMUNITY_SCHOOL:
        return SCHOOL_ROOMS
    return (HOME_ROOM,) if venue.kind == VenueKind.PRIVATE_HOME else (OTHER_ROOM,)


def _hours(room: Room, number: int) -> list[OpeningHours]:
    days = [(day, part) for day in WORKDAYS for part in (MORNING, AFTERNOON)]
    if number % 3 == 0:
        days.append((SATURDAY, MORNING))
    return [OpeningHours(room=room, weekday=day, opens=opens, closes=closes) for day, (opens, closes) in days]


def _closures(rooms: list[Room], today: date) -> list[Closure]:
    """Every tenth room is closed at some time, by turns alone and with its whole house."""
    return [
        Closure(
            venue=room.venue,
            room=room if number % 2 else None,
            starts_on=today + timedelta(days=starts),
            ends_on=today + timedelta(days=ends),
            reason=reason,
        )
        for number, room in enumerate(rooms[::10])
        for starts, ends, reason in [CLOSURES[number % len(CLOSURES)]]
    ]
