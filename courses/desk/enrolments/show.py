"""One enrolment: what is known, everything that happened to it, and what to say at the end of a call."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from cms.enums import AuditVerb
from cms.services.audit import record
from courses.desk.base import DeskPage, an_id
from courses.desk.classes.runs import run_url
from courses.desk.enrolments.one import NextMeeting, OneEnrolment, enrolment_url, standing, who_did
from courses.desk.learners.learners import learner_url
from courses.desk.listing import Button
from courses.desk.seating import moment_words
from courses.desk.showing import DeskShow, Fact, Part, ShownOnce
from courses.enums import EnrolledThrough, EnrolmentState, Right, RunState
from courses.errors import Refused
from courses.models import Enrolment, EnrolmentEvent
from courses.reports import pdf_answer
from courses.rules.enrolment import leave_refusal
from courses.rules.learners import is_senior
from courses.services.enrolment.cancelling import can_undo
from courses.services.enrolment.paper import voucher_sheet
from courses.services.enrolment.returning import household_to_ask
from courses.services.enrolment.revealing import reveal_contact
from courses.services.enrolment.standing import standing_of
from courses.services.learners import reveal_phone
from courses.services.messages.telling import people_of
from courses.services.seats import states_of
from courses.services.waiting_list import place_of


class EnrolmentPage(OneEnrolment, DeskShow):
    """Facts, events, and what can be done in this state."""

    right = Right.SEE_LEARNERS
    template_name = "courses/desk/enrolments/show.html"
    revealed: tuple[str, str] | None = None

    def get_page_title(self):
        return f"{self.enrolment.learner.name}的报名"

    def get_above(self):
        return super().get_above()[:-1]

    def get_facts(self):
        one, learner = self.enrolment, self.enrolment.learner
        senior = is_senior(
            birth_year=learner.birth_year,
            says_senior=learner.says_senior,
            year=timezone.localdate().year,
        )
        contact = " ".join(filter(None, [one.contact_name, one.masked_contact_phone]))
        consent = f"第 {one.consent_version} 版说明，{moment_words(one.consent_at)}"
        return [
            Fact("状态", standing(one, self.place)),
            Fact("学员", learner.name, url="" if learner.erased_at else learner_url(learner)),
            Fact("电话", learner.masked_phone or "没有"),
            Fact("满 60 岁", "满了" if senior else "没有满，或者不知道"),
            Fact("班级", str(one.run), url=run_url(one.run)),
            Fact("凭证号码", grouped(one.voucher) if self.may(Right.ENROL) else ""),
            Fact("怎么报的", f"{one.get_through_display()}，{moment_words(one.created_at)}"),
            Fact("谁填的", one.get_filled_by_display() if one.through == EnrolledThrough.WEB else ""),
            Fact("有事找谁", contact),
            Fact("同意说明", consent),
            Fact("候补先后", "改过，排在前面" if one.priority else ""),
        ]

    def get_parts(self):
        events = self.enrolment.events.select_related("by")
        lines = [(_happened(each), "", _who_and_why(each)) for each in events]
        return [Part("发生过什么", lines=lines, empty="没有记录。")]

    def get_buttons(self):
        if not self.may(Right.ENROL) or self.enrolment.learner.erased_at:
            return []
        return [Button(*each) for each in self.doable()]

    def doable(self) -> list[tuple[str, str, bool, bool]]:
        """Return what can be done now: label, address, whether it is what one comes for, whether it is at once."""
        state = EnrolmentState(self.enrolment.state)
        if not state.is_live:
            again = ("要回来", self._to("undo_enrolment"), True, True)
            return [again] if can_undo(self.enrolment, now=timezone.now()) else []
        answers = [
            ("答应来", self._to("accept_offer"), True, True),
            ("说不来", self._to("decline_offer"), False, True),
        ]
        first = {
            EnrolmentState.OFFERED: answers,
            EnrolmentState.WAITLISTED: [("改先后", self._to("prioritise_enrolment"), False, False)],
        }
        leaving = [
            ("换班", self._to("move_enrolment"), False, False),
            ("取消报名", self._to("cancel_enrolment"), False, False),
        ]
        return [
            *first.get(state, []),
            ("打印凭证", self._to("enrolment_voucher"), False, False),
            ("念给对方听", self._to("enrolment_done"), False, False),
            *([] if leave_refusal(self._run_state()) else leaving),
        ]

    def _run_state(self) -> RunState:
        run = self.enrolment.run
        return states_of([run], now=timezone.now())[run.pk][0]

    def _to(self, name: str) -> str:
        return reverse(f"desk:{name}", args=[self.enrolment.pk])

    def get_context_data(self, **kwargs):
        open_to = not self.enrolment.learner.erased_at and self.may(Right.REVEAL_PHONES)
        return super().get_context_data(**kwargs) | {
            "enrolment": self.enrolment,
            "may_reveal": open_to,
            "revealed": self.revealed,
        }


class RevealEnrolmentPhone(ShownOnce, EnrolmentPage):
    """看全号 of who enrolled, or of whom to call about it."""

    def reveal(self):
        if self.request.POST.get("which") == "contact_phone":
            self.revealed = "那个人的电话", reveal_contact(enrolment=self.enrolment, by=self.by)
        else:
            self.revealed = "电话", reveal_phone(learner=self.enrolment.learner, by=self.by)

    def plain_url(self):
        return enrolment_url(self.enrolment)


class EnrolmentDone(OneEnrolment, DeskPage):
    """念给对方听: the number on the voucher, when, where, what to bring. ``?with=`` names others of the household."""

    right = Right.ENROL
    template_name = "courses/desk/enrolments/done.html"

    def get_page_title(self):
        return "念给对方听"

    @cached_property
    def together(self) -> list[Enrolment]:
        """This enrolment, and those that came with it: of the same class only."""
        asked = self.request.GET.get("with", "").split(",")[:10]
        ids = [an_id(each) for each in asked]
        rows = Enrolment.objects.visible_to(self.by).filter(run=self.enrolment.run_id, pk__in=ids)
        return [self.enrolment, *rows.exclude(pk=self.enrolment.pk).select_related("learner__merged_into")]

    def get_context_data(self, **kwargs):
        run = self.enrolment.run
        return super().get_context_data(**kwargs) | {
            "run": run,
            "meets": NextMeeting.of(run, now=timezone.now()),
            "people": [
                {
                    "enrolment": each,
                    "digits": grouped(each.voucher),
                    "place": place_of(each),
                    "is_reachable": bool(people_of(each)),
                    "url": enrolment_url(each),
                }
                for each in self.together
            ],
            "household": [
                (each.name, reverse("desk:enrol_learner", args=[run.pk, each.pk]))
                for each in household_to_ask(run, self.enrolment.learner, user=self.by)
            ],
            "again_url": reverse("desk:enrol_person", args=[run.pk]),
            "may_enrol_again": run.takes_enrolments,
        }


class EnrolmentVoucher(OneEnrolment, DeskPage):
    """打印凭证: the A5 sheet, the same one the person can print. Who took it away is put down."""

    page_title = "打印凭证"
    right = Right.ENROL

    def get(self, request, *args, **kwargs):
        one = self.enrolment
        try:
            sheet = voucher_sheet(standing_of(one, now=timezone.now()))
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect(enrolment_url(one))
        organisation = one.run.organiser_id
        record(AuditVerb.PRINTED, by=self.by, subject=one, organisation_id=organisation, detail="voucher")
        return pdf_answer(sheet, filename="voucher")


def grouped(voucher: str) -> str:
    """Return the digits of a voucher as they are read out: 1234 5678."""
    return f"{voucher[:4]} {voucher[4:]}"


def _happened(event: EnrolmentEvent) -> str:
    to = EnrolmentState(event.to_state).label
    return (
        f"{event.get_kind_display()} → {to}"
        if event.from_state != event.to_state
        else str(event.get_kind_display())
    )


def _who_and_why(event: EnrolmentEvent) -> str:
    when = f"{timezone.localtime(event.at):%Y-%m-%d %H:%M}"
    return "，".join(filter(None, [when, who_did(event), event.because]))
