"""学员: the list, with its filters. Numbers are masked here and in what is taken away."""

from django.db.models import Prefetch
from django.urls import reverse

from courses.desk.listing import Button, Column, DeskList
from courses.enums import Right
from courses.forms.learners import LearnerFilters
from courses.models import Learner, LearnerPlace, organisations_of
from courses.services.learners.finding import Suggestion


def learner_url(learner: Learner | Suggestion) -> str:
    """Return where a learner is shown."""
    return reverse("desk:learner", args=[learner.pk])


def _places(learner) -> str:
    return "、".join(str(place.organisation) for place in learner.seen_places)


class LearnerList(DeskList):
    """Every learner of the branch."""

    page_title = "学员"
    right = Right.SEE_LEARNERS
    filter_form = LearnerFilters
    unit = "位"
    # Fewer than elsewhere: each row opens a number.
    on_one_page = 30
    empty = "您这里还没有学员。来了第一位，点“登记学员”。"
    export_name = "learners"
    columns = [
        Column("姓名", lambda each: each.name, url=learner_url),
        Column("电话", lambda each: each.masked_phone or "没有"),
        Column("出生年份", lambda each: each.birth_year or ""),
        Column("街镇", lambda each: each.area.full_name if each.area else "", is_minor=True),
        Column("登记在", _places, is_minor=True),
    ]

    def get_rows(self):
        user = self.request.user
        own = LearnerPlace.objects.filter(organisation_id__in=organisations_of(user).values("pk"))
        places = Prefetch("places", own.select_related("organisation"), to_attr="seen_places")
        seen = Learner.objects.visible_to(user).canonical()
        return seen.select_related("area__parent").prefetch_related(places)

    def get_buttons(self):
        new = Button("登记学员", reverse("desk:new_learner"), is_chief=True)
        return [new] if self.may(Right.CHANGE_LEARNERS) else []
