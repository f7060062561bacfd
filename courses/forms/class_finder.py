"""What a senior may say about the class they look for. Nonsense in an address is as good as nothing."""

from django import forms

from cms.enums import Scenario
from courses.enums import HalfDay, RunMode, Weekday
from courses.models import Area
from courses.services.timetable import Wanted

WHEN = [
    *((str(day.value), day.label) for day in Weekday),
    *HalfDay.choices,
]


class ClassFinder(forms.Form):
    """The filters of `/classes/`, kept in the address."""

    district = forms.ModelChoiceField(
        label="哪个区", queryset=Area.objects.none(), to_field_name="code", required=False, empty_label="都看"
    )
    street = forms.ModelChoiceField(
        label="哪个街镇",
        queryset=Area.objects.none(),
        to_field_name="code",
        required=False,
        empty_label="都看",
    )
    scenario = forms.ChoiceField(label="学什么", choices=[("", "都看"), *Scenario.choices], required=False)
    mode = forms.ChoiceField(label="怎么上", choices=[("", "都看"), *RunMode.choices], required=False)
    when = forms.MultipleChoiceField(
        label="什么时候有空", choices=WHEN, required=False, widget=forms.CheckboxSelectMultiple
    )
    seats = forms.BooleanField(label="还有座位", required=False)
    q = forms.CharField(label="写几个字找", max_length=100, required=False, strip=True)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["district"].queryset = Area.objects.districts()  # type: ignore[attr-defined]
        chosen = Area.objects.districts().filter(code=self.data.get("district", "")[:12]).first()
        if chosen is None:
            del self.fields["street"]
        else:
            self.fields["street"].queryset = Area.objects.below(chosen)  # type: ignore[attr-defined]

    def wanted(self) -> Wanted:
        """Return what was said, as far as it makes sense."""
        self.is_valid()
        said = self.cleaned_data
        when = said.get("when", [])
        return Wanted(
            district=said.get("district"),
            street=said.get("street"),
            scenario=said.get("scenario", ""),
            mode=said.get("mode", ""),
            weekdays=[int(each) for each in when if each.isdecimal()],
            half_days=[each for each in when if not each.isdecimal()],
            words=said.get("q", ""),
            has_room=said.get("seats", False),
        )

    def chosen(self) -> list[str]:
        """Return what was said in words, as far as it makes sense: 徐汇区, 周三, “扫码”."""
        self.is_valid()
        said = self.cleaned_data
        places = [area.name for name in ("district", "street") if (area := said.get(name))]
        words = [f"“{said['q']}”"] if said.get("q") else []
        room = ["还有座位"] if said.get("seats") else []
        labels = [label for name in ("scenario", "mode", "when") for label in self._labels(name)]
        return [*places, *labels, *room, *words]

    def _labels(self, name: str) -> list[str]:
        given = self.cleaned_data.get(name) or []
        wanted = {given} if isinstance(given, str) else set(given)
        choices = self.fields[name].choices  # type: ignore[attr-defined]
        return [label for value, label in choices if value and value in wanted]
