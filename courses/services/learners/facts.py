"""What is known about a learner, tidied and checked before anything is written."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.utils import timezone

from cms.services.prepared import TEXT, Prepared, Read, rows_together
from courses.errors import Refused
from courses.models import Area, Learner
from courses.models.private import keyed_hash
from courses.rules.learners import birth_year_refusal, identity_refusals
from courses.rules.names import LONGEST, name_key, name_refusal, tidy
from courses.rules.phones import normalised, phone_refusal

WHO = ("pk", "name_key", "merged_into_id")
_HOUSEHOLD = Prepared(
    lambda key: Learner.objects.filter(erased_at=None, phone_key=key).order_by("pk").values_list(*WHO), TEXT
)


@dataclass(frozen=True, kw_only=True)
class LearnerFacts:
    """What somebody says about a learner. In a correction, None for a number means: as it was."""

    name: str
    phone: str | None = ""
    birth_year: int | None = None
    says_senior: bool = False
    sex: str = ""
    area: Area | None = None
    contact_name: str = ""
    contact_phone: str | None = ""
    is_identity_confirmed: bool = False

    def checked(self, *, kept_phone: str = "", is_from_web: bool = False) -> "LearnerFacts":
        """Return them tidy. Raises Refused, by field. ``kept_phone`` stands where the number stays as it was.

        ``is_from_web``: nobody of the staff has seen the person yet.
        """
        tidied = replace(
            self,
            name=tidy(self.name),
            contact_name=tidy(self.contact_name),
            phone=kept_phone if self.phone is None else normalised(self.phone),
            contact_phone=None if self.contact_phone is None else normalised(self.contact_phone),
        )
        refusals = tidied.refusals(is_from_web=is_from_web)
        if refusals:
            raise Refused("facts", "还有地方要改。", fields=refusals)
        return tidied

    def refusals(self, *, is_from_web: bool = False) -> dict[str, str]:
        """Return, by field, what is wrong with tidy facts."""
        wrong = {
            "name": name_refusal(self.name),
            "phone": self.phone and phone_refusal(self.phone),
            "contact_phone": self.contact_phone and phone_refusal(self.contact_phone),
            "contact_name": len(self.contact_name) > LONGEST and f"名字太长了，最多 {LONGEST} 个字。",
            "birth_year": self.birth_year is not None
            and birth_year_refusal(self.birth_year, year=timezone.localdate().year),
        }
        missing = identity_refusals(
            phone=self.phone or "",
            birth_year=self.birth_year,
            has_area=self.area is not None,
            is_identity_confirmed=self.is_identity_confirmed or is_from_web,
        )
        return missing | {field: words for field, words in wrong.items() if words}

    def identified(self) -> Learner | None:
        """Return who this is among the learners of all organisations; a merged row stands for its canonical one."""
        return self.among_all()[0]

    def among_all(self, *, first: Iterable[Read] = ()) -> tuple[Learner | None, int]:
        """Return who this is, and how many others share the telephone number; one query where it is nobody.

        ``first`` is what is asked before that, such as what keeps others from registering the same person meanwhile.
        """
        pk, others = self.pk_among_all(first=first)
        return Learner.objects.get(pk=pk) if pk else None, others

    def pk_among_all(self, *, first: Iterable[Read] = ()) -> tuple[int | None, int]:
        """Return the id of who this is, and how many others share the telephone number, without making objects."""
        rows = self._near(first)
        key = name_key(self.name)
        # Nulls first or last differs between databases: a canonical row must win.
        same = sorted((merged or 0, pk) for pk, name, merged in rows if name == key)
        found = (same[0][0] or same[0][1]) if same else None
        people = {pk for pk, _, merged in rows if merged is None} - {found}
        return found, len(people) if self.phone else 0

    def _near(self, first: Iterable[Read]):
        """Everybody under the number; without one, who has the same name, year and street and no number either."""
        if self.phone:
            *_, household = rows_together(*first, (_HOUSEHOLD, keyed_hash("phone", self.phone)))
            return household
        rows_together(*first)
        key = name_key(self.name)
        rows = Learner.objects.filter(erased_at=None, name_key=key, phone_key="").order_by("pk")
        return rows.filter(birth_year=self.birth_year, area=self.area).values_list(*WHO)
