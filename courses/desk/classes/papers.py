"""What classes are printed as: the poster of one, a week or a term as a timetable."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import View

from cms.enums import AuditVerb
from cms.services.audit import record
from courses.desk.base import DeskPage
from courses.desk.classes.board import KINDS, a_day
from courses.desk.classes.runs import RunMixin, run_url
from courses.enums import Right
from courses.errors import Refused
from courses.forms.timetable import TimetableChoice
from courses.models import ClassSession, CourseRun, Organisation, Term
from courses.reports import pdf_answer
from courses.services.posters import poster_of
from courses.services.scheduling.board import DAYS, RowKind, board, monday_of, week_of
from courses.services.scheduling.term_lines import line_of, runs_of_term


class PosterOfRun(RunMixin, View):
    """海报 of a class, of a draft too: to be looked at before it is published."""

    right = Right.SEE_CLASSES
    http_method_names = ["get", "head"]

    def get(self, request, *args, **kwargs):
        try:
            return pdf_answer(poster_of(self.run, now=timezone.now()), filename=f"{self.run.code}-poster")
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect(run_url(self.run))


class Timetable(DeskPage):
    """课表 on A4 across: the week of ``?on=`` by ``?by=``, or ``?term=`` of ``?organisation=``; without, it asks."""

    template_name = "courses/desk/timetable_choice.html"
    right = Right.SEE_CLASSES
    header_icon = "date"
    page_title = "打印课表"

    def get_above(self):
        return [("班级", reverse("desk:runs"))]

    def get(self, request, *args, **kwargs):
        if request.GET.get("on"):
            return self.week()
        asked = request.GET if "term" in request.GET else None
        organisation = self.acting.organisation
        initial = {"organisation": organisation.code}
        self.form = TimetableChoice(asked, user=request.user, initial=initial)
        if self.form.is_valid():
            return self.term(self.form.cleaned_data["term"], self.form.cleaned_data["organisation"])
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"form": self.form}

    def week(self) -> HttpResponse:
        """Answer with a week's board for paper."""
        asked = self.request.GET
        monday = monday_of(a_day(asked["on"]))
        by = RowKind(asked["by"]) if asked.get("by") in KINDS else RowKind.PLACE
        sessions = week_of(ClassSession.objects.visible_to(self.by), monday)
        return self.printed(
            "courses/desk/week_paper.html",
            self.acting.organisation,
            f"week {monday.isoformat()}",
            board=board(sessions, monday=monday, by=by),
            monday=monday,
            sunday=monday + timedelta(days=DAYS - 1),
            heading=KINDS[by],
            is_by_place=by is RowKind.PLACE,
            back_url=f"{reverse('desk:board')}?on={monday.isoformat()}&by={by.value}",
        )

    def term(self, term: Term, organisation: Organisation) -> HttpResponse:
        """Answer with a school's term for paper."""
        runs = runs_of_term(CourseRun.objects.visible_to(self.by), term=term, organisation=organisation)
        return self.printed(
            "courses/desk/term_paper.html",
            organisation,
            f"term {term.code}",
            lines=[line_of(run) for run in runs],
            term=term,
            back_url=reverse("desk:timetable"),
        )

    def printed(self, template: str, organisation: Organisation, detail: str, **context) -> HttpResponse:
        """Answer with a page for paper, and put down who took it."""
        record(AuditVerb.PRINTED, by=self.by, organisation_id=organisation.pk, detail=f"timetable {detail}")
        context |= {"page_title": self.page_title, "organisation": organisation, "now": timezone.localtime()}
        return self.response_class(
            request=self.request, template=[template], context=context, using=self.template_engine
        )
