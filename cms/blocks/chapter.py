"""Blocks that only books are made of, beside the step."""

from wagtail import blocks
from wagtail.admin.telepath import register

from cms.blocks.arriving import ArrivingSteps
from cms.blocks.callouts import CautionBlock, PointsBlock
from cms.blocks.drafts import OneAtATime
from cms.blocks.plain import LineBlock, WordsBlock
from cms.blocks.steps import SharedStepChooserBlock, StepBlock
from cms.blocks.text import ParagraphBlock


class SectionBlock(LineBlock):
    """Starts a numbered section, 4-2; the steps below it count from 1 again."""

    class Meta:
        icon = "title"
        label = "小节"
        description = "小节标题，会自动编号，比如 4-2。后面的步骤从 1 数起。"
        template = "cms/blocks/heading.html"
        preview_value = "打开扫一扫"


class RuleBlock(blocks.StructBlock):
    """A numbered rule of the service handbook, 5-3."""

    title = LineBlock(max_length=20, label="规矩", help_text="一句话，比如：不代输密码。")
    text = WordsBlock(max_length=300, label="说明", help_text="什么意思，对老人怎么说。")
    red_line = blocks.BooleanBlock(
        required=False,
        label="是红线",
        help_text="碰了就要马上停止服务的，打上勾。红线会自动汇成单独一页，可以打印出来贴墙上。",
    )

    class Meta:
        icon = "lock"
        label = "规矩"
        description = "一条规矩，会自动编号，比如 5-3。"
        template = "cms/blocks/rule.html"
        preview_value = {"title": "不代输密码", "text": "密码老人自己按，您转过身去。"}


class ChapterBodyBlock(OneAtATime, blocks.StreamBlock):
    """What a chapter is made of."""

    section = SectionBlock(max_length=20)
    paragraph = ParagraphBlock(max_length=600)
    step = StepBlock()
    shared_step = SharedStepChooserBlock()
    rule = RuleBlock()
    points = PointsBlock()
    caution = CautionBlock()


register(ArrivingSteps(), ChapterBodyBlock)
