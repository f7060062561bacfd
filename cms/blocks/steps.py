"""The step: the atom that lessons and chapters are made of."""

from collections import Counter
from typing import ClassVar

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.admin.telepath import register
from wagtail.snippets.blocks import SnippetChooserBlock

from cms.blocks.arriving import ArrivingSteps
from cms.blocks.callouts import CautionBlock
from cms.blocks.chosen import RecordingBlock
from cms.blocks.drafts import OneAtATime
from cms.blocks.media import PictureBlock
from cms.blocks.plain import LineBlock
from cms.enums import CautionKind, PhoneKind


class OptionalCautionBlock(CautionBlock):
    """A caution that may be left out: empty words mean there is none."""

    kind = blocks.ChoiceBlock(choices=CautionKind.choices, required=False, label="哪一种")
    text = LineBlock(
        required=False, max_length=120, label="提醒的话", help_text="两三句短话。比如：金额不对，不要按。"
    )

    class Meta:
        label = "提醒"

    def clean(self, value):
        value = super().clean(value)
        if not self.is_deferred_validation and bool(value["kind"]) != bool(value["text"]):
            message = "提醒要选一种，也要写一句话。不要提醒，就两样都空着。"
            raise blocks.StructBlockValidationError({"text": ValidationError(message)})
        return value


class VariantBlock(blocks.StructBlock):
    """How a step differs on one kind of phone. What is left empty is the same as on the others."""

    phone = blocks.ChoiceBlock(choices=PhoneKind.choices, label="哪种手机")
    do = LineBlock(required=False, max_length=40, label="做什么")
    look = LineBlock(required=False, max_length=80, label="您会看到")
    picture = PictureBlock(required=False)

    class Meta:
        icon = "mobile-alt"
        label = "别的手机"
        description = "这种手机和前面不一样的地方。一样的就空着。"
        form_template = "cms/admin/blocks/variant_form.html"
        preview_value = {"phone": "apple", "do": "点“好”。"}


class StepBlock(blocks.StructBlock):
    """One action, what is seen after it, and a picture of it."""

    do = LineBlock(
        max_length=40, label="做什么", help_text="一个动作一句话，20 个字以内最好。比如：点右上角的小加号。"
    )
    look = LineBlock(required=False, max_length=80, label="您会看到", help_text="做了以后看到什么。一句话。")
    picture = PictureBlock(required=False)
    caution = OptionalCautionBlock(required=False)
    if_different = LineBlock(
        required=False,
        max_length=120,
        label="如果您的手机不一样",
        help_text="比如：没有小加号的，找右上角三个点。",
    )
    recording = RecordingBlock(required=False, label="录音", help_text="把这一步读出来的录音。没有也可以。")
    variants = blocks.ListBlock(VariantBlock(), default=[], max_num=3, required=False, label="别的手机")

    class Meta:
        icon = "list-ol"
        label = "一步"
        description = "一个动作、看到什么、一张图。只写一次，网页、练习、打印都用它。"
        template = "cms/blocks/step_preview.html"
        form_template = "cms/admin/blocks/step_form.html"
        # static/cms/admin/js/step_form.js
        form_attrs: ClassVar = {"data-controller": "step-form"}
        preview_value = {
            "do": "点右上角的小加号。",
            "look": "会出来一张深色的单子。",
            "picture": {"screen": "标题栏 微信 | + *\n列表 大女儿\n列表 老张\n撕口"},
        }

    def clean(self, value):
        value = super().clean(value)
        if self.is_deferred_validation:
            return value
        phones = Counter(variant["phone"] for variant in value["variants"])
        doubled = [PhoneKind(phone).label for phone, times in phones.items() if times > 1]
        if doubled:
            message = f"{'、'.join(doubled)}写了两次，并成一个。"
            raise blocks.StructBlockValidationError({"variants": ValidationError(message)})
        return value


class SharedStepChooserBlock(SnippetChooserBlock):
    """A step that is written once and shown in many lessons and chapters."""

    def __init__(self, **kwargs):
        super().__init__("cms.SharedStep", **kwargs)

    def get_preview_value(self):
        step = StepBlock().get_preview_value()
        return self.model_class(key="open-wechat", title="打开微信", body=[("step", step)])

    def get_searchable_content(self, value):
        """The shared step's words belong to every page that shows it."""
        return value.searchable_words() if value else []

    class Meta:
        icon = "copy"
        label = "共用步骤"
        description = "很多课都要做的一步，写一次，到处用。改了它，用它的页面一起变。"
        template = "cms/blocks/step_preview.html"
        form_attrs: ClassVar = {"data-controller": "shared-step"}


class StepsBlock(OneAtATime, blocks.StreamBlock):
    """The steps of a lesson, in order."""

    step = StepBlock()
    shared_step = SharedStepChooserBlock()

    class Meta:
        max_num = 20


register(ArrivingSteps(), StepsBlock)


class SharedStepBodyBlock(OneAtATime, blocks.StreamBlock):
    """Exactly one step."""

    step = StepBlock()

    class Meta:
        min_num = 1
        max_num = 1
