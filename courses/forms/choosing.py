"""Fields that choose among many things, and a number that is there already. All work without scripts."""

from django import forms
from django.db.models import Q, QuerySet

from courses.models import Organisation
from courses.rules.phones import normalised, phone_refusal

SHOWN = 5
PROPOSED = 100
REMOVE = "无"


class OrganisationField(forms.CharField):
    """An organisation by its code or name: a list of 7,000 cannot be drawn, and nobody would look through it.

    ``queryset`` holds those that may be chosen; a form may let the browser propose the first of them
    (``proposals``). Part of a name is enough where only one has it.
    """

    queryset: QuerySet[Organisation] = Organisation.objects.none()
    default_error_messages = {"required": "请填机构。"}

    def __init__(self, **kwargs):
        super().__init__(max_length=90, **kwargs)

    def get_bound_field(self, form, field_name):
        self.widget.attrs["list"] = f"{field_name}-list"
        return super().get_bound_field(form, field_name)

    def prepare_value(self, value):
        return f"{value.name}（{value.code}）" if isinstance(value, Organisation) else value

    def proposals(self) -> list[Organisation]:
        """Return the first of those that may be chosen, as the guidance line orders them."""
        return list(self.queryset.order_by("lineage")[:PROPOSED])

    def clean(self, value):
        words = super().clean(value)
        if not words:
            return None
        # As it is proposed: the name, then the code in brackets.
        code = words.rpartition("（")[2].removesuffix("）").strip()
        found = list(self.queryset.filter(code__iexact=code)) or self._found(words)
        if len(found) == 1:
            return found[0]
        if not found:
            raise forms.ValidationError(f"没有找到“{words}”。请填机构代码或者全称。")
        some = "、".join(f"{each.name}（{each.code}）" for each in found[:SHOWN])
        more = "……" if len(found) > SHOWN else ""
        raise forms.ValidationError(f"不止一家：{some}{more}。请填代码。")

    def _found(self, words: str) -> list[Organisation]:
        exact = self.queryset.filter(Q(code__iexact=words) | Q(name=words) | Q(short_name=words))
        near = self.queryset.filter(Q(name__icontains=words) | Q(short_name__icontains=words))
        return list(exact[: SHOWN + 1]) or list(near[: SHOWN + 1])


class KeptPhoneField(forms.CharField):
    """A telephone number beside one that is kept: None leaves it, "" (written 无) removes it, else it is normalised."""

    def __init__(self, **kwargs):
        super().__init__(required=False, max_length=30, **kwargs)
        self.widget.attrs |= {"inputmode": "tel", "autocomplete": "off"}

    def says_what_is_kept(self, masked: str) -> None:
        """Tell who fills the form in which number is there."""
        if masked:
            self.help_text = f"现在是 {masked}。空着就不变；换了人，请填新的；写“{REMOVE}”就去掉。"

    def clean(self, value):
        written = super().clean(value)
        if not written:
            return None
        if written == REMOVE:
            return ""
        number = normalised(written)
        if words := phone_refusal(number):
            raise forms.ValidationError(words)
        return number
