"""What is known of an organisation besides its place in the line, and taking it over."""

from dataclasses import dataclass
from typing import Any

from courses.enums import Contact
from courses.models import Area, Organisation

PLAIN = (
    *("name", "code", "area", "short_name", "kind_name", "address", "public_phone"),
    *("responsible_name", "operator_name", "is_name_verified", "source"),
)


@dataclass(frozen=True, kw_only=True)
class OrganisationDetails:
    """The facts of an organisation as somebody gives them.

    A telephone number is normalised, "" for none; None leaves the one that is there, as long as the name beside it
    is the same: a number goes with the person it belonged to.
    """

    name: str
    code: str
    area: Area
    short_name: str = ""
    kind_name: str = ""
    address: str = ""
    public_phone: str = ""
    responsible_name: str = ""
    responsible_phone: str | None = None
    operator_name: str = ""
    operator_phone: str | None = None
    is_name_verified: bool = False
    source: str = ""


def take_over(organisation: Organisation, details: OrganisationDetails) -> list[str]:
    """Give the organisation these details; return the names of what is different now. The caller saves."""
    phones = [whose for whose in Contact.values if _take_phone(organisation, details, whose)]
    plain = [field for field in PLAIN if _take(organisation, field, getattr(details, field))]
    return plain + [f"{whose}_phone" for whose in phones]


def _take(organisation: Organisation, field: str, value: Any) -> bool:
    column = Organisation._meta.get_field(field).attname
    before = getattr(organisation, column)
    setattr(organisation, field, value)
    return getattr(organisation, column) != before


def _take_phone(organisation: Organisation, details: OrganisationDetails, whose: str) -> bool:
    """Look at the names as they were: call this before they are taken over."""
    given: str | None = getattr(details, f"{whose}_phone")
    is_same_person = getattr(organisation, f"{whose}_name") == getattr(details, f"{whose}_name")
    if given is None and is_same_person:
        return False
    before = organisation.whole_contact_phone(whose)
    organisation.keep_contact_phone(whose, given or "")
    return before != (given or "")
