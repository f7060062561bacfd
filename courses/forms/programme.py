"""Forms of a programme: its target, a milestone, a district's share, a line of the city's."""

from django import forms

from courses.forms.desk import DeskForm
from courses.forms.fields import DayField, LineField
from courses.services.programmes.changing import LineDetails, PointDetails, ProgrammeDetails

MOST = 100_000_000


class ProgrammeForm(DeskForm):
    """What a programme is."""

    year = forms.IntegerField(label="年份", min_value=2020, max_value=2099)
    name = LineField(label="名称", max_length=60)
    target = forms.IntegerField(label="目标人次", min_value=1, max_value=MOST)
    starts_on = DayField(label="从哪天起")
    due_on = DayField(label="到哪天完成")
    source = LineField(label="依据", max_length=100, help_text="哪份文件、谁定的。会写在公开的进度页上。")
    responsible = LineField(
        label="负责人", max_length=100, required=False, help_text="会写在公开的进度页上。空着就不写。"
    )
    is_example = forms.BooleanField(
        label="只是举例，还没有人定", required=False, help_text="勾着的时候，页面上会写明是举例。"
    )

    def details(self) -> ProgrammeDetails:
        """Return what was filled in; the form must be valid."""
        return ProgrammeDetails(**self.cleaned_data)


class PointForm(DeskForm):
    """A milestone."""

    on = DayField(label="哪天")
    attendances = forms.IntegerField(label="该到多少人次", min_value=0, max_value=MOST)
    note = LineField(label="怎么来的", max_length=100)
    is_inferred = forms.BooleanField(
        label="推算的", required=False, help_text="没有文件写明的，请勾上。页面上会写明。"
    )

    def details(self) -> PointDetails:
        """Return what was filled in; the form must be valid."""
        return PointDetails(**self.cleaned_data)


class ShareForm(DeskForm):
    """A district's share; nothing: there is none."""

    attendances = forms.IntegerField(
        label="份额（人次）", min_value=0, max_value=MOST, required=False, help_text="没有定过，就空着。"
    )
    source = LineField(label="依据", max_length=100, required=False, help_text="哪份文件、谁定的。")


class LineForm(DeskForm):
    """One of the city's lines."""

    name = LineField(label="哪条线", max_length=40)
    planned = forms.IntegerField(label="计划人次", min_value=0, max_value=MOST)
    reported = forms.IntegerField(
        label="报了多少人次",
        min_value=0,
        max_value=MOST,
        required=False,
        help_text="没有数字就空着。填了要写日期和来源。我们自己的由系统来数。",
    )
    reported_on = DayField(label="哪天报的", required=False)
    source = LineField(label="从哪里来", max_length=100, required=False)

    def details(self) -> LineDetails:
        """Return what was filled in; the form must be valid."""
        return LineDetails(**self.cleaned_data)
