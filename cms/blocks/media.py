from typing import ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.functional import cached_property
from wagtail import blocks

from cms import screens
from cms.blocks.chosen import ScreenshotBlock
from cms.blocks.plain import LineBlock, PlainWords


def refuse_wrong_lines(value: str) -> None:
    """Raise ValidationError, naming each line, when a screen's text cannot be drawn."""
    if not value:
        return
    try:
        screens.parse(value)
    except screens.ScreenErrors as problems:
        raise ValidationError([str(problem) for problem in problems.errors]) from None


class ScreenTextBlock(PlainWords, blocks.TextBlock):
    """A phone screen written in the drawing language (docs/designers), drawn beside its text while typing."""

    checks = (refuse_wrong_lines,)

    def __init__(self, **kwargs):
        super().__init__(max_length=1000, **kwargs)

    @cached_property
    def field(self):
        # Wagtail's own area measures its words to find its height: 48 of them lay the page out again and again.
        # A screen's lines never wrap, so their number is enough (screen_field.js).
        return forms.CharField(widget=forms.Textarea(attrs={"rows": self.rows}), **self.field_options)

    class Meta:
        # static/cms/admin/js/screen_field.js
        form_attrs: ClassVar = {"data-controller": "screen-field"}

    def get_searchable_content(self, value):
        """Only the words a reader sees on the drawn screen, not the language around them."""
        try:
            return [screens.words(screens.parse(value))] if value else []
        except screens.ScreenErrors:
            return []


PERCENT = [
    MinValueValidator(0, "从 0 到 100。"),
    MaxValueValidator(100, "从 0 到 100。"),
]


class PercentBlock(blocks.FloatBlock):
    """A place on a picture, in per cent of its width or height."""

    def __init__(self, **kwargs):
        super().__init__(required=False, validators=PERCENT, **kwargs)

    def clean(self, value):
        if self.is_deferred_validation:
            return self.value_from_form(self.field.to_python(self.value_for_form(value)))
        return super().clean(value)


class PictureBlock(blocks.StructBlock):
    """The picture of a step: a drawn phone screen, or an uploaded screenshot with the place to tap."""

    screen = ScreenTextBlock(
        required=False,
        rows=6,
        label="画屏幕",
        help_text="一行一个控件，比如“标题栏 微信 | + *”，星号是红圈。和截图二选一。",
    )
    screenshot = ScreenshotBlock(required=False, label="截图")
    alt = LineBlock(
        required=False, max_length=110, label="截图的文字说明", help_text="说清楚找什么、在哪里。"
    )
    tap_x = PercentBlock(label="点哪里：从左数 %")
    tap_y = PercentBlock(label="点哪里：从上数 %")

    class Meta:
        icon = "image"
        label = "图"
        description = "画出来的手机屏幕，或者一张截图。"
        template = "cms/blocks/picture.html"
        form_template = "cms/admin/blocks/picture_form.html"
        preview_value = {"screen": "标题栏 微信 | + *\n列表 大女儿\n撕口"}

    def clean(self, value):
        value = super().clean(value)
        problems = {} if self.is_deferred_validation else dict(_picture_problems(value))
        if problems:
            raise blocks.StructBlockValidationError(
                {field: ValidationError(message) for field, message in problems.items()}
            )
        return value


def _picture_problems(value):
    if value["screen"] and value["screenshot"]:
        yield "screenshot", "画屏幕和截图只能用一种。不要截图，就把它去掉。"
    if value["screenshot"] and not value["alt"]:
        yield "alt", "有截图，就要写文字说明，给看不见图的人听。"
    if (value["tap_x"] is None) != (value["tap_y"] is None):
        yield "tap_y", "点哪里，两个数都要填，或者都不填。"
    if value["tap_x"] is not None and not value["screenshot"]:
        yield "tap_x", "没有截图，就不用填点哪里。画屏幕用星号。"
