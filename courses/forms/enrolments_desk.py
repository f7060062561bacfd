"""Forms and filters of enrolment by staff. What a number is found by never stands in an address."""

from typing import Any, cast

from django import forms
from django.db.models import Q, QuerySet

from courses.enums import LIVE_STATES, EnrolledThrough, EnrolmentState, FilledBy
from courses.forms.desk import DeskForm, FilterForm
from courses.forms.fields import DayField
from courses.forms.who import OFF, ContactFields, NameOrTailField, WhoFields
from courses.models import Learner
from courses.rules.personal_data import NOTICE_VERSION
from courses.services.enrolment.elsewhere import Elsewhere
from courses.services.enrolment.enrolling import Wish
from courses.services.learners import LearnerFacts

BY_STAFF = [
    (EnrolledThrough.PHONE, "打电话来的"),
    (EnrolledThrough.DESK, "到窗口来的"),
]


class RosterFilters(FilterForm):
    """Find somebody in one class."""

    q = NameOrTailField()
    state = forms.ChoiceField(
        label="状态",
        required=False,
        choices=[("", "都看"), ("live", "有座位和候补的"), *EnrolmentState.choices],
    )

    def by_q(self, rows: QuerySet, words: str) -> QuerySet:
        found = Learner.objects.found_by(words.strip())
        return rows.filter(learner__in=found.values("pk"))

    def by_state(self, rows: QuerySet, state: str) -> QuerySet:
        return rows.filter(state__in=LIVE_STATES) if state == "live" else rows.filter(state=state)


class EnrolmentFilters(RosterFilters):
    """Find an enrolment in the branch: by its person, its class, its state and the day it was made."""

    run = forms.CharField(label="班级编号或名称", required=False, max_length=60)
    on = DayField(label="哪天报的", required=False)

    def by_run(self, rows: QuerySet, words: str) -> QuerySet:
        return rows.filter(Q(run__code__icontains=words) | Q(run__title__icontains=words))

    def by_on(self, rows: QuerySet, day) -> QuerySet:
        return rows.filter(created_at__date=day)


class ReturningFilters(FilterForm):
    """Find somebody among the returning learners."""

    q = NameOrTailField()

    def by_q(self, rows: Any, words: str) -> QuerySet:
        return rows.found_by(words.strip())


class ThroughForm(DeskForm):
    """How somebody came."""

    through = forms.ChoiceField(
        label="怎么来报的", choices=BY_STAFF, initial=EnrolledThrough.PHONE, widget=forms.RadioSelect
    )


class HowForm(ThroughForm, ContactFields):
    """How somebody is enrolled, whoever it is. ``may_go_over``: the class's own number may be passed, for a reason."""

    agreed = forms.BooleanField(
        label="念了，对方同意",
        error_messages={"required": "先把说明念给对方听。同意了，打这个勾。"},
    )
    over = forms.BooleanField(
        label="超额，加一个座位",
        required=False,
        help_text="只能超过这个班自己定的人数。教室和规定的人数，不能超。",
    )
    over_because = forms.CharField(label="为什么超额", required=False, max_length=100)
    # The same form sent twice is known by it.
    token = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args, may_go_over: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not may_go_over:
            del self.fields["over"], self.fields["over_because"]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("over") and not cleaned.get("over_because", "").strip():
            self.add_error("over_because", "写一句为什么超额。")
        if cleaned.get("over_because") and not cleaned.get("over"):
            self.add_error("over", "要超额，打这个勾。不超额，把原因删掉。")
        return cleaned

    def override(self) -> str:
        """Return the reason to go above the class's own number; "" for not."""
        return self.cleaned_data["over_because"].strip() if self.cleaned_data.get("over") else ""

    def wish(self) -> Wish:
        """Return how they enrol; the form must be valid."""
        asked = self.cleaned_data
        has_helper = bool(asked["contact_name"] or asked["contact_phone"])
        return Wish(
            consent_version=NOTICE_VERSION,
            through=asked["through"],
            filled_by=FilledBy.HELPER if has_helper else FilledBy.SELF,
            contact_name=asked["contact_name"],
            contact_phone=asked["contact_phone"],
            token=asked["token"],
        )


