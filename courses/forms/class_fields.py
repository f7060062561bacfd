"""Fields and sets of fields that several forms of classes share."""

from typing import Any

from django import forms
from django.utils import timezone

from courses.enums import TeachingRole, Tongue
from courses.forms.desk import DeskForm
from courses.models import TeachingPerson, Term
from courses.rules.phones import HOTLINE, normalised, phone_refusal

NO_TERM = "还没有学期，请找市级管理员加。"


class ClockField(forms.TimeField):
    """Hours and minutes, as the browser asks for them."""

    widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})


class MomentField(forms.DateTimeField):
    """A day with hours and minutes, as the browser asks for them."""

    widget = forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})


class TermField(forms.ModelChoiceField):
    """Chooses a term that is not over; says whom to ask where there is none."""

    def __init__(self, **kwargs: Any):
        super().__init__(queryset=Term.objects.none(), **kwargs)

    def offer_current(self) -> None:
        """Offer the terms of today and later."""
        terms = Term.objects.filter(ends_on__gte=timezone.localdate()).order_by("starts_on")
        self.queryset = terms
        if not terms.exists():
            self.help_text = NO_TERM


class PersonField(forms.ModelChoiceField):
    """Chooses among people; a name alone could be anybody's."""

    def __init__(self, **kwargs: Any):
        super().__init__(queryset=TeachingPerson.objects.none(), **kwargs)

    def label_from_instance(self, person) -> str:
        return f"{person.name}（{person.organisation}）"


class PeopleField(forms.ModelMultipleChoiceField):
    """The same for several: boxes to tick, in a frame that scrolls."""

    def __init__(self, **kwargs: Any):
        widget = forms.CheckboxSelectMultiple(attrs={"class": "desk-many"})
        super().__init__(queryset=TeachingPerson.objects.none(), widget=widget, required=False, **kwargs)

    def label_from_instance(self, person) -> str:
        return f"{person.name}（{person.organisation}）"


class RoomField(forms.ModelChoiceField):
    """Chooses a room by its house, with the seats it has."""

    def label_from_instance(self, room) -> str:
        seats = f"，{room.seats} 座" if room.seats is not None else ""
        return f"{room.venue.name} {room.name}{seats}"


class PublicPhoneField(forms.CharField):
    """A telephone number that anybody may read: kept in digits; also a hotline such as 12345."""

    widget = forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"})

    def clean(self, value: Any) -> str:
        number = normalised(super().clean(value))
        if number and not HOTLINE.fullmatch(number) and (words := phone_refusal(number)):
            raise forms.ValidationError(words)
        return number


def people_at_hand(user, role: TeachingRole):
    """Return who can be asked in this role."""
    people = TeachingPerson.objects.at_hand_of(user).filter(left_on=None, role=role)
    return people.select_related("organisation").order_by("name", "pk")


class SizeFields(DeskForm):
    """For how many, for how much, in which tongue."""

    tongue = forms.ChoiceField(label="上课说", choices=Tongue.choices, initial=Tongue.MANDARIN)
    capacity = forms.IntegerField(
        label="最多几位学员",
        required=False,
        min_value=0,
        max_value=5000,
        help_text="空着就是不限，按教室的座位算。",
    )
    minimum = forms.IntegerField(label="最少几位才开", required=False, min_value=0, max_value=5000)
    waiting_places = forms.IntegerField(
        label="候补最多几位",
        required=False,
        min_value=0,
        max_value=5000,
        help_text="空着就是不限。写 0，满了就不收。",
    )
    fee = forms.DecimalField(
        label="学费（元）", min_value=0, max_digits=7, decimal_places=2, initial=0, help_text="0 就是不要钱。"
    )


class TellFields(DeskForm):
    """What those who want to come are told."""

    link = forms.URLField(
        label="线上的链接",
        max_length=300,
        assume_scheme="https",
        help_text="只给报了名的人看。",
        error_messages={"required": "线上的班要填链接。"},
    )
    contact_name = forms.CharField(label="联系人", max_length=40, required=False)
    contact_phone = PublicPhoneField(
        label="联系电话", max_length=20, required=False, help_text="给老人打的，会印在海报上。"
    )
    audience = forms.CharField(
        label="谁可以来", max_length=100, required=False, initial="60 岁以上，第一次学也行"
    )
    bring = forms.CharField(label="带什么", max_length=100, required=False, initial="手机，充好电；老花镜")
