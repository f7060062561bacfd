"""回访: whom to ask whether they can do it alone, 3 days and 2 weeks after a class; the answer is one tap."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property

from courses.desk.base import DeskAction, DeskPage
from courses.desk.listing import DeskPaginator
from courses.enums import Mastery, Right
from courses.errors import Refused
from courses.forms.outcomes import SAID_BEFORE, AfterForm, AnswerForm, FollowUpFilters
from courses.models import Attendance, Learner, Outcome
from courses.services.progress.outcomes import ASKED
from courses.services.roll_call.follow_ups import UNTIL, just_asked, put_down_follow_up, to_follow_up
from courses.services.roll_call.marking import may_call

ON_ONE_PAGE, COUNTS_UP_TO = 30, 1000


@dataclass(frozen=True)
class FollowUp:
    """Somebody to ask, as they are drawn."""

    attendance: Attendance
    taught: str
    said: str

    @property
    def learner(self) -> Learner:
        """The person, also where this line stands under a row that was merged."""
        return self.attendance.learner.merged_into or self.attendance.learner

    @property
    def day(self) -> str:
        """The day of the session, as one says it."""
        return date_format(self.attendance.session.on, "n月j日")

    @property
    def ask_for(self) -> str:
        """By which number, masked, and whom."""
        if number := self.learner.masked_phone:
            return f"本人 {number}"
        if number := self.learner.masked_contact_phone:
            return f"{self.learner.contact_name or '家人'} {number}"
        return "没有电话，托居委问一问，或者下次上课当面问。"


class FollowUps(DeskPage):
    """The list: who had not learnt it first. Numbers are masked: the learner's own page shows a whole one."""

    page_title = "回访"
    right: Right | None = Right.SEE_LEARNERS
    header_icon = "comment"
    template_name = "courses/desk/rolls/follow_ups.html"

    def look_up(self) -> None:
        self.now: datetime = timezone.now()
        self.after = AfterForm(self.request.GET).days()

    @cached_property
    def part(self):
        """The page of the list one is on."""
        rows = self.filters.applied(self.waiting)
        whole = rows.select_related("learner__merged_into", "session__run")
        paginator = DeskPaginator(whole.prefetch_related("session__lessons"), ON_ONE_PAGE, up_to=COUNTS_UP_TO)
        return paginator.get_page(self.request.GET.get("p"))

    @cached_property
    def waiting(self):
        return to_follow_up(self.by, after_days=self.after, now=self.now)

    @cached_property
    def filters(self) -> FollowUpFilters:
        return FollowUpFilters(self.request.GET, user=self.by, people=self.waiting)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "after": self.after,
            "tabs": [(days, ASKED[days], days == self.after) for days in UNTIL],
            "part": self.part,
            "people": _drawn(list(self.part.object_list)),
            "kept": {"after": str(self.after)},
            "filters": self.filters,
            "is_filtered": self.filters.is_used(),
            "asked": self.request.GET.urlencode(),
            "answers": Mastery.choices,
            "may_answer": self.may(Right.CALL_ROLL),
            "just_asked": just_asked(self.by, after_days=self.after, now=self.now),
        }


class AnswerFollowUp(DeskAction):
    """One tap: what somebody said. Back to where one was in the list."""

    right = Right.CALL_ROLL

    def look_up(self) -> None:
        rows = Attendance.objects.last().select_related("session__run__organiser", "session__teacher")
        self.attendance = self.visible(rows, self.kwargs["pk"])
        if not may_call(self.attendance.session, by=self.by):
            raise Http404

    def post(self, request, *args, **kwargs):
        form = AnswerForm(request.POST)
        if not form.is_valid():
            messages.error(request, "没有看懂按了哪一个。请再按一次。")
            return self._back()
        try:
            put_down_follow_up(
                attendance=self.attendance,
                after_days=form.days(),
                mastery=form.cleaned_data["mastery"],
                by=self.by,
                now=timezone.now(),
            )
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, "记下了。点错了，可以在最下面改。")
        return self._back()

    def _back(self) -> HttpResponseRedirect:
        asked = QueryDict(self.request.GET.urlencode())
        return HttpResponseRedirect(f"{reverse('desk:follow_ups')}?{asked.urlencode()}")


def _drawn(rows: list[Any]) -> list[FollowUp]:
    said = _said_at_the_end(rows)
    words = dict(SAID_BEFORE)
    return [
        FollowUp(
            row,
            taught="、".join(lesson.title for lesson in row.session.lessons.all())
            or row.session.get_main_scenario_display(),
            said="；".join(dict.fromkeys(said[row.session_id, row.person])) or words["2"],
        )
        for row in rows
    ]


def _said_at_the_end(rows: list[Any]) -> dict[tuple[int, int], list[str]]:
    lines = (
        Outcome.objects.standing()
        .by_person()
        .filter(
            session_id__in={row.session_id for row in rows},
            person__in={row.person for row in rows},
            after_days=0,
        )
    )
    found: dict[tuple[int, int], list[str]] = defaultdict(list)
    for session, person, mastery in lines.values_list("session_id", "person", "mastery"):
        found[session, person].append(Mastery(mastery).label)
    return found
