"""Giving a person a copy of everything that is kept about them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from cms.enums import AuditVerb
from cms.models import User
from cms.services.audit import record
from courses.enums import Right
from courses.models import Learner, LearnerPlace, organisations_of
from courses.services.learners.guard import (
    acting_organisation_id,
    refuse_unless_sees,
    refuse_unless_there,
)
from courses.services.personal_data import kept_until


@dataclass(frozen=True)
class PersonsCopy:
    """Everything about one person, in words: facts, and where and since when they are known."""

    made_at: datetime
    facts: dict[str, str]
    places: list[tuple[str, str]]
    earlier: list[dict[str, str]]

    def as_json(self) -> dict[str, Any]:
        """Return it for another program."""
        return {
            "生成时间": f"{self.made_at:%Y-%m-%d %H:%M}",
            "资料": self.facts,
            "登记过的机构": [{"机构": name, "从": since} for name, since in self.places],
            "合并过来的": self.earlier,
        }


@transaction.atomic
def export_to_person(*, learner: Learner, by: User) -> PersonsCopy:
    """Return the copy a person is given when they ask for it, numbers whole. Put down. Raises NotAllowed, Refused.

    Where else they are known is not told: that is for the organisations there, which ``by`` does not see.
    """
    for right in (Right.EXPORT, Right.REVEAL_PHONES):
        refuse_unless_sees(right, by=by, learners=(learner,))
    learner = Learner.objects.select_related("area__parent").get(pk=learner.pk)
    refuse_unless_there(learner)
    own = organisations_of(by).values("pk")
    places = LearnerPlace.objects.filter(learner=learner, organisation_id__in=own)
    known = places.select_related("organisation").order_by("since")
    copy = PersonsCopy(
        made_at=timezone.localtime(),
        facts=_facts(learner) | {"保存到": f"{kept_until(learner):%Y-%m-%d}"},
        places=[(place.organisation.name, f"{timezone.localtime(place.since):%Y-%m-%d}") for place in known],
        earlier=[_facts(row) for row in learner.merged.select_related("area__parent")],
    )
    organisation = acting_organisation_id(by)
    record(AuditVerb.EXPORTED, by=by, subject=learner, organisation_id=organisation, detail="to-person")
    return copy


def _facts(learner: Learner) -> dict[str, str]:
    return {
        "姓名": learner.name,
        "电话": learner.whole_phone(),
        "出生年份": str(learner.birth_year or ""),
        "自己说满 60 岁": "是" if learner.says_senior else "",
        "性别": learner.get_sex_display(),
        "住在哪个街镇": learner.area.full_name if learner.area else "",
        "有事找谁": learner.contact_name,
        "那个人的电话": learner.whole_contact_phone(),
        "工作人员认过人": "是" if learner.is_identity_confirmed else "",
        "登记时间": f"{timezone.localtime(learner.created_at):%Y-%m-%d}",
    }
