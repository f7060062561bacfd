from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from wagtail import blocks

from cms import screens
from cms.blocks.chosen import ScreenshotBlock
from cms.blocks.plain import LineBlock, refuse_control_characters

PERCENT = [
    MinValueValidator(0, "从 0 到 100。"),
    MaxValueValidator(100, "从 0 到 100。"),
]


class ScreenTextBlock(blocks.TextBlock):
    """A phone screen written in the drawing language (docs/designers); wrong lines are named on saving."""

    def __init__(self, **kwargs):
        super().__init__(max_length=1000, validators=[refuse_control_characters], **kwargs)

    def clean(self, value):
        value = super().clean(value)
        if value:
            self._parse(value)
        return value

    @staticmethod
    def _parse(value: str) -> None:
        try:
            screens.parse(value)
        except screens.ScreenErrors as problems:
            raise ValidationError([str(problem) for problem in problems.errors]) from None

    def get_searchable_content(self, value):
        """Only the words a reader sees on the drawn screen, not the language around them."""
        try:
            return [screens.words(screens.parse(value))] if value else []
        except screens.ScreenErrors:
            return []


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
    tap_x = blocks.FloatBlock(required=False, validators=PERCENT, label="点哪里：从左数 %")
    tap_y = blocks.FloatBlock(required=False, validators=PERCENT, label="点哪里：从上数 %")

    class Meta:
        icon = "image"
        label = "图"
        description = "画出来的手机屏幕，或者一张截图。"
        template = "cms/blocks/picture.html"
        form_layout = blocks.BlockGroup(children=["screen"], settings=["screenshot", "alt", "tap_x", "tap_y"])
        preview_value = {"screen": "标题栏 微信 | + *\n列表 大女儿\n撕口"}

    def clean(self, value):
        value = super().clean(value)
        problems = dict(_picture_problems(value))
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
