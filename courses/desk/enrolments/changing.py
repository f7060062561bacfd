"""What is done to one enrolment: cancel, take it back, answer for somebody on the telephone, move, let go first."""

from collections.abc import Callable

from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import cached_property

from courses.desk.base import DeskAction
from courses.desk.editing import DeskFormView
from courses.desk.enrolments.one import OneEnrolment, done_url, enrolment_url, standing
from courses.enums import Right
from courses.errors import Refused
from courses.forms.enrolments_desk import MoveToForm, PriorityForm, WhyForm
from courses.models import CourseRun, Enrolment
from courses.services.enrolment.cancelling import cancel, undo_cancel
from courses.services.enrolment.elsewhere import Elsewhere, classes_elsewhere
from courses.services.enrolment.moving import move
from courses.services.enrolment.prioritising import prioritise
from courses.services.waiting_list import accept, decline


class ChangeEnrolment(OneEnrolment, DeskFormView):
    """A form about one enrolment."""

    right = Right.ENROL

    def look_up(self):
        # A stranger's is a 404 before anything of the form is looked at.
        _ = self.enrolment

    @property
    def now_is(self) -> str:
        """Who it is, which class, and where they stand."""
        one = self.enrolment
        return f"{one.learner.name}，{one.run.title}，{standing(one, self.place)}"

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"now": self.now_is}


class CancelEnrolment(ChangeEnrolment):
    """取消报名."""

    page_title = "取消报名"
    form_class = WhyForm
    submit_label = "取消报名"
    is_dangerous = True
    question = "空出来的位置，有人候补就马上轮到下一位。10 分钟里，还空着，可以要回来。"
    done = "取消了。"

    def save(self, form) -> str:
        because = form.cleaned_data["because"]
        cancel(enrolment=self.enrolment, by=self.by, now=timezone.now(), because=because)
        return enrolment_url(self.enrolment)


class MoveEnrolment(ChangeEnrolment):
    """换班: out of one class and into another, at once."""

    page_title = "换班"
    form_class = MoveToForm
    submit_label = "换班"
    template_name = "courses/desk/enrolments/move.html"
    done = "换好了。原来的位置空出来了，有人候补就轮到下一位。"

    @cached_property
    def offers(self) -> list[Elsewhere]:
        return classes_elsewhere(self.enrolment, user=self.by, now=timezone.now())

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"offers": self.offers}

    def save(self, form) -> str:
        asked = form.cleaned_data
        moved = move(
            enrolment=self.enrolment,
            to=self.visible(CourseRun, asked["to"]),
            because=asked["because"],
            by=self.by,
            now=timezone.now(),
            may_wait=asked.get("may_wait", False),
        )
        return done_url(moved)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"has_offers": bool(self.offers)}


class PrioritiseEnrolment(ChangeEnrolment):
    """改先后: somebody who waits goes before others."""

    page_title = "改先后"
    form_class = PriorityForm
    question = "排在前面的，座位先给他/她。一样的，照报名的先后。"
    done = "改好了。"

    def get_initial(self):
        return {"priority": self.enrolment.priority}

    def save(self, form) -> str:
        prioritise(enrolment=self.enrolment, by=self.by, now=timezone.now(), **form.cleaned_data)
        return enrolment_url(self.enrolment)


class EnrolmentAction(OneEnrolment, DeskAction):
    """A button that does something to an enrolment at once; a refusal is told on its screen."""

    right = Right.ENROL
    done = ""
    service: Callable[..., Enrolment]

    def post(self, request, *args, **kwargs):
        try:
            type(self).service(enrolment=self.enrolment, by=self.by, now=timezone.now())
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, self.done)
        return redirect(enrolment_url(self.enrolment))


class UndoEnrolment(EnrolmentAction):
    """要回来."""

    done = "要回来了。"
    service = staticmethod(undo_cancel)


class AcceptOffer(EnrolmentAction):
    """答应来: somebody said so on the telephone."""

    done = "座位定好了。"
    service = staticmethod(accept)


class DeclineOffer(EnrolmentAction):
    """说不来."""

    done = "记下了。座位空出来了，有人候补就轮到下一位。"
    service = staticmethod(decline)
