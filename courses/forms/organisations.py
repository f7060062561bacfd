"""Filters and forms of organisations."""

from typing import Any, cast

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone

from courses.enums import Contact, ExternalSystem, OrganisationKind
from courses.forms.choosing import KeptPhoneField, OrganisationField
from courses.forms.desk import DeskForm, FilterForm
from courses.forms.fields import AreaField
from courses.models import Area, Organisation
from courses.rules.organisations import code_refusal, kinds_below
from courses.rules.phones import HOTLINE, normalised, phone_refusal
from courses.services.organisation_details import OrganisationDetails

LONGEST_NUMBER = 60


def asked(field: str, **changes) -> Any:
    """Return a form field as the model describes it."""
    return Organisation._meta.get_field(field).formfield(**changes)


class OrganisationFilters(FilterForm):
    """Find organisations by name or code, level, district, and whether the name was checked."""

    kind = forms.ChoiceField(label="级别", required=False, choices=[("", "都看"), *OrganisationKind.choices])
    district = forms.ModelChoiceField(
        label="区", required=False, queryset=Area.objects.none(), to_field_name="code", empty_label="都看"
    )
    verified = forms.ChoiceField(
        label="名称", required=False, choices=[("", "都看"), ("no", "待核对"), ("yes", "核对过")]
    )
    state = forms.ChoiceField(
        label="在办", required=False, choices=[("", "都看"), ("open", "在办"), ("closed", "停办了")]
    )

    def limit_choices(self) -> None:
        self.choose("district", Area.objects.districts())

    def by_q(self, rows: QuerySet, words: str) -> QuerySet:
        return rows.filter(
            Q(name__icontains=words) | Q(short_name__icontains=words) | Q(code__istartswith=words)
        )

    def by_kind(self, rows: QuerySet, kind: str) -> QuerySet:
        return rows.filter(kind=kind)

    def by_district(self, rows: QuerySet, district: Area) -> QuerySet:
        return rows.filter(Q(area=district) | Q(area__parent=district))

    def by_verified(self, rows: QuerySet, verified: str) -> QuerySet:
        return rows.filter(is_name_verified=verified == "yes")

    def by_state(self, rows: QuerySet, state: str) -> QuerySet:
        is_closed = Q(closed_on__lte=timezone.localdate())
        return rows.filter(is_closed if state == "closed" else ~is_closed | Q(closed_on=None))


class OrganisationForm(DeskForm):
    """What is known of an organisation; where it stands in the line is asked elsewhere."""

    name = asked("name")
    short_name = asked("short_name")
    kind_name = asked("kind_name")
    code = asked("code")
    area = AreaField(
        districts=True,
        city=True,
        label="行政隶属",
        help_text="由哪个区、哪个街镇来办。指导它的可以是别的区。",
    )
    address = asked("address")
    public_phone = asked("public_phone")
    responsible_name = asked("responsible_name")
    responsible_phone = KeptPhoneField(label="责任人电话")
    operator_name = asked("operator_name")
    operator_phone = KeptPhoneField(label="专人电话")
    is_name_verified = asked("is_name_verified", help_text="对照过批文、公章或者官方网站，才打这个勾。")
    source = asked("source", help_text="名称是从哪里看来的，比如：徐汇区社区学院官网。")

    groups = [
        ("名称", ["kind", "name", "short_name", "kind_name", "code"]),
        ("在哪里", ["area", "address", "public_phone"]),
        ("谁负责", ["responsible_name", "responsible_phone", "operator_name", "operator_phone"]),
        ("核对", ["is_name_verified", "source"]),
    ]

    def __init__(self, *args, organisation: Organisation | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        if organisation:
            for whose in Contact.values:
                field = cast("KeptPhoneField", self.fields[f"{whose}_phone"])
                field.says_what_is_kept(organisation.masked_contact_phone(whose))

    @staticmethod
    def initial_of(organisation: Organisation) -> dict[str, Any]:
        """Return what the form starts with: everything but the telephone numbers."""
        kept = {f"{whose}_phone" for whose in Contact.values}
        return {
            name: getattr(organisation, name) for name in OrganisationForm.base_fields if name not in kept
        }

    def clean_code(self) -> str:
        code = self.cleaned_data["code"].upper()
        if words := code_refusal(code):
            raise forms.ValidationError(words)
        return code

    def clean_public_phone(self) -> str:
        written = self.cleaned_data["public_phone"]
        number = normalised(written)
        if written and not HOTLINE.fullmatch(number) and (words := phone_refusal(number)):
            raise forms.ValidationError(words)
        return written

    def details(self) -> OrganisationDetails:
        """Return what was filled in, for the services."""
        known = OrganisationForm.base_fields
        return OrganisationDetails(**{name: self.cleaned_data[name] for name in known})


class NewOrganisationForm(OrganisationForm):
    """Also which level it is on: one below ``above``."""

    kind = forms.ChoiceField(label="级别", widget=forms.RadioSelect, help_text="定了不变。")

    def __init__(self, *args, above: Organisation, **kwargs):
        super().__init__(*args, **kwargs)
        below = kinds_below(above.kind)
        cast("forms.ChoiceField", self.fields["kind"]).choices = [(each, each.label) for each in below]
        nearest = below[0] if below else ""
        self.initial = {"kind": nearest, "code": f"{above.code}-", "area": above.area_id, **self.initial}


class MoveForm(DeskForm):
    """Whom an organisation is guided by from now on."""

    guided_by = OrganisationField(
        label="以后由谁指导", help_text="填上一级的机构代码或者全称。下面的机构会跟着一起过去。"
    )

    def limit_choices(self) -> None:
        self.choose("guided_by", Organisation.objects.visible_to(self.user))


class CloseForm(DeskForm):
    """On which day an organisation stops."""

    on = forms.DateField(
        label="停办日期",
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text="从这天起不再排班。以前的班和人次都还在。",
    )


class ExternalIdsForm(DeskForm):
    """The numbers of other systems, a field for each system; several numbers are set apart by commas."""

    def __init__(self, *args, organisation: Organisation, **kwargs):
        super().__init__(*args, **kwargs)
        there = [(each.system, each.number) for each in organisation.external_ids.all()]
        for system in ExternalSystem:
            numbers = sorted(number for known, number in there if known == system)
            self.fields[system.value] = forms.CharField(
                label=f"{system.label}的编号",
                required=False,
                max_length=300,
                initial="，".join(numbers),
                help_text="没有就空着。有几个的，中间用逗号隔开。",
            )

    def clean(self):
        for system in ExternalSystem:
            numbers = _apart(self.cleaned_data.get(system.value, ""))
            if any(len(number) > LONGEST_NUMBER for number in numbers):
                self.add_error(system.value, f"一个编号最多 {LONGEST_NUMBER} 个字。")
        return self.cleaned_data

    def numbers(self) -> list[tuple[ExternalSystem, str]]:
        """Return what was filled in, for the service."""
        return [
            (system, number)
            for system in ExternalSystem
            for number in _apart(self.cleaned_data[system.value])
        ]


def _apart(written: str) -> list[str]:
    """Return the numbers of a list set apart by commas of any kind or blanks."""
    return written.replace("，", " ").replace(",", " ").replace("、", " ").split()
