"""What forms and filters of the class desk have in common."""

from typing import Any, cast

from django import forms
from django.db.models import QuerySet

from courses.errors import Refused


class DeskForm(forms.Form):
    """A form of the desk; it knows who fills it in, so that its choices are only what they may see.

    ``groups`` may name its parts: a list of (heading, names of fields). Without it everything is one part.
    """

    groups: list[tuple[str, list[str]]] = []

    def __init__(self, *args, user: Any, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.limit_choices()

    def limit_choices(self) -> None:
        """Fill fields that choose among things: ``self.choose("venue", Venue.objects.visible_to(self.user))``."""

    def choose(self, name: str, things: QuerySet) -> None:
        """Let the field ``name`` choose among these; also a field of `choosing`, where one writes a name."""
        cast("forms.ModelChoiceField", self.fields[name]).queryset = things

    def fill_in(self, posted: Any) -> None:
        """Show what somebody typed, not checked yet: for a form that is not bound."""
        for name, field in self.fields.items():
            self.initial[name] = field.widget.value_from_datadict(posted, {}, name)

    def refuse(self, refusal: Refused) -> None:
        """Show a service's refusal: beside its fields where it names some that are here, else on top."""
        shown = {name: words for name, words in refusal.fields.items() if name in self.fields}
        for name, words in shown.items():
            self.add_error(name, words)
        if not shown:
            for words in refusal.lines:
                self.add_error(None, words)

    def parts(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Return the visible fields in their parts; those that no part names come last."""
        named = {name for _, names in self.groups for name in names}
        rest = [field.name for field in self.visible_fields() if field.name not in named]
        parts = [*self.groups, *([("", rest)] if rest else [])]
        return [(heading, [self[name] for name in names if name in self.fields]) for heading, names in parts]


class FilterForm(DeskForm):
    """The filters above a list, kept in the address. What makes no sense in an address is as good as empty."""

    q = forms.CharField(
        label="找", required=False, max_length=100, widget=forms.TextInput(attrs={"type": "search"})
    )

    def applied(self, rows: QuerySet) -> QuerySet:
        """Return what the filters leave. Each field ``x`` has a method ``by_x(rows, value)``."""
        self.is_valid()
        for name, value in self.cleaned_data.items():
            if value not in (None, "", []):
                rows = getattr(self, f"by_{name}")(rows, value)
        return rows

    def is_used(self) -> bool:
        """True when any filter is set."""
        return self.is_valid() and any(value not in (None, "", []) for value in self.cleaned_data.values())

    def by_q(self, rows: QuerySet, words: str) -> QuerySet:
        """Find by words; a list says what that means."""
        raise NotImplementedError
