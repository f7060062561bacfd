"""The least of all limits counts; nothing is unlimited, zero is none."""

from datetime import date

import pytest

from courses.enums import RunMode, VenueKind
from courses.rules.capacity import (
    DatedLimit,
    Limit,
    capacity_refusal,
    effective_limit,
    limits_on,
    place_refusal,
)

FIRST_PHASE = DatedLimit(20, "首阶段每场最多 20 人", ends_on=date(2021, 3, 31), mode=RunMode.ONSITE)
NO_HOMES = DatedLimit(
    0,
    "首阶段不在老人家里办",
    ends_on=date(2021, 3, 31),
    mode=RunMode.ONSITE,
    venue_kind=VenueKind.PRIVATE_HOME,
)
ONSITE = frozenset({RunMode.ONSITE})


def limit_on(on, *, modes=ONSITE, kind=VenueKind.LIBRARY, own=None):
    ruled = limits_on([FIRST_PHASE, NO_HOMES], on=on, modes=modes, venue_kind=kind)
    return effective_limit([own, *ruled])


@pytest.mark.parametrize(
    ("on", "learners", "refused"),
    [
        (date(2021, 3, 31), 20, False),
        (date(2021, 3, 31), 21, True),
        (date(2021, 4, 1), 21, False),
        (date(2026, 3, 31), 21, False),
    ],
)
def test_twenty_until_the_end_of_march(on, learners, refused):
    refusal = capacity_refusal(learners=learners, limit=limit_on(on))
    assert (refusal is not None) is refused


def test_the_refusal_says_why_how_many_and_what_to_do():
    refusal = capacity_refusal(learners=23, limit=limit_on(date(2021, 3, 31)))
    assert refusal.code == "too-many-learners"
    assert refusal.message.startswith("首阶段每场最多 20 人，最多 20 位学员，现在是 23 位，多了 3 位。请")


def test_the_rule_is_about_people_who_come():
    assert limit_on(date(2021, 3, 1), modes=frozenset({RunMode.ONLINE})) is None
    assert limit_on(date(2021, 3, 1), modes=frozenset({RunMode.HYBRID, RunMode.ONSITE})).most == 20


def test_the_least_counts():
    assert limit_on(date(2021, 3, 1), own=Limit(12, "教室")) == Limit(12, "教室")
    assert limit_on(date(2021, 3, 1), own=Limit(30, "教室")).most == 20
    assert limit_on(date(2021, 5, 1), own=Limit(30, "教室")).most == 30


def test_nothing_is_unlimited_and_zero_is_none():
    assert effective_limit([None, None]) is None
    assert capacity_refusal(learners=10_000, limit=None) is None
    assert capacity_refusal(learners=1, limit=Limit(0, "停用")) is not None


def test_private_homes_are_refused_while_the_rule_holds():
    refusal = place_refusal(limit_on(date(2021, 3, 31), kind=VenueKind.PRIVATE_HOME))
    assert (refusal.code, refusal.field) == ("place-not-allowed", "venue")
    assert "首阶段不在老人家里办" in refusal.message
    assert place_refusal(limit_on(date(2021, 4, 1), kind=VenueKind.PRIVATE_HOME)) is None
