"""Filters and forms of the administrative line."""

from django import forms
from django.db.models import Q, QuerySet

from courses.enums import AreaKind
from courses.forms.desk import DeskForm, FilterForm
from courses.models import Area, AreaAlias
from courses.rules.names import LONGEST, tidy


class AreaFilters(FilterForm):
    """Find places by what they are called, officially or not, by district and by level."""

    district = forms.ModelChoiceField(
        label="区", required=False, queryset=Area.objects.none(), to_field_name="code", empty_label="都看"
    )
    kind = forms.ChoiceField(label="级别", required=False, choices=[("", "都看"), *AreaKind.choices])

    def limit_choices(self) -> None:
        self.choose("district", Area.objects.districts())

    def by_q(self, rows: QuerySet, words: str) -> QuerySet:
        called_so = AreaAlias.objects.filter(name__icontains=words)
        return rows.filter(
            Q(name__icontains=words) | Q(code__startswith=words) | Q(pk__in=called_so.values("area"))
        )

    def by_district(self, rows: QuerySet, district: Area) -> QuerySet:
        return rows.filter(Q(pk=district.pk) | Q(parent=district))

    def by_kind(self, rows: QuerySet, kind: str) -> QuerySet:
        return rows.filter(kind=kind)


class UnitForm(DeskForm):
    """A township-like unit that the official list does not have."""

    district = forms.ModelChoiceField(
        label="在哪个区", queryset=Area.objects.none(), to_field_name="code", empty_label="请选一个"
    )
    name = forms.CharField(
        label="名称", max_length=LONGEST, help_text="比如：莘庄工业区、佘山度假区。代码由系统自编。"
    )

    def limit_choices(self) -> None:
        self.choose("district", Area.objects.districts())

    def clean_name(self) -> str:
        return tidy(self.cleaned_data["name"])


class AliasesForm(DeskForm):
    """What else a place is called, a name on each line."""

    names = forms.CharField(
        label="别名",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="一行写一个。同一个别名可以属于几个街镇，找的时候会问是哪一个。",
    )

    def clean_names(self) -> list[str]:
        return [name for line in self.cleaned_data["names"].splitlines() if (name := tidy(line))]
