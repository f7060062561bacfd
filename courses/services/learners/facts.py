"""What is known about a learner, tidied and checked before anything is written."""

from dataclasses import dataclass, replace

from django.utils import timezone

from courses.errors import Refused
from courses.models import Area, Learner
from courses.rules.learners import birth_year_refusal, identity_refusals
from courses.rules.names import LONGEST, name_key, name_refusal, tidy
from courses.rules.phones import normalised, phone_refusal


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

    def among_all(self) -> tuple[Learner | None, int]:
        """Return who this is, and how many others share the telephone number; in one query."""
        rows = list(self._near().select_related("merged_into"))
        key = name_key(self.name)
        # Nulls first or last differs between databases: a canonical row must win.
        same = sorted(
            (row for row in rows if row.name_key == key), key=lambda row: (row.merged_into_id or 0, row.pk)
        )
        learner = (same[0].merged_into or same[0]) if same else None
        people = {row.pk for row in rows if row.merged_into_id is None} - {learner.pk if learner else None}
        return learner, len(people) if self.phone else 0

    def _near(self):
        """Everybody under the number; without one, who has the same name, year and street and no number either."""
        rows = Learner.objects.filter(erased_at=None).order_by("pk")
        if self.phone:
            return rows.with_phone(self.phone)
        key = name_key(self.name)
        return rows.filter(name_key=key, phone_key="", birth_year=self.birth_year, area=self.area)
