"""Filters and forms of teachers and volunteers, with the fields for names, telephone numbers and weeks."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from cms.enums import Scenario
from courses.enums import HalfDay, QualificationKind, Weekday
from courses.forms.choosing import OrganisationField
from courses.forms.desk import DeskForm, FilterForm
from courses.forms.fields import DayField
from courses.models import Organisation, TeachingPerson
from courses.models.people import TeachingPersonQuerySet
from courses.rules.names import name_key, name_refusal, tidy
from courses.rules.phones import normalised, phone_refusal
from courses.rules.qualifications import STATE_WORDS, QualificationState
from courses.services.people_consent import accounts_to_link

# 周一上午 … 周日晚上, as the address of a list and the boxes of a form name them.
HALF_DAYS = [(f"{day}-{half}", f"{day.label}{half.label}") for day in Weekday for half in HalfDay]


class NameField(forms.CharField):
    """A person's name; what cannot be one is refused in words."""

    def to_python(self, value):
        return tidy(super().to_python(value) or "")

    def validate(self, value):
        if words := name_refusal(value):
            raise ValidationError(words)


class PhoneField(forms.CharField):
    """A telephone number however it is written; gives its digits, "" for none."""

    widget = forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"})

    def to_python(self, value):
        return normalised(super().to_python(value) or "")

    def validate(self, value):
        super().validate(value)
        if value and (words := phone_refusal(value)):
            raise ValidationError(words)


class WeekGrid(forms.CheckboxSelectMultiple):
    """A box for each half day of the week, in a table; each box says its own day and half day."""

    template_name = "courses/desk/people/week_grid.html"

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        boxes = [option for _, options, _ in context["widget"]["optgroups"] for option in options]
        width = len(HalfDay)
        rows = [(day.label, boxes[place * width :][:width]) for place, day in enumerate(Weekday)]
        return context | {"half_days": [half.label for half in HalfDay], "rows": rows}


class WeekField(forms.MultipleChoiceField):
    """Half days of the week; gives pairs as `change_person` takes them."""

    widget = WeekGrid

    def __init__(self, **kwargs):
        super().__init__(choices=HALF_DAYS, **kwargs)

    def clean(self, value):
        return {half_day_of(each) for each in super().clean(value)}


def half_day_of(key: str) -> tuple[int, str]:
    """Return the pair that a key of HALF_DAYS stands for."""
    weekday, _, half = key.partition("-")
    return int(weekday), half


class PeopleFilters(FilterForm):
    """Find people by name or number, what they can, when they have time, how far they are, where they are."""

    q = forms.CharField(
        label="姓名或编号", required=False, max_length=100, widget=forms.TextInput(attrs={"type": "search"})
    )
    scenario = forms.ChoiceField(label="场景", required=False, choices=[("", "都看"), *Scenario.choices])
    speaks = forms.ChoiceField(
        label="语言", required=False, choices=[("", "都看"), ("shanghainese", "会说上海话")]
    )
    free = forms.ChoiceField(label="有空", required=False, choices=[("", "都看"), *HALF_DAYS])
    state = forms.ChoiceField(
        label="资格",
        required=False,
        choices=[("", "都看"), *((state.value, words) for state, words in STATE_WORDS.items())],
    )
    at = forms.CharField(label="机构", required=False, max_length=60)
    left = forms.ChoiceField(
        label="在不在", required=False, choices=[("", "还在的"), ("gone", "离开的"), ("all", "都看")]
    )

    def applied(self, rows):
        found: Any = super().applied(rows)
        return found if self.cleaned_data.get("left") else found.active(on=timezone.localdate())

    def by_q(self, rows, words):
        key = name_key(words)
        by_number = rows.filter(number__icontains=words.strip())
        return by_number | rows.filter(name_key__contains=key) if key else by_number

    def by_scenario(self, rows: TeachingPersonQuerySet, scenario: str):
        return rows.can_teach(scenario)

    def by_speaks(self, rows, language):
        return rows.filter(speaks_shanghainese=True)

    def by_free(self, rows: TeachingPersonQuerySet, key: str):
        return rows.free(*half_day_of(key))

    def by_state(self, rows: TeachingPersonQuerySet, state: str):
        today = timezone.localdate()
        return {
            QualificationState.COMPLETE: rows.qualified,
            QualificationState.MISSING: rows.lacking,
            QualificationState.EXPIRED: rows.lapsed,
        }[QualificationState(state)](on=today)

    def by_at(self, rows, words):
        return rows.filter(organisation__name__icontains=words)

    def by_left(self, rows: TeachingPersonQuerySet, left: str):
        today = timezone.localdate()
        return rows.exclude(pk__in=rows.active(on=today).values("pk")) if left == "gone" else rows


