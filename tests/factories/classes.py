"""What classes stand on: areas, organisations, duties, places, people, learners."""

from itertools import count

from cms.models import User
from courses.enums import AreaKind, Duty, OrganisationKind, TeachingRole, VenueKind
from courses.models import Area, Learner, LearnerPlace, Membership, Organisation, Room, TeachingPerson, Venue
from courses.services.duties import give_duty

_numbers = count(1)
# 上海市, as `seed` made it.
CITY = "310000"


def an_area(name: str = "测试街道", *, district: str = "测试区", kind: str = AreaKind.SUBDISTRICT) -> Area:
    """Make a township below a district of this name; both are made once, those that `seed` brought are taken."""
    city = Area.objects.get(code=CITY)
    above = Area.objects.filter(name=district, kind=AreaKind.DISTRICT).first() or Area.objects.create(
        code=f"99{next(_numbers):04}", name=district, kind=AreaKind.DISTRICT, parent=city
    )
    return Area.objects.filter(name=name, parent=above).first() or Area.objects.create(
        code=f"98{next(_numbers):010}", name=name, kind=kind, parent=above
    )


def the_city() -> Organisation:
    """Return the top of the guidance line, which `seed` made."""
    return Organisation.objects.get(kind=OrganisationKind.CITY)


def a_college(name: str = "", *, district: str = "测试区") -> Organisation:
    """Make a community college below the city."""
    number = next(_numbers)
    return Organisation.objects.create(
        kind=OrganisationKind.COMMUNITY_COLLEGE,
        name=name or f"第{number}社区学院",
        code=f"T{number}",
        guided_by=the_city(),
        area=an_area(district=district).parent,
    )


def a_school(college: Organisation | None = None, name: str = "") -> Organisation:
    """Make a community school below a college."""
    above = college or a_college()
    number = next(_numbers)
    return Organisation.objects.create(
        kind=OrganisationKind.COMMUNITY_SCHOOL,
        name=name or f"第{number}社区学校",
        code=f"T{number}",
        guided_by=above,
        area=an_area(district=above.area.name),
    )


def a_site(school: Organisation | None = None, name: str = "") -> Organisation:
    """Make a learning site below a school."""
    above = school or a_school()
    number = next(_numbers)
    return Organisation.objects.create(
        kind=OrganisationKind.LEARNING_SITE,
        name=name or f"第{number}学习点",
        code=f"T{number}",
        guided_by=above,
        area=above.area,
    )


def a_member(duty: Duty, organisation: Organisation, name: str = "") -> User:
    """Make somebody who has this duty there, and no other."""
    user = User.objects.create_user(
        name or f"test-{duty}-{next(_numbers)}", password="x", first_name="周老师"
    )
    give_duty(user=user, organisation=organisation, duty=duty, by=None)
    return user


def another_duty(user: User, duty: Duty, organisation: Organisation) -> Membership:
    """Give somebody one more duty."""
    return give_duty(user=user, organisation=organisation, duty=duty, by=None)


def a_venue(organisation: Organisation, name: str = "", **values) -> Venue:
    """Make a venue that an organisation looks after."""
    return Venue.objects.create(
        organisation=organisation,
        name=name or f"第{next(_numbers)}活动室",
        kind=values.pop("kind", VenueKind.RESIDENTS_ROOM),
        area=organisation.area,
        address=values.pop("address", "测试路 1 号"),
        **values,
    )


def a_room(venue: Venue, name: str = "203", *, seats: int | None = 20) -> Room:
    """Make a room of a venue."""
    return Room.objects.create(venue=venue, name=name, seats=seats)


def a_person(
    organisation: Organisation,
    name: str = "王志愿",
    *,
    role: str = TeachingRole.VOLUNTEER,
    phone: str = "",
    **values,
) -> TeachingPerson:
    """Make a teacher or volunteer of an organisation."""
    person = TeachingPerson(
        organisation=organisation, name=name, role=role, number=f"T{next(_numbers):05}", **values
    )
    person.keep_phone(phone)
    person.save()
    return person


def a_learner(
    organisation: Organisation, name: str = "陈学员", *, phone: str = "13800000001", **values
) -> Learner:
    """Make a learner who is known at an organisation."""
    learner = Learner(name=name, birth_year=values.pop("birth_year", 1950), **values)
    learner.keep_phone(phone)
    learner.save()
    LearnerPlace.objects.create(learner=learner, organisation=organisation)
    return learner
