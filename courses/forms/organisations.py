"""Filters and forms of organisations and areas."""

from django import forms
from django.db.models import Q, QuerySet

from courses.enums import OrganisationKind
from courses.forms.desk import FilterForm
from courses.models import Area


class OrganisationFilters(FilterForm):
    """Find organisations by name or code, level, district, and whether the name was checked."""

    kind = forms.ChoiceField(label="级别", required=False, choices=[("", "都看"), *OrganisationKind.choices])
    district = forms.ModelChoiceField(
        label="区", required=False, queryset=Area.objects.none(), to_field_name="code", empty_label="都看"
    )
    verified = forms.ChoiceField(
        label="名称", required=False, choices=[("", "都看"), ("no", "待核对"), ("yes", "核对过")]
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
