"""3,000 learners in households, some without a telephone, and some rows that were merged."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count, cycle, islice
from random import Random

from django.db import transaction
from django.utils import timezone

from courses.enums import OrganisationKind, Sex
from courses.models import Area, Learner, LearnerPlace, Organisation
from courses.models.private import Encrypted, encrypt
from courses.rules.names import name_key
from courses.services.demo.inventing import a_name, a_phone, a_young_name, chance

LEARNERS, MERGED = 3000, 40
SENIOR = 60
RELATIVES = ("女儿", "儿子", "外孙女")


@dataclass
class Registered:
    """A learner, and the schools that know them."""

    learner: Learner
    schools: list[Organisation]


@transaction.atomic
def add_learners() -> str | None:
    """Add learners to the demo schools; return what was done."""
    if Learner.objects.filter(is_demo=True).exists():
        return None
    schools = list(
        Organisation.objects.filter(is_demo=True, kind=OrganisationKind.COMMUNITY_SCHOOL)
        .select_related("area")
        .order_by("code")
    )
    if not schools:
        return None
    registered = _Registering(schools).all()
    Learner.objects.bulk_create([each.learner for each in registered], batch_size=500)
    duplicates = _duplicates(registered, schools)
    Learner.objects.bulk_create([each.learner for each in duplicates])
    places = [
        LearnerPlace(learner=each.learner, organisation=school)
        for each in [*registered, *duplicates]
        for school in each.schools
    ]
    LearnerPlace.objects.bulk_create(places, batch_size=500)
    return f"新建演示学员：{len(registered)} 位，另有 {len(duplicates)} 条合并过的"


class _Registering:
    """People coming to the schools, household by household."""

    def __init__(self, schools: list[Organisation]) -> None:
        self.schools = schools
        self.dice = chance("learners")
        self.year = timezone.localdate().year
        self.phones, self.contacts = count(), count()
        areas = list(Area.objects.townships())
        self.streets = {
            school.pk: [area for area in areas if area.parent_id == school.area.parent_id]
            for school in schools
        }

    def all(self) -> list[Registered]:
        """Return everybody, LEARNERS of them."""
        people = (each for school in cycle(self.schools) for each in self.household(school))
        return list(islice(people, LEARNERS))

    def household(self, school: Organisation) -> Iterator[Registered]:
        """One person, a couple, or three under one number; or somebody without one."""
        size = self.dice.choices([1, 2, 3], [85, 13, 2])[0]
        phone = "" if size == 1 and self.dice.random() < 0.07 else a_phone("learners", next(self.phones))
        first = Sex.FEMALE if self.dice.random() < 0.65 else Sex.MALE
        area = school.area if self.dice.random() < 0.8 else self.dice.choice(self.streets[school.pk])
        names: set[str] = set()
        for member in range(size):
            sex = first if member % 2 == 0 else next(sex for sex in Sex if sex != first)
            learner = self.learner(_another_name(self.dice, sex, names), sex, phone, area)
            yield Registered(learner, self.schools_of(school))

    def learner(self, name: str, sex: str, phone: str, area: Area) -> Learner:
        """Somebody, with their year of birth unless they only say that they are old enough."""
        says_only = bool(phone) and self.dice.random() < 0.03
        learner = Learner(
            name=name,
            name_key=name_key(name),
            sex=sex,
            birth_year=None if says_only else self.birth_year(),
            says_senior=says_only,
            area=area,
            is_identity_confirmed=not phone,
            is_demo=True,
        )
        learner.keep_phone(phone)
        if self.dice.random() < 0.2:
            learner.contact_name = f"{self.dice.choice(RELATIVES)} {a_young_name(self.dice)}"
            learner.contact_phone = Encrypted(encrypt(a_phone("contacts", next(self.contacts))))
        return learner

    def birth_year(self) -> int:
        """Over 60 mostly."""
        age = (
            self.dice.randrange(SENIOR, 89) if self.dice.random() < 0.96 else self.dice.randrange(50, SENIOR)
        )
        return self.year - age

    def schools_of(self, school: Organisation) -> list[Organisation]:
        """One in twelve goes to two schools."""
        others = [each for each in self.schools if each != school]
        return [school, self.dice.choice(others)] if self.dice.random() < 0.08 else [school]


def _another_name(dice: Random, sex: str, taken: set[str]) -> str:
    name = a_name(dice, sex)
    while name in taken:
        name = a_name(dice, sex)
    taken.add(name)
    return name


def _duplicates(registered: list[Registered], schools: list[Organisation]) -> list[Registered]:
    """People who were written down again at another school, without their number; merged since."""
    duplicates = []
    for number, kept in enumerate(registered[:: LEARNERS // MERGED][:MERGED]):
        other = next(
            school for school in schools[number % len(schools) :] + schools if school not in kept.schools
        )
        again = Learner(
            name=kept.learner.name,
            name_key=kept.learner.name_key,
            birth_year=kept.learner.birth_year,
            sex=kept.learner.sex,
            area=kept.learner.area,
            merged_into=kept.learner,
            is_demo=True,
        )
        kept.schools.append(other)
        duplicates.append(Registered(again, [other]))
    return duplicates
