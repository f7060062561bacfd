"""60 teachers and 150 volunteers: what they can teach, when they have time, what they have proved or not."""

from datetime import date, timedelta
from itertools import cycle, islice
from random import Random

from django.db import transaction
from django.utils import timezone

from cms.enums import Scenario
from courses.enums import HalfDay, OrganisationKind, QualificationKind, Sex, TeachingRole, Weekday
from courses.models import (
    Availability,
    Organisation,
    PersonNumber,
    Qualification,
    TaughtScenario,
    TeachingPerson,
)
from courses.rules.names import name_key
from courses.services.demo.inventing import a_name, a_phone, a_young_name, chance

TEACHERS, VOLUNTEERS = 60, 150
YEAR = timedelta(days=365)
LEFT = {57, 123, 188}


@transaction.atomic
def add_people() -> str | None:
    """Add teachers to colleges and schools, volunteers to schools and sites; return what was done."""
    if TeachingPerson.objects.filter(is_demo=True).exists():
        return None
    today = timezone.localdate()
    people = TeachingPerson.objects.bulk_create(
        _person(organisation, role, number, today) for number, (organisation, role) in enumerate(_posts())
    )
    dice = chance("what people can")
    TaughtScenario.objects.bulk_create(row for person in people for row in _scenarios(person, dice))
    Availability.objects.bulk_create(row for person in people for row in _availabilities(person, dice))
    Qualification.objects.bulk_create(
        row for number, person in enumerate(people) for row in _qualifications(person, number, today)
    )
    return f"新建演示教师和志愿者：{len(people)} 位" if people else None


def _posts() -> list[tuple[Organisation, TeachingRole]]:
    """Return where each person belongs, by turns."""
    demo = list(Organisation.objects.filter(is_demo=True).order_by("code"))
    schools = [each for each in demo if each.kind == OrganisationKind.COMMUNITY_SCHOOL]
    colleges = list(Organisation.objects.filter(kind=OrganisationKind.COMMUNITY_COLLEGE).order_by("code"))
    if not demo:
        return []
    teachers = islice(cycle([*schools, *colleges]), TEACHERS)
    volunteers = islice(cycle(demo), VOLUNTEERS)
    return [(each, TeachingRole.TEACHER) for each in teachers] + [
        (each, TeachingRole.VOLUNTEER) for each in volunteers
    ]


def _person(organisation: Organisation, role: str, number: int, today: date) -> TeachingPerson:
    dice = chance(f"person {number}")
    is_young = role == TeachingRole.TEACHER or dice.random() < 0.4
    person = TeachingPerson(
        organisation=organisation,
        role=role,
        name=a_young_name(dice) if is_young else a_name(dice, dice.choice(Sex.values)),
        number=PersonNumber.objects.take_next(role),
        speaks_shanghainese=dice.random() < (0.4 if is_young else 0.9),
        listed_consent_on=today - timedelta(days=dice.randrange(10, 300)) if dice.random() < 0.7 else None,
        left_on=today - timedelta(days=40) if number in LEFT else None,
        is_demo=True,
    )
    # Written by hand: many are saved at once, without `save`.
    person.name_key = name_key(person.name)
    person.keep_phone(a_phone("people", number))
    return person


def _scenarios(person: TeachingPerson, dice: Random) -> list[TaughtScenario]:
    most = 6 if person.role == TeachingRole.TEACHER else 4
    chosen = dice.sample(list(Scenario), dice.randrange(2, most + 1))
    return [TaughtScenario(person=person, scenario=scenario) for scenario in chosen]


def _availabilities(person: TeachingPerson, dice: Random) -> list[Availability]:
    half_days = [(day, part) for day in Weekday for part in (HalfDay.MORNING, HalfDay.AFTERNOON)]
    chosen = dice.sample(half_days, dice.randrange(2, 6))
    return [Availability(person=person, weekday=day, half_day=part) for day, part in chosen]


def _qualifications(person: TeachingPerson, number: int, today: date) -> list[Qualification]:
    """Of ten, one has proved nothing, one's papers have run out, one has only read the handbook."""
    kind = number % 10
    if kind == 0:
        return []
    passed = today - (2 * YEAR if kind == 1 else timedelta(days=20 + number))
    papers = [Qualification(kind=QualificationKind.HANDBOOK_READ, edition=1)]
    if kind != 2:
        papers.append(Qualification(kind=QualificationKind.SAFETY_QUIZ))
        papers.append(Qualification(kind=QualificationKind.TRAINING))
    for paper in papers:
        paper.person, paper.passed_on, paper.valid_until = person, passed, passed + YEAR
    return papers
