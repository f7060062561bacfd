"""Another college's venues, rooms and closures do not exist here: not to look at, not to change, not to choose."""

from datetime import date, timedelta

import pytest
from django.core.serializers import serialize
from django.urls import reverse
from django.utils import timezone

from cms.models import AuditEntry
from courses.desk.places.urls import urlpatterns
from courses.enums import Duty
from courses.models import Closure, OpeningHours, Room, Venue
from tests.factories.classes import a_college, a_member, a_room, a_school, a_venue
from tests.factories.places import closed_on, open_week, typed

pytestmark = pytest.mark.django_db

CANARY = "金丝雀"
OF_ONE = [each.name for each in urlpatterns if "<int:pk>" in str(each.pattern)]
LOOKING = {"venues", "venue", "venue_sign", "room", "room_sign"}
# What a form would need to go through, so that nothing but the branch stands in the way.
SENT = {
    "on": f"{date(2100, 1, 1)}",
    "name": "改了",
    "seats": "1",
    "starts_on": f"{date(2100, 1, 1)}",
    "ends_on": f"{date(2100, 1, 1)}",
    "reason": "改了",
}


@pytest.fixture
def mine():
    return a_college("东社区学院", district="东区")


@pytest.fixture
def theirs():
    """A closure of a room of another college's venue, every name of it a canary."""
    college = a_college(f"{CANARY}社区学院", district="西区")
    venue = a_venue(a_school(college, f"{CANARY}社区学校"), f"{CANARY}场地", address=f"{CANARY}路")
    room = a_room(venue, f"{CANARY}室")
    open_week(room, 1)
    today = timezone.localdate()
    return closed_on(venue, today, today + timedelta(days=1), room=room, reason=CANARY)


def address_of(name: str, closure: Closure) -> str:
    kind = "closure" if name == "closure_remove" else "room" if name.startswith("room") else "venue"
    kind = "venue" if name == "room_new" else kind
    one = {"closure": closure, "room": closure.room, "venue": closure.venue}[kind]
    return reverse(f"desk:{name}", args=[one.pk])


def everything() -> str:
    """Return all places as they lie in the database."""
    return "".join(
        serialize("json", model.objects.order_by("pk")) for model in (Venue, Room, OpeningHours, Closure)
    )


@pytest.mark.parametrize("duty", [Duty.DISTRICT_MANAGER, Duty.COLLEGE_STAFF])
@pytest.mark.parametrize("name", OF_ONE)
def test_another_colleges_things_are_not_found(client, mine, theirs, name, duty):
    client.force_login(a_member(duty, mine))
    before = everything()
    address = address_of(name, theirs)
    sent = SENT if name != "venue_edit" else typed(mine, name="改了")
    for response in (client.get(address), client.post(address, sent), client.head(address)):
        # A screen that is only looked at takes no POST from anybody.
        assert response.status_code == (
            405 if response.request["REQUEST_METHOD"] == "POST" and name in LOOKING else 404
        )
        assert CANARY not in response.content.decode()
    assert everything() == before


@pytest.mark.parametrize("name", OF_ONE)
def test_the_same_address_works_for_those_whose_it_is(client, theirs, name):
    """The control: what was not found above is there."""
    client.force_login(a_member(Duty.DISTRICT_MANAGER, theirs.venue.organisation.guided_by))
    assert client.get(address_of(name, theirs)).status_code == 200


@pytest.mark.parametrize("pk", [0, 999_999, 2**63, 10**40])
def test_guessed_numbers_are_not_found(client, mine, pk):
    client.force_login(a_member(Duty.COLLEGE_STAFF, mine))
    for name in OF_ONE:
        assert client.get(reverse(f"desk:{name}", args=[pk])).status_code == 404


@pytest.mark.parametrize("query", ["", "?q=金丝雀路", "?export=csv", "?print=1", "?p=2", "?state=used"])
def test_lists_files_and_filters_show_nothing_of_theirs(client, mine, theirs, query):
    a_venue(mine, "自己的")
    client.force_login(a_member(Duty.COLLEGE_STAFF, mine))
    text = client.get(f"{reverse('desk:venues')}{query}").content.decode()
    # What one typed oneself comes back in the field.
    assert CANARY not in text.replace("金丝雀路", "")
    asked = client.get(reverse("desk:venues"), {"organisation": theirs.venue.organisation_id})
    assert CANARY not in asked.content.decode()


def test_their_organisation_cannot_be_chosen(client, mine, theirs):
    client.force_login(a_member(Duty.COLLEGE_STAFF, mine))
    own = a_venue(mine)
    for address in (reverse("desk:venue_new"), reverse("desk:venue_edit", args=[own.pk])):
        assert CANARY not in client.get(address).content.decode()
        response = client.post(address, typed(theirs.venue.organisation))
        assert response.status_code == 200
        assert "id_organisation_error" in response.content.decode()
    assert Venue.objects.get(pk=own.pk).organisation == mine
    assert Venue.objects.count() == 2


def test_their_room_cannot_be_closed_through_an_own_venue(client, mine, theirs):
    client.force_login(a_member(Duty.COLLEGE_STAFF, mine))
    address = reverse("desk:closure_new", args=[a_venue(mine).pk])
    text = client.post(address, SENT | {"room": theirs.room_id}).content.decode()
    assert CANARY not in text
    assert Closure.objects.count() == 1


@pytest.mark.parametrize("name", [each.name for each in urlpatterns])
def test_who_only_looks_is_kept_out_of_what_changes(client, theirs, name):
    college = theirs.venue.organisation.guided_by
    address = address_of(name, theirs) if name in OF_ONE else reverse(f"desk:{name}")
    before = everything()
    for duty in (Duty.TEACHER, Duty.VOLUNTEER, Duty.AUDITOR):
        client.force_login(a_member(duty, college))
        assert client.get(address).status_code in ({200} if name in LOOKING else {302, 403})
        assert client.post(address, SENT).status_code in ({405} if name in LOOKING else {302, 403})
    assert everything() == before
    assert AuditEntry.objects.filter(verb="refused").exists() == (name not in LOOKING)
