"""电话名单: whom to ring up and what to read aloud; what came of it is put down with one tap."""

from dataclasses import dataclass
from itertools import groupby

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from courses.desk.base import DeskAction, DeskPage
from courses.desk.messages.messages import not_answered
from courses.desk.showing import ShownOnce
from courses.enums import Right
from courses.errors import Refused
from courses.forms.messages import CallFilters
from courses.models import Message
from courses.services.messages import calling
from courses.services.messages.telling import Telling, learner_of, tellings

ON_ONE_PAGE = 30
NO_SUCH_PART = "没有打印：要找的班或者事情不在名单里。请在这里重新选，再打印。"


@dataclass(frozen=True)
class Call:
    """One to ring up, as it is drawn; ``number`` is whole only where somebody asked for it."""

    telling: Telling
    number: str = ""

    @property
    def message(self) -> Message:
        return self.telling.message

    @property
    def learner(self):
        return learner_of(self.message.enrolment)

    @property
    def ask_for(self) -> str:
        """Whom to ask for: 本人, or the contact by name."""
        one = self.telling.rung_up
        if one is None:
            return ""
        return (one.name or "家人") if one.is_other else "本人"

    @property
    def shown_number(self) -> str:
        one = self.telling.rung_up
        return self.number or (one.masked_number if one else "")

    @property
    def tried(self) -> str:
        """How often nobody answered, and who tried last, where that is known: a slip put back forgets it."""
        return not_answered(self.message)


def grouped(calls: list[Call]) -> list[tuple[str, list[Call]]]:
    """Return the calls under headings: what is said, and of which class."""

    def heading(call: Call) -> str:
        run = call.message.enrolment.run
        return f"{call.message.get_kind_display()}：{run.title}（{run.code}）"

    return [(words, list(some)) for words, some in groupby(calls, heading)]


class CallList(DeskPage):
    """The list, pressing things first; numbers masked but for the one somebody just asked for."""

    page_title = "电话名单"
    right: Right | None = Right.SEE_LEARNERS
    header_icon = "comment"
    template_name = "courses/desk/messages/calls.html"
    revealed: tuple[int, str] = (0, "")

    def look_up(self):
        self.now = timezone.now()
        self.filters = CallFilters(self.request.GET, user=self.by)
        self.rows = self.filters.applied(calling.call_list(self.by, now=self.now))

    def get_context_data(self, **kwargs):
        part = Paginator(self.rows, ON_ONE_PAGE).get_page(self.request.GET.get("p"))
        whose, number = self.revealed
        calls = [
            Call(each, number if each.message.pk == whose else "") for each in tellings(part, now=self.now)
        ]
        return super().get_context_data(**kwargs) | {
            "part": part,
            "groups": grouped(calls),
            "filters": self.filters,
            "is_filtered": self.filters.is_used(),
            "asked": self.request.GET.urlencode(),
            "may_call": self.may(Right.ENROL),
            "may_reveal": self.may(Right.REVEAL_PHONES),
            "just_called": calling.just_called(self.by, now=self.now) if self.may(Right.ENROL) else [],
        }


class RevealNumber(ShownOnce, CallList):
    """看全号: the same list with this one's number whole."""

    def look_up(self):
        self.message = self.visible(Message, self.kwargs["pk"])
        super().look_up()

    def reveal(self):
        self.revealed = self.message.pk, calling.reveal_number(message=self.message, by=self.by)

    def plain_url(self):
        return reverse("desk:call_list")


class CallListOnPaper(CallList):
    """The list on paper, with whole numbers; who printed how many is put down."""

    right = Right.REVEAL_PHONES
    http_method_names = ["post"]

    def post(self, request, *args, **kwargs) -> HttpResponse:
        if not self.filters.is_valid():
            messages.error(request, NO_SUCH_PART)
            return redirect("desk:call_list")
        told = calling.on_paper(rows=self.rows, by=self.by, now=self.now)
        calls = [Call(each, each.rung_up.number if each.rung_up else "") for each in told]
        context = self.get_context_data() | {
            "groups": grouped(calls),
            "total": self.rows.count(),
            "printed": len(calls),
            "now": timezone.localtime(),
            "back_url": f"{reverse('desk:call_list')}?{request.GET.urlencode()}",
        }
        return self.response_class(
            request=request,
            template=["courses/desk/messages/calls_paper.html"],
            context=context,
            using=self.template_engine,
        )


class CallAction(DeskAction):
    """One tap on one of the list; back to where one was in it."""

    right = Right.ENROL
    done = ""

    def look_up(self):
        self.message = self.visible(
            Message.objects.select_related("enrolment__run__organiser"), self.kwargs["pk"]
        )

    def post(self, request, *args, **kwargs):
        try:
            self.do()
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, self.done)
        return redirect(f"{reverse('desk:call_list')}?{request.GET.urlencode()}")

    def do(self) -> None:
        """Do it by a service."""
        raise NotImplementedError


class Called(CallAction):
    """打过了."""

    done = "记下了：打过了。点错了，可以在最下面放回来。"

    def do(self):
        calling.put_down_called(message=self.message, by=self.by, now=timezone.now())


class NoAnswer(CallAction):
    """没人接: it stays."""

    done = "记下了：没人接。还留在名单上。"

    def do(self):
        calling.put_down_no_answer(message=self.message, by=self.by, now=timezone.now())


class PutBack(CallAction):
    """点错了."""

    done = "放回名单了。"

    def do(self):
        calling.put_back(message=self.message, by=self.by)
