"""Ever more people for a large history: without a telephone, so known by name, year of birth and street."""

from collections.abc import Iterator
from itertools import count, product

from courses.enums import Sex
from courses.models import Learner, Organisation
from courses.services.demo.inventing import all_names

AGES = range(56, 89)
# Steps through the combinations so that neighbours differ in everything; shares no factor with how many there are.
STRIDE = 10_007


class Newcomers:
    """People nobody has registered yet. ``year`` is the one they have their age in."""

    def __init__(self, year: int) -> None:
        self.everybody = list(product(all_names(), [year - age for age in AGES]))
        rows = Learner.objects.filter(phone_key="").values_list("name_key", "birth_year", "area_id")
        self.known = set(rows)

    def of(self, school: Organisation) -> Iterator[Learner]:
        """Yield one after the other, always the same ones, without those who are known."""
        for number in count():
            (name, sex), birth_year = self.everybody[number * STRIDE % len(self.everybody)]
            who = (name, birth_year, school.area_id)
            if who not in self.known:
                self.known.add(who)
                yield _learner(name, sex, birth_year, school)


def _learner(name: str, sex: Sex, birth_year: int, school: Organisation) -> Learner:
    return Learner(
        name=name,
        name_key=name,
        sex=sex,
        birth_year=birth_year,
        area_id=school.area_id,
        is_identity_confirmed=True,
        is_demo=True,
    )
