"""What each duty allows, who may give it to whom, and at what kind of organisation it is held."""

from courses.enums import Duty, OrganisationKind, Right

_LOOK = {Right.SEE_ORGANISATIONS, Right.SEE_PLACES, Right.SEE_PEOPLE, Right.SEE_CLASSES}
_TEACHING = {Right.SEE_PLACES, Right.SEE_CLASSES}
_SCHOOL = {
    *_LOOK,
    Right.CHANGE_PLACES,
    Right.CHANGE_PEOPLE,
    Right.PLAN_CLASSES,
    Right.SEE_LEARNERS,
    Right.CHANGE_LEARNERS,
    Right.REVEAL_PHONES,
    Right.ENROL,
    Right.CALL_ROLL,
    Right.SEE_EVIDENCE,
    Right.EXPORT,
}
_COLLEGE = _SCHOOL | {Right.CHANGE_ORGANISATIONS}
_DISTRICT = _COLLEGE | {Right.MANAGE_ACCOUNTS, Right.SEE_AUDIT, Right.LOCK_MONTHS}

RIGHTS: dict[Duty, frozenset[Right]] = {
    Duty.CITY_MANAGER: frozenset(_DISTRICT | {Right.CHANGE_AREAS, Right.CHANGE_PROGRAMME}),
    Duty.DISTRICT_MANAGER: frozenset(_DISTRICT),
    Duty.COLLEGE_STAFF: frozenset(_COLLEGE),
    Duty.SCHOOL_STAFF: frozenset(_SCHOOL),
    # Of the sessions they teach themselves.
    Duty.TEACHER: frozenset(_TEACHING | {Right.CALL_ROLL, Right.SEE_EVIDENCE}),
    Duty.VOLUNTEER: frozenset(_TEACHING),
    # Reads everything but whole telephone numbers, changes nothing.
    Duty.AUDITOR: frozenset({*_LOOK, Right.SEE_LEARNERS, Right.SEE_EVIDENCE, Right.EXPORT, Right.SEE_AUDIT}),
}

KINDS: dict[Duty, frozenset[OrganisationKind]] = {
    Duty.CITY_MANAGER: frozenset({OrganisationKind.CITY}),
    Duty.DISTRICT_MANAGER: frozenset({OrganisationKind.COMMUNITY_COLLEGE}),
    Duty.COLLEGE_STAFF: frozenset({OrganisationKind.COMMUNITY_COLLEGE}),
    Duty.SCHOOL_STAFF: frozenset({OrganisationKind.COMMUNITY_SCHOOL, OrganisationKind.LEARNING_SITE}),
    Duty.TEACHER: frozenset(OrganisationKind),
    Duty.VOLUNTEER: frozenset(OrganisationKind),
    Duty.AUDITOR: frozenset({OrganisationKind.CITY, OrganisationKind.COMMUNITY_COLLEGE}),
}

# Who manages accounts needs a second factor at log-in (security.md, Sessions and log-in).
MANAGERS = frozenset({Duty.CITY_MANAGER, Duty.DISTRICT_MANAGER})

# A manager gives duties up to the own one, never above it. An auditor watches managers: only the city names one.
_GIVEN_BY_DISTRICT = frozenset(
    {Duty.DISTRICT_MANAGER, Duty.COLLEGE_STAFF, Duty.SCHOOL_STAFF, Duty.TEACHER, Duty.VOLUNTEER}
)
_GIVEN_BY: dict[Duty, frozenset[Duty]] = {
    Duty.CITY_MANAGER: frozenset(Duty),
    Duty.DISTRICT_MANAGER: _GIVEN_BY_DISTRICT,
}


def allows(duty: str, right: Right) -> bool:
    """True when the duty brings the right."""
    return right in RIGHTS[Duty(duty)]


def duties_given_by(duty: str) -> frozenset[Duty]:
    """Return the duties that somebody with ``duty`` may give, end, and whose accounts they may reset or disable."""
    return _GIVEN_BY.get(Duty(duty), frozenset())


def duty_refusal(*, duty: str, organisation_kind: str) -> str | None:
    """Return why this duty cannot be held at such an organisation, or None."""
    if OrganisationKind(organisation_kind) in KINDS[Duty(duty)]:
        return None
    wanted = "、".join(kind.label for kind in OrganisationKind if kind in KINDS[Duty(duty)])
    return f"“{Duty(duty).label}”只能放在：{wanted}。"
