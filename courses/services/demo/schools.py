"""What each demo school teaches with: rooms, teachers and volunteers, its own and those near it."""

from collections import defaultdict
from dataclasses import dataclass

from django.utils import timezone

from courses.enums import OrganisationKind, TeachingRole, VenueKind
from courses.models import Organisation, Room, TeachingPerson


@dataclass(frozen=True)
class School:
    """A school, the rooms of it and its sites, its teachers and the college's, its volunteers and the sites'."""

    organisation: Organisation
    rooms: list[Room]
    teachers: list[TeachingPerson]
    volunteers: list[TeachingPerson]


def demo_schools() -> list[School]:
    """Return the demo schools that can teach, in the order of their codes."""
    rooms, people = _rooms(), _people()
    demo = Organisation.objects.filter(is_demo=True).select_related("guided_by").order_by("code")
    sites = defaultdict(list)
    for site in demo.filter(kind=OrganisationKind.LEARNING_SITE):
        sites[site.guided_by_id].append(site.pk)
    found = []
    for each in demo.filter(kind=OrganisationKind.COMMUNITY_SCHOOL):
        own = [each.pk, *sites[each.pk]]
        teachers = [*people[TeachingRole.TEACHER, each.pk], *people[TeachingRole.TEACHER, each.guided_by_id]]
        volunteers = [person for pk in own for person in people[TeachingRole.VOLUNTEER, pk]]
        found.append(School(each, [room for pk in own for room in rooms[pk]], teachers, volunteers))
    return [school for school in found if school.rooms and school.teachers]


def _rooms() -> dict[int, list[Room]]:
    """Return the rooms in use by organisation; living rooms are not for classes."""
    rows = Room.objects.filter(venue__is_demo=True, venue__closed_on=None, closed_on=None)
    by_organisation = defaultdict(list)
    for room in rows.exclude(venue__kind=VenueKind.PRIVATE_HOME).select_related("venue").order_by("pk"):
        by_organisation[room.venue.organisation_id].append(room)
    return by_organisation


def _people() -> dict[tuple[str, int], list[TeachingPerson]]:
    """Return who has not left, by role and organisation."""
    rows = TeachingPerson.objects.filter(is_demo=True).order_by("number")
    today = timezone.localdate()
    by_place = defaultdict(list)
    for person in rows:
        if person.left_on is None or person.left_on > today:
            by_place[person.role, person.organisation_id].append(person)
    return by_place
