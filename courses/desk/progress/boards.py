"""看板: the city's ring and plan, a place's five figures, where nobody teaches, what is to be done today."""

from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone

from cms.enums import Scenario
from courses.desk.base import DeskPage
from courses.desk.listing import Button
from courses.desk.progress.todo import todo_for
from courses.enums import Mastery, OrganisationKind, Right
from courses.models import Organisation
from courses.rules.in_words import in_wan
from courses.rules.ring import ring
from courses.services.counting.totals import Place
from courses.services.progress.chart import chart_of
from courses.services.progress.classes import class_figures
from courses.services.progress.collecting import programme_of, progress_of
from courses.services.progress.gaps import gaps
from courses.services.progress.outcomes import asked_at_each_time
from courses.services.progress.places import (
    Seen,
    districts_seen_by,
    figures_of,
    of_district,
    seen_by,
)

ABOVE = "看板"


class BoardPage(DeskPage):
    """A board. A subclass says whose."""

    right = Right.SEE_ORGANISATIONS
    header_icon = "view"
    template_name = "courses/desk/progress/board.html"
    seen: Seen

    def get_page_title(self):
        return f"{self.seen.name}的看板"

    def get_context_data(self, **kwargs):
        now = timezone.localtime()
        context = super().get_context_data(**kwargs)
        return context | self.city(now.date()) | self.place(now) | {"buttons": self.get_buttons()}

    def city(self, today: date) -> dict[str, Any]:
        """Return the ring and the plan, which are the city's on every board."""
        programme = programme_of(None, today=today)
        if programme is None:
            return {"programme": None}
        now = progress_of(programme, today=today)
        return {
            "programme": programme,
            "now": now,
            "cells": ring(now.reported, programme.target),
            "target_words": in_wan(programme.target),
            "chart": chart_of(now),
            "asked": f"?year={programme.year}",
            "own": figures_of(self.seen, now),
        }

    def place(self, now: datetime) -> dict[str, Any]:
        """Return what is the place's own."""
        return {
            "figures": class_figures(self.seen.place, now=now),
            "gaps": gaps(self.seen.place, month=now.date()),
            "scenarios": list(Scenario),
            "outcomes": asked_at_each_time(self.seen.place, now=now),
            "masteries": list(Mastery),
            "month": now.date(),
        }

    def get_buttons(self) -> list[Button]:
        """Return the ways to the tables."""
        names = [
            ("各区的表", "progress_districts", Right.SEE_ORGANISATIONS),
            ("各机构的表", "progress_branches", Right.SEE_ORGANISATIONS),
            ("各场景的表", "progress_scenarios", Right.SEE_ORGANISATIONS),
            ("各课学会了没有", "progress_outcomes", Right.SEE_ORGANISATIONS),
            ("可能拆成两次的课", "doubled_sessions", Right.SEE_ORGANISATIONS),
            ("锁定的月份", "locked_months", Right.SEE_AUDIT),
        ]
        return [Button(label, reverse(f"desk:{name}")) for label, name, right in names if self.may(right)]


class OwnBoard(BoardPage):
    """The board of the place one works for, with what one has to do."""

    def look_up(self) -> None:
        self.seen = seen_by(self.acting)

    def get_context_data(self, **kwargs):
        todo = todo_for(self.acting, self.by, now=timezone.localtime())
        return super().get_context_data(**kwargs) | {"todo": todo, "is_own": True}


class DistrictBoard(BoardPage):
    """A district's, for the city and for everybody in that district: sums, nobody's names."""

    def look_up(self) -> None:
        self.seen = of_district(self.found(districts_seen_by(self.acting), self.kwargs["pk"]))

    def get_above(self):
        return [(ABOVE, reverse("desk:progress_board"))]


class BranchBoard(BoardPage):
    """An organisation's with what it guides."""

    def look_up(self) -> None:
        rows = Organisation.objects.exclude(kind=OrganisationKind.CITY)
        found = self.visible(rows, self.kwargs["pk"])
        self.seen = Seen(Place.of_branch(found), str(found))

    def get_above(self):
        return [(ABOVE, reverse("desk:progress_board"))]