class PersonForm(DeskForm):
    """Somebody new."""

    groups = [
        ("是谁", ["organisation", "name", "phone", "forget_phone"]),
        ("能做什么", ["scenarios", "speaks_mandarin", "speaks_shanghainese"]),
        ("什么时候有空", ["free"]),
    ]

    organisation = OrganisationField(label="所属机构", help_text="填全称或者代码，只能是您这里的机构。")
    name = NameField(label="姓名", max_length=100)
    phone = PhoneField(
        label="电话", required=False, max_length=60, help_text="手机 11 个数字；座机写成 021-12345678。"
    )
    scenarios = forms.MultipleChoiceField(
        label="能教或能帮的场景",
        required=False,
        choices=Scenario.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    speaks_mandarin = forms.BooleanField(label="会说普通话", required=False)
    speaks_shanghainese = forms.BooleanField(label="会说上海话", required=False)
    free = WeekField(label="通常哪些时候有空", required=False)

    def limit_choices(self) -> None:
        self.choose("organisation", Organisation.objects.visible_to(self.user))

    def proposals(self) -> list[Organisation]:
        """Return the organisations that the browser proposes while one is typed."""
        field: Any = self.fields["organisation"]
        return field.proposals()


class ChangePersonForm(PersonForm):
    """Somebody known. The whole number is not shown again: an empty field keeps it."""

    phone = PhoneField(
        label="换电话", required=False, max_length=60, help_text="空着就不改。要换，填新的号码。"
    )
    forget_phone = forms.BooleanField(label="不留电话了，把原来的删掉", required=False)

    def new_phone(self) -> str | None:
        """Return the new number, "" for none any more, None for as it was."""
        if self.cleaned_data["phone"]:
            return str(self.cleaned_data["phone"])
        return "" if self.cleaned_data["forget_phone"] else None

    @staticmethod
    def initial_of(person: TeachingPerson) -> dict[str, Any]:
        """Return what the form shows of somebody before anything is changed."""
        return {
            "organisation": person.organisation,
            "name": person.name,
            "scenarios": [each.scenario for each in person.scenarios.all()],
            "speaks_mandarin": person.speaks_mandarin,
            "speaks_shanghainese": person.speaks_shanghainese,
            "free": [f"{each.weekday}-{each.half_day}" for each in person.availabilities.all()],
        }


class LeavingForm(DeskForm):
    """From which day somebody is gone."""

    on = DayField(label="从哪天起不来了", initial=timezone.localdate)


class ConsentForm(DeskForm):
    """On which day somebody agreed to be named."""

    on = DayField(label="本人哪天同意的", initial=timezone.localdate)


class QualificationForm(DeskForm):
    """What somebody has proved."""

    kind = forms.ChoiceField(label="哪一项", choices=QualificationKind.choices)
    passed_on = DayField(label="哪天", initial=timezone.localdate)
    edition = forms.IntegerField(
        label="手册第几版",
        required=False,
        min_value=1,
        max_value=999,
        help_text="只有“读过服务手册”要填。版次印在手册封面上。",
    )
    valid_until = DayField(label="有效到", required=False, help_text="空着就是一直有效。")


class AccountForm(DeskForm):
    """Whose account it is, by the name it logs in with: a branch may have hundreds."""

    account = forms.CharField(
        label="登录名",
        max_length=150,
        help_text="账号要在您这里有职责。",
        error_messages={"required": "请填登录名。"},
    )

    def clean_account(self):
        found = accounts_to_link(by=self.user).filter(username=self.cleaned_data["account"].strip()).first()
        if found is None:
            raise ValidationError("没有找到这个登录名，或者这个账号不归您管。先到“账号”里看看。")
        return found
