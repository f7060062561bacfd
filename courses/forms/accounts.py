"""Filters and forms of accounts and of what was put down."""

from datetime import date, datetime, time
from operator import itemgetter
from typing import cast

from django import forms
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Q, QuerySet
from django.utils import timezone

from cms.enums import AuditVerb
from cms.services.audit import subjects
from courses.enums import Duty
from courses.forms.desk import DeskForm, FilterForm
from courses.models import Membership, Organisation, acting_membership, organisations_of
from courses.rules.duties import duties_given_by

EVERY = ("", "都看")
MOST_NAMED = 5


def day_field(label: str, **kwargs) -> forms.DateField:
    """Return a field for a day, which the browser offers as a calendar."""
    kwargs.setdefault("error_messages", {"invalid": "日期写成 2021-03-01 这样。"})
    return forms.DateField(
        label=label, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **kwargs
    )


def choices_of(form: forms.Form, name: str, choices: list[tuple[str, str]], *, none: str = "都看") -> None:
    """Let a field choose among these, or none of them."""
    cast("forms.ChoiceField", form.fields[name]).choices = [("", none), *choices]


class AccountFilters(FilterForm):
    """Find accounts by name, duty, organisation and state."""

    q = forms.CharField(
        label="姓名、账号名", required=False, max_length=100, widget=forms.TextInput(attrs={"type": "search"})
    )
    duty = forms.ChoiceField(label="职责", required=False, choices=[EVERY, *Duty.choices])
    organisation = forms.CharField(label="机构", required=False, max_length=60)
    state = forms.ChoiceField(
        label="状态",
        required=False,
        choices=[EVERY, ("in-use", "在用"), ("no-password", "还没设密码"), ("disabled", "停用")],
    )

    def by_q(self, rows: QuerySet, words: str) -> QuerySet:
        return rows.filter(Q(first_name__icontains=words) | Q(username__icontains=words))

    def by_duty(self, rows: QuerySet, duty: str) -> QuerySet:
        return rows.filter(pk__in=self._lasting().filter(duty=duty).values("user"))

    def by_organisation(self, rows: QuerySet, words: str) -> QuerySet:
        named = Q(organisation__name__icontains=words) | Q(organisation__short_name__icontains=words)
        held = self._lasting().filter(named | Q(organisation__code__iexact=words))
        return rows.filter(pk__in=held.values("user"))

    def by_state(self, rows: QuerySet, state: str) -> QuerySet:
        if state == "disabled":
            return rows.filter(is_active=False)
        has_none = Q(password__startswith=UNUSABLE_PASSWORD_PREFIX)
        return rows.filter(has_none if state == "no-password" else ~has_none, is_active=True)

    def _lasting(self) -> QuerySet[Membership]:
        here = organisations_of(self.user).values("pk")
        return Membership.objects.lasting(on=timezone.localdate()).filter(organisation__in=here)


class OrganisationByName(DeskForm):
    """A form that asks for an organisation by its name or code: thousands make no list to choose from."""

    organisation = forms.CharField(
        label="机构",
        max_length=60,
        help_text="写全称、简称或机构代码。",
        error_messages={"required": "请填机构。"},
    )

    def clean_organisation(self) -> Organisation:
        """Return the one organisation of the branch that is meant, or say which it could be."""
        words = self.cleaned_data["organisation"].strip()
        visible = Organisation.objects.visible_to(self.user)
        exact = list(visible.filter(Q(code__iexact=words) | Q(name=words) | Q(short_name=words))[:2])
        found = exact or list(visible.filter(name__icontains=words)[: MOST_NAMED + 1])
        if len(found) == 1:
            return found[0]
        if not found:
            raise forms.ValidationError("没有找到这个机构。请看看有没有写错，也可以写机构代码。")
        names = "、".join(f"{each.name}（{each.code}）" for each in found[:MOST_NAMED])
        raise forms.ValidationError(f"有几个机构都像：{names}。请写全称或代码。")


class DutyForm(OrganisationByName):
    """A duty at an organisation, from a day to a day."""

    duty = forms.ChoiceField(label="职责", error_messages={"required": "请选一个职责。"})
    starts_on = day_field("从哪天起", required=False, help_text="空着就是今天。")
    ends_on = day_field("到哪天为止", required=False, help_text="空着就一直有效。")

    def limit_choices(self) -> None:
        acting = acting_membership(self.user)
        given = duties_given_by(acting.duty) if acting else ()
        choices_of(self, "duty", [(each.value, each.label) for each in Duty if each in given], none="请选")


class NewAccountForm(DutyForm):
    """A person and their first duty."""

    field_order = ["name", "user_name"]
    groups = [
        ("这个人", ["name", "user_name"]),
        ("做什么", ["organisation", "duty", "starts_on", "ends_on"]),
    ]
    name = forms.CharField(
        label="姓名", max_length=60, error_messages={"required": "请填姓名。", "max_length": "姓名太长了。"}
    )
    user_name = forms.CharField(
        label="账号名",
        max_length=60,
        required=False,
        help_text="登录时用。空着就用姓名的拼音，比如 zhoujianguo。",
    )


class EndDutyForm(DeskForm):
    """When a duty ends."""

    ends_on = day_field("最后一天", required=False, help_text="空着，就从现在起没有这个职责。")


class AuditFilters(FilterForm):
    """Find what was put down by person, by what was done, to what, and when."""

    q = forms.CharField(
        label="谁", required=False, max_length=100, widget=forms.TextInput(attrs={"type": "search"})
    )
    verb = forms.ChoiceField(label="做了什么", required=False, choices=[EVERY, *AuditVerb.choices])
    subject = forms.ChoiceField(label="对象", required=False)
    since = day_field("从哪天", required=False)
    until = day_field("到哪天", required=False)

    def limit_choices(self) -> None:
        choices_of(self, "subject", sorted(subjects().items(), key=itemgetter(1)))

    def by_q(self, rows: QuerySet, words: str) -> QuerySet:
        return rows.filter(Q(by__first_name__icontains=words) | Q(by__username__icontains=words))

    def by_verb(self, rows: QuerySet, verb: str) -> QuerySet:
        return rows.filter(verb=verb)

    def by_subject(self, rows: QuerySet, subject: str) -> QuerySet:
        return rows.filter(subject=subject)

    def by_since(self, rows: QuerySet, day: date) -> QuerySet:
        return rows.filter(at__gte=_midnight(day))

    def by_until(self, rows: QuerySet, day: date) -> QuerySet:
        return rows.filter(at__lte=_midnight(day, time.max))


def _midnight(day: date, clock: time = time.min) -> datetime:
    return timezone.make_aware(datetime.combine(day, clock))
