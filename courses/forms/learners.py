"""Filters and forms of learners. No form is ever filled with a whole telephone number."""

from typing import Any, cast

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone

from courses.enums import Sex
from courses.forms.desk import DeskForm, FilterForm
from courses.forms.who import OFF, ContactFields, NameOrTailField, WhoFields
from courses.models import Area, Learner, LearnerPlace, Organisation, acting_membership
from courses.rules.learners import SENIOR_AGE
from courses.services.learners import LearnerFacts

# Above this a list to choose from helps nobody: the own organisation is taken.
MOST_ORGANISATIONS = 300
DECADES = range(1920, 2020, 10)


class LearnerFilters(FilterForm):
    """Find learners by name or last four digits, where they live and registered, age, and what needs a look."""

    q = NameOrTailField()
    district = forms.ModelChoiceField(
        label="住在哪个区",
        required=False,
        queryset=Area.objects.none(),
        to_field_name="code",
        empty_label="都看",
    )
    area = forms.ModelChoiceField(
        label="住在哪个街镇", required=False, queryset=Area.objects.none(), empty_label="都看"
    )
    organisation = forms.CharField(label="登记在哪家机构", required=False, max_length=60)
    decade = forms.TypedChoiceField(
        label="哪年生的",
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", "都看"), *((year, f"{year}—{year + 9}") for year in DECADES)],
    )
    senior = forms.ChoiceField(
        label="满 60 岁",
        required=False,
        choices=[("", "都看"), ("yes", "满 60"), ("no", "未满 60"), ("unknown", "不知道")],
    )
    special = forms.ChoiceField(
        label="只看",
        required=False,
        choices=[("", "都看"), ("no-phone", "没有手机"), ("twice", "可能重复")],
    )

    def limit_choices(self) -> None:
        """Streets come with their district: all 216 in one list cost more than the whole table below it."""
        self.choose("district", Area.objects.districts())
        code = self.data.get("district", "")
        if code:
            self.choose("area", Area.objects.townships().filter(parent__code=code))
        else:
            del self.fields["area"]

    def by_q(self, rows: Any, words: str) -> QuerySet:
        return rows.found_by(words.strip())

    def by_district(self, rows: QuerySet, district: Area) -> QuerySet:
        return rows.filter(area__in=Area.objects.filter(parent=district))

    def by_area(self, rows: QuerySet, area: Area) -> QuerySet:
        return rows.filter(area=area)

    def by_organisation(self, rows: QuerySet, words: str) -> QuerySet:
        meant = Organisation.objects.visible_to(self.user).filter(
            Q(name__icontains=words) | Q(short_name__icontains=words) | Q(code__iexact=words)
        )
        places = LearnerPlace.objects.filter(organisation_id__in=meant.values("pk"))
        return rows.filter(pk__in=places.values("learner_id"))

    def by_decade(self, rows: QuerySet, first_year: int) -> QuerySet:
        return rows.filter(birth_year__range=(first_year, first_year + 9))

    def by_senior(self, rows: QuerySet, answer: str) -> QuerySet:
        last_year = timezone.localdate().year - SENIOR_AGE
        senior = Q(birth_year__lte=last_year) | Q(birth_year=None, says_senior=True)
        asked = {
            "yes": senior,
            "no": Q(birth_year__gt=last_year),
            "unknown": Q(birth_year=None, says_senior=False),
        }
        return rows.filter(asked[answer])

    def by_special(self, rows: Any, what: str) -> QuerySet:
        if what == "no-phone":
            return rows.filter(phone_key="")
        return rows.maybe_twice(Learner.objects.visible_to(self.user).canonical())


class LearnerForm(WhoFields, ContactFields):
    """What is known about a learner."""

    sex = forms.ChoiceField(label="性别", required=False, choices=[("", "没有填"), *Sex.choices])

    groups = [
        ("", ["organisation", "name", "phone", "forget_phone", "birth_year", "says_senior"]),
        ("没有电话，要填这两项", ["area", "is_identity_confirmed"]),
        ("可以不填", ["sex", "contact_name", "contact_phone", "forget_contact_phone"]),
    ]

    def facts(self) -> dict[str, Any]:
        """Return what was filled in, as the services take it."""
        return {name: self.cleaned_data[name] for name in LearnerFacts.__dataclass_fields__}


class NewLearnerForm(LearnerForm):
    """Registers somebody at one of one's own organisations, the one acted for if nothing else is chosen."""

    organisation = forms.ModelChoiceField(
        label="登记在哪里", queryset=Organisation.objects.none(), empty_label=None
    )

    def limit_choices(self) -> None:
        acting = acting_membership(self.user)
        own = Organisation.objects.visible_to(self.user).open(on=timezone.localdate()).order_by("lineage")
        if own[: MOST_ORGANISATIONS + 1].count() > MOST_ORGANISATIONS:
            own = own.filter(pk=acting.organisation_id)
        self.choose("organisation", own)
        self.fields["organisation"].initial = acting.organisation_id


class CorrectLearnerForm(LearnerForm):
    """Corrects a learner: a number stays as it is unless a new one is written or the tick says to drop it."""

    forget_phone = forms.BooleanField(label="不再留电话", required=False)
    forget_contact_phone = forms.BooleanField(label="不再留那个人的电话", required=False)

    def __init__(self, *args, learner: Learner, **kwargs):
        super().__init__(*args, **kwargs)
        for name, number in (
            ("phone", learner.masked_phone),
            ("contact_phone", learner.masked_contact_phone),
        ):
            if number:
                self.fields[name].help_text = f"现在是 {number}。空着就不改。"
                self.fields[name].label = f"新的{self.fields[name].label}"
            else:
                del self.fields[f"forget_{name}"]

    def facts(self) -> dict[str, Any]:
        facts = super().facts()
        for name in ("phone", "contact_phone"):
            if not facts[name]:
                facts[name] = "" if self.cleaned_data.get(f"forget_{name}") else None
        return facts


class FindLearnerForm(DeskForm):
    """Looks for another learner."""

    words = forms.CharField(
        label="姓名开头，或电话最后 4 位",
        max_length=40,
        help_text="姓名至少 2 个字。",
        widget=forms.TextInput(attrs={"type": "search", **OFF}),
    )


class MergeForm(DeskForm):
    """Asks which of two rows stays."""

    keep = forms.TypedChoiceField(label="留下哪一条", coerce=int, widget=forms.RadioSelect)

    def __init__(self, *args, learners: list[Learner], **kwargs):
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["keep"]).choices = [
            (each.pk, f"{'左边' if place == 0 else '右边'}：{each.name} {each.masked_phone or '没有手机'}")
            for place, each in enumerate(learners)
        ]


class EraseForm(DeskForm):
    """Asks to type the name of who is to be erased."""

    typed_name = forms.CharField(
        label="写一遍这位学员的姓名", max_length=60, widget=forms.TextInput(attrs=OFF)
    )