class EnrolPersonForm(WhoFields, HowForm):
    """Enrols somebody by what they say about themselves."""

    groups = [
        ("1. 问是谁", [*WhoFields.base_fields]),
        ("2. 念说明", ["agreed"]),
        ("3. 怎么来报的", ["through", "contact_name", "contact_phone"]),
        ("这个班满了", ["over", "over_because"]),
    ]

    def facts(self) -> LearnerFacts:
        """Return what they said; the form must be valid."""
        return LearnerFacts(**self.who())


class EnrolLearnerForm(HowForm):
    """Enrols a learner who is known, and others of the household with them."""

    others = forms.TypedMultipleChoiceField(
        label="一家人，一起报", required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    if_short = forms.ChoiceField(
        label="座位不够怎么办",
        required=False,
        choices=[("", "都不报，我再问"), ("wait", "坐得下的先坐，别的候补")],
        widget=forms.RadioSelect,
    )

    groups = [
        ("1. 一家人一起来吗", ["others", "if_short"]),
        ("2. 念说明", ["agreed"]),
        ("3. 怎么来报的", ["through", "contact_name", "contact_phone"]),
        ("这个班满了", ["over", "over_because"]),
    ]

    def __init__(self, *args, household: list[Learner], **kwargs):
        super().__init__(*args, **kwargs)
        self.household = household
        if household:
            choices = [
                (each.pk, f"{each.name}，{each.birth_year} 年生" if each.birth_year else each.name)
                for each in household
            ]
            cast("forms.TypedMultipleChoiceField", self.fields["others"]).choices = choices
        else:
            del self.fields["others"], self.fields["if_short"]

    def chosen(self) -> list[Learner]:
        """Return those of the household who come too; the form must be valid."""
        asked = self.cleaned_data.get("others", [])
        return [each for each in self.household if each.pk in asked]

    def some_may_wait(self) -> bool:
        """True when those for whom there is no seat may wait."""
        return self.cleaned_data.get("if_short") == "wait"


class WhyForm(DeskForm):
    """Why something is done to an enrolment; it stays in what happened to it."""

    because = forms.CharField(
        label="为什么",
        max_length=100,
        help_text="会留在这个报名的记录里。不要写身体、家里的事。",
        error_messages={"required": "写一句为什么。"},
    )


class MoveToForm(WhyForm):
    """Chooses another class."""

    to = forms.TypedChoiceField(
        label="换到哪个班",
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": "请选一个班。", "invalid_choice": "这个班现在不能换了。请选另一个。"},
    )
    may_wait = forms.BooleanField(
        label="没有座位，排候补也行", required=False, help_text="选了满的班，要打这个勾。"
    )

    field_order = ["to", "may_wait", "because"]

    def __init__(self, *args, offers: list[Elsewhere], **kwargs):
        super().__init__(*args, **kwargs)
        self.offers = {each.run.pk: each for each in offers}
        cast("forms.TypedChoiceField", self.fields["to"]).choices = [
            (each.run.pk, each.words) for each in offers
        ]
        if not any(each.waits for each in offers):
            del self.fields["may_wait"]


class PriorityForm(WhyForm):
    """Lets somebody who waits go before others."""

    priority = forms.TypedChoiceField(
        label="排在哪里",
        coerce=int,
        choices=[
            (0, "照报名的先后"),
            (1, "排到照先后的人前面"),
            (2, "排到最前面；有几位这样的，照报名的先后"),
        ],
        widget=forms.RadioSelect,
    )

    field_order = ["priority", "because"]


class FindVoucherForm(DeskForm):
    """The number on a voucher."""

    voucher = forms.CharField(
        label="凭证号码",
        max_length=30,
        help_text="8 个数字，空格不要紧。",
        widget=forms.TextInput(attrs={"inputmode": "numeric", **OFF}),
        error_messages={"required": "请填凭证上的 8 个数字。"},
    )
