"""What is asked before a lesson is there."""

from typing import cast

from django import forms

from cms.enums import Scenario
from courses.models import ModulePage
from courses.services.lesson_starts import STARTS


class NewLessonForm(forms.Form):
    """Three things to choose, all of them chosen already; only the title is to be typed."""

    title = forms.CharField(
        label="题目", max_length=255, help_text="做什么，用老人自己的话。比如：微信扫一扫。"
    )
    module = forms.ModelChoiceField(
        label="放进哪个模块", queryset=ModulePage.objects.none(), empty_label=None
    )
    main_scenario = forms.ChoiceField(
        label="主要场景",
        required=False,
        choices=[("", "和模块一样"), *Scenario.choices],
        help_text="编号从它来，定了不变。比如扫码是 SCAN。",
    )
    start = forms.ChoiceField(
        label="从哪里开始",
        choices=[(name, start.label) for name, start in STARTS.items()],
        widget=forms.RadioSelect,
        initial="usual",
    )

    def __init__(self, *args, modules, **kwargs):
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField", self.fields["module"]).queryset = modules
        self.fields["title"].widget.attrs["autofocus"] = True

    def clean(self):
        cleaned = super().clean()
        module = cleaned.get("module")
        if module and not (cleaned.get("main_scenario") or module.main_scenario):
            self.add_error("main_scenario", "这个模块没有主要场景，请选一个。")
        return cleaned
