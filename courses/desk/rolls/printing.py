"""The roll for paper: a sheet to sign for one session, the term on one sheet, number cards. Each print is put down."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.views.generic import View

from cms.enums import AuditVerb
from cms.services.audit import record
from courses.desk.classes.runs import RunMixin, run_url
from courses.desk.rolls.roll import RollMixin
from courses.enums import Right
from courses.errors import Refused
from courses.models import CourseRun
from courses.reports import pdf_answer
from courses.services.roll_paper.cards import number_cards
from courses.services.roll_paper.matrix import roll_matrix
from courses.services.roll_paper.sheet import roll_sheet
from courses.services.roll_paper.signing import may_print


class RollSheet(RollMixin, View):
    """签到表 of a session; the code on it leads to where its numbers are typed in."""

    page_title = "签到表"
    http_method_names = ["get", "head"]

    def get(self, request, *args, **kwargs):
        address = settings.PUBLIC_URL + reverse("desk:roll_paper", args=[self.session.pk])
        try:
            pdf = roll_sheet(self.session, address=address)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect(self.session_url)
        run = self.session.run
        record(
            AuditVerb.PRINTED,
            by=self.by,
            subject=self.session,
            organisation_id=run.organiser_id,
            detail="roll-sheet",
        )
        return pdf_answer(pdf, filename=f"{run.code}-{self.session.number}-roll")


class PaperOfRun(RunMixin, View):
    """A sheet about everybody in a class; to a teacher only classes they teach exist."""

    right = Right.CALL_ROLL
    http_method_names = ["get", "head"]
    name = ""
    make: Callable[[CourseRun], bytes]

    def look_up(self) -> None:
        if not may_print(self.run, by=self.by):
            raise Http404

    def get(self, request, *args, **kwargs):
        try:
            pdf = type(self).make(self.run)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect(run_url(self.run))
        record(
            AuditVerb.PRINTED,
            by=self.by,
            subject=self.run,
            organisation_id=self.run.organiser_id,
            detail=self.name,
        )
        return pdf_answer(pdf, filename=f"{self.run.code}-{self.name}")


class RollMatrix(PaperOfRun):
    """签到总表: the term, learners down, sessions across."""

    page_title = "签到总表"
    name = "roll-matrix"
    make = staticmethod(roll_matrix)


class NumberCards(PaperOfRun):
    """号码牌."""

    page_title = "号码牌"
    name = "number-cards"
    make = staticmethod(number_cards)
