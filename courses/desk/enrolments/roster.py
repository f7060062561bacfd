"""报名名单 of one class, and every enrolment of the branch. Numbers are masked here and in what is taken away."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.urls import reverse
from django.utils import timezone

from courses.desk.editing import DeskFormView
from courses.desk.enrolments.one import IntoRun, enrolment_url, standing
from courses.desk.listing import MANY, Button, Column, DeskList
from courses.desk.seating import seats_words, waiting_words
from courses.enums import LIVE_STATES, EnrolmentState, Right
from courses.errors import Refused
from courses.forms.enrolments_desk import EnrolmentFilters, FindVoucherForm, RosterFilters
from courses.models import Enrolment
from courses.rules.roster import OnRoster, notes_on
from courses.services.enrolment.finding import by_voucher

# As a clerk reads the list: who has a seat, who is asked, who waits, and below who does not come.
ORDER = list(EnrolmentState)
RANK = Case(
    *(When(state=state, then=Value(place)) for place, state in enumerate(ORDER)),
    output_field=IntegerField(),
)
COMPARED = (
    "learner_id",
    "learner__name_key",
    "learner__phone_key",
    "learner__birth_year",
    "learner__says_senior",
    "learner__is_identity_confirmed",
)


def _when(enrolment: Enrolment) -> str:
    return f"{timezone.localtime(enrolment.created_at):%Y-%m-%d %H:%M}"


def _phone(enrolment: Enrolment) -> str:
    return enrolment.learner.masked_phone or "没有"


NAME = Column("姓名", lambda each: each.learner.name, url=enrolment_url)
PHONE = Column("电话", _phone, is_whole=True)
HOW = Column("怎么报的", lambda each: each.get_through_display(), is_minor=True)
WHEN = Column("什么时候报的", _when, is_minor=True, is_whole=True)


class Roster(IntoRun, DeskList):
    """Who has a seat, who is asked, who waits and in which order, who cancelled; what to notice about each."""

    right = Right.SEE_LEARNERS
    filter_form = RosterFilters
    unit = "位"
    empty = "还没有人报名。有人打电话来，按“报名”。"
    export_name = "roster"
    template_name = "courses/desk/enrolments/roster.html"
    columns = [
        NAME,
        Column("状态", lambda each: each.standing),
        PHONE,
        Column("留意", lambda each: "、".join(each.notes)),
        HOW,
        WHEN,
    ]

    def get_page_title(self):
        return f"报名名单：{self.run}"

    def get_above(self):
        return super().get_above()[:-1]

    def get_rows(self) -> QuerySet:
        rows = Enrolment.objects.visible_to(self.by).filter(run=self.run.pk).select_related("learner")
        return rows.order_by(RANK, "-priority", "created_at", "pk")

    def prepared(self, rows: Iterable[Any]) -> list[Any]:
        """Place and notes depend on everybody in the class, on whichever page they stand."""
        ready, live = list(rows), Enrolment.objects.filter(run=self.run.pk, state__in=LIVE_STATES)
        waiting = list(live.waiting().values_list("pk", flat=True))
        places = {pk: place for place, pk in enumerate(waiting, start=1)}
        people = [OnRoster(*row) for row in live.order_by("pk").values_list(*COMPARED)]
        notes = notes_on(people, year=timezone.localdate().year)
        for each in ready:
            each.standing = standing(each, places.get(each.pk, 0))
            each.notes = notes.get(each.learner_id, []) if each.is_live else []
        return ready

    def get_buttons(self):
        if not self.may_enrol:
            return []
        to = [self.run.pk]
        return [
            Button("报名", reverse("desk:enrol_person", args=to), is_chief=True),
            Button("老学员", reverse("desk:enrol_returning", args=to)),
        ]

    def get_context_data(self, **kwargs):
        state, seats = self.stands
        how = f"{state.label}。学员 {seats_words(seats)}。候补 {waiting_words(seats)}。"
        return super().get_context_data(**kwargs) | {"stands": how}


class EnrolmentList(DeskList):
    """Every enrolment of the branch, the newest first."""

    page_title = "报名"
    right = Right.SEE_LEARNERS
    header_icon = "clipboard-list"
    filter_form = EnrolmentFilters
    unit = "个报名"
    on_one_page = 30
    counts_up_to = MANY
    empty = "还没有人报名。到“班级”里选一个班，按“报名”。"
    export_name = "enrolments"
    columns = [
        NAME,
        Column("班级", lambda each: str(each.run)),
        Column("状态", lambda each: each.get_state_display()),
        replace(PHONE, is_minor=True),
        HOW,
        WHEN,
    ]

    def get_rows(self) -> QuerySet:
        rows = Enrolment.objects.visible_to(self.by).select_related("learner", "run")
        return rows.order_by("-created_at", "-pk")

    def get_buttons(self):
        return [Button("按凭证号码找", reverse("desk:find_enrolment"))]


class FindByVoucher(DeskFormView):
    """按凭证号码找. By POST: the number opens somebody's enrolment and does not belong in an address."""

    page_title = "按凭证号码找"
    right = Right.SEE_LEARNERS
    header_icon = "clipboard-list"
    form_class = FindVoucherForm
    submit_label = "找"
    done = ""

    def get_above(self):
        return [("报名", reverse("desk:enrolments"))]

    def save(self, form) -> str:
        found = by_voucher(form.cleaned_data["voucher"], user=self.by)
        if found is None:
            words = "没有找到。请看看号码对不对，8 个数字。别的机构的报名，这里看不到。"
            raise Refused("not-found", words, fields={"voucher": words})
        return enrolment_url(found)
