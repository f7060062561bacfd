"""开一个班 in three steps. What was filled in before travels along in the page: nothing is saved until the end."""

from collections.abc import Sequence
from typing import Any, cast

from django.contrib import messages
from django.http import HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property

from courses.desk.base import DeskPage
from courses.desk.classes.offering import OVER, TAKE, is_over, offers_for_series, over_words, with_taken
from courses.desk.classes.runs import run_url
from courses.enums import Right, RunKind
from courses.errors import Refused
from courses.forms.desk import DeskForm
from courses.forms.new_run import WhatForm, WhenForm, WhereForm
from courses.models import Term
from courses.rules.series import PlannedDay, SeriesRule, moments, planned_days
from courses.services.scheduling.holding import tight_of
from courses.services.scheduling.open_places import outside_hours_of
from courses.services.scheduling.plans import Clashing, SessionPlan
from courses.services.scheduling.runs import RunDetails, plan_run

STEPS = ("what", "when", "where")
NAMES = {"what": "学什么", "when": "什么时候", "where": "在哪里、谁来"}
FOR_DETAILS = (
    *("kind", "mode", "tongue", "organiser", "module"),
    *("capacity", "waiting_places", "minimum", "fee"),
)
# What an offer may fill in.
OFFERED = ("room", "weekdays", "starts", "ends")
FROM_WHERE = ("link", "contact_name", "contact_phone", "audience", "bring")


