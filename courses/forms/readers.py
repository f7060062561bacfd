"""What forms for readers have in common: what is wrong is said by field and on top, and nothing typed is lost."""

from collections.abc import Mapping

from django import forms

from courses.errors import Refused


class ReadersForm(forms.Form):
    """A form that services refuse: by field where they say which, else as a whole."""

    # What did not come about, where no field is to be mended.
    failed = "这次没有成"
    # By the code of a refusal: what is said instead, where a reader cannot do what a service says to staff.
    instead: Mapping[str, str] = {}

    def wrong_fields(self) -> list[tuple[str, str, str]]:
        """Return what is to be mended: the id to jump to, the field's label, the words."""
        fields = [self[name] for name in self.fields if name in self.errors]
        return [(each.id_for_label or f"{each.auto_id}_0", each.label, each.errors[0]) for each in fields]

    def said_in_title(self) -> str:
        """Return how the page's title begins when something is wrong: who cannot see hears that first."""
        if not self.errors:
            return ""
        return f"{self.failed}：" if self.non_field_errors() else f"有 {len(self.wrong_fields())} 处要改："

    def refuse(self, refusal: Refused) -> None:
        """Show a service's refusal: beside the fields it names, else on top."""
        words = self.instead.get(refusal.code)
        shown = {name: words or said for name, said in refusal.fields.items() if name in self.fields}
        for name, said in (shown or {None: words or str(refusal)}).items():
            self.add_error(name, said)