class NewRun(DeskPage):
    """The wizard. ``step`` says which form was sent; those before it come along as they were filled in."""

    page_title = "开一个班"
    right = Right.PLAN_CLASSES
    header_icon = "plus"
    template_name = "courses/desk/new_run.html"

    def get_above(self):
        return [("班级", reverse("desk:runs"))]

    def get(self, request, *args, **kwargs):
        return self.ask("what", self.what(bound=False))

    def post(self, request, *args, **kwargs):
        step = self.chosen("step") or "what"
        is_taken = TAKE in request.POST
        if is_taken:
            self.posted = with_taken(request.POST, OFFERED)
        back_to = self.chosen("back_to")
        if back_to == "what":
            return self.ask("what", self.what(bound=False))
        what = self.what()
        if not what.is_valid():
            return self.ask("what", what)
        if step == "what" or back_to == "when":
            return self.ask("when", self.when(bound=False))
        when = self.when()
        if not when.is_valid():
            return self.ask("when", when)
        days = planned_days(when.rule())
        where = self.where(what, days, bound=step == "where" and not is_taken)
        if is_taken:
            return self.ask("where", where, days=days, is_taken=True)
        if step == "when" or not where.is_valid():
            return self.ask("where", where, days=days)
        return self.plan(what, when, where)

    def chosen(self, name: str) -> str:
        """Return which step the page names under ``name``, "" for none."""
        step = self.request.POST.get(name, "")
        return step if step in STEPS else ""

    @cached_property
    def posted(self) -> QueryDict:
        """What was filled in so far, in all steps."""
        return self.request.POST

    def form(self, form_class, *, bound: bool, initial: dict[str, Any], **about) -> DeskForm:
        """Return a step's form: bound to be checked, else filled in as it was left, or as can be guessed."""
        if bound:
            return form_class(self.posted, user=self.by, initial=initial, **about)
        form = form_class(user=self.by, initial=initial, **about)
        # Every form has fields that a browser always sends: without them the step was not there yet.
        if any(name in self.posted for name in form.fields):
            form.fill_in(self.posted)
        return form

    def what(self, *, bound: bool = True) -> WhatForm:
        initial = {"organiser": self.acting.organisation_id}
        return cast("WhatForm", self.form(WhatForm, bound=bound, initial=initial))

    def when(self, *, bound: bool = True) -> WhenForm:
        today = timezone.localdate()
        term = Term.objects.filter(ends_on__gte=today).order_by("starts_on").first()
        initial = {"term": term, "first_day": max(today, term.starts_on) if term else today}
        single = self.posted.get("kind") == RunKind.SINGLE
        initial |= {"times": 1 if single else 8, "starts": "14:00", "ends": "15:30"}
        return cast("WhenForm", self.form(WhenForm, bound=bound, initial=initial))

    def where(self, what: WhatForm, days: Sequence[PlannedDay], *, bound: bool) -> WhereForm:
        passed = [
            (each.on.isoformat(), f"{_said(each)}：{each.day.words}") for each in days if not each.is_held
        ]
        about = {"holidays": passed, "mode": what.cleaned_data["mode"]}
        initial = {"contact_phone": what.cleaned_data["organiser"].public_phone}
        return cast("WhereForm", self.form(WhereForm, bound=bound, initial=initial, **about))

    def ask(self, step: str, form, **context):
        """Show a step, with what was filled in before hidden in it."""
        known = [form.add_prefix(name) for name in form.fields]
        carried = [
            (name, value)
            for name, values in self.posted.lists()
            if name not in {*known, "csrfmiddlewaretoken", "step", "back_to"}
            for value in values
        ]
        now = STEPS.index(step)
        steps = [(name, NAMES[name], name == step, place < now) for place, name in enumerate(STEPS)]
        asked = {"form": form, "step": step, "steps": steps, "carried": carried}
        asked["back_url"] = self.get_above()[-1][1]
        asked["submit_label"] = "排好" if step == STEPS[-1] else "下一步"
        asked["days"] = [(_said(each), each, _note(each)) for each in context.pop("days", [])]
        return self.render_to_response(self.get_context_data(**asked, **context))

    def plan(self, what: WhatForm, when: WhenForm, where: WhereForm):
        """Save the class, or show what stands in the way and what could be had instead."""
        kept = frozenset(where.cleaned_data.get("kept", []))
        rule = when.rule(kept)
        days = planned_days(rule)
        plans = [self.session(rule, each, what, where) for each in days if each.is_held]
        try:
            run = plan_run(details=self.details(what, when, where), sessions=plans, by=self.by)
        except Clashing as refusal:
            where.refuse(refusal)
            offers = offers_for_series(rule, plans, user=self.by)
            return self.ask("where", where, days=days, offers=offers)
        except Refused as refusal:
            where.refuse(refusal)
            return self.ask("where", where, days=days)
        self.tell(run, plans)
        return HttpResponseRedirect(run_url(run))

    def session(self, rule: SeriesRule, planned: PlannedDay, what: WhatForm, where: WhereForm) -> SessionPlan:
        starts, ends = moments(rule, planned.on)
        room = where.cleaned_data.get("room")
        return SessionPlan(
            starts_at=starts,
            ends_at=ends,
            mode=what.cleaned_data["mode"],
            main_scenario=what.cleaned_data["main_scenario"] or what.cleaned_data["module"].main_scenario,
            venue=room.venue if room else None,
            room=room,
            teacher=where.cleaned_data.get("teacher"),
            helpers=list(where.cleaned_data["helpers"]),
        )

    def details(self, what: WhatForm, when: WhenForm, where: WhereForm) -> RunDetails:
        room = where.cleaned_data.get("room")
        return RunDetails(
            title=what.cleaned_data["title"] or what.cleaned_data["module"].title[:60],
            term=when.cleaned_data["term"],
            venue=room.venue if room else None,
            room=room,
            **{name: what.cleaned_data[name] for name in FOR_DETAILS},
            **{name: where.cleaned_data.get(name, "") for name in FROM_WHERE},
        )

    def tell(self, run, plans: Sequence[SessionPlan]) -> None:
        """Say what came of it, and what a planner may have overlooked."""
        messages.success(self.request, f"排好了：{run.code}，{len(plans)} 次课。还是草稿，看一看再公布。")
        if words := over_words(timezone.localtime(plan.starts_at).date() for plan in plans):
            messages.warning(self.request, words)
        for words in outside_hours_of(plans):
            messages.warning(self.request, words)
        saved = set(run.sessions.values_list("pk", flat=True))
        if tight := tight_of([plan.held for plan in plans], besides=saved):
            wanted, other = tight[0]
            messages.warning(self.request, f"路上时间不到 15 分钟：{wanted.said}，和 {other.said}。")


def _said(planned: PlannedDay) -> str:
    return date_format(planned.on, "n月j日 l")


def _note(planned: PlannedDay) -> str:
    return " ".join(
        filter(None, [planned.day.words, OVER if planned.is_held and is_over(planned.on) else ""])
    )
