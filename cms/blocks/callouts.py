from wagtail import blocks

from cms.blocks.plain import LineBlock, WordsBlock
from cms.enums import CautionKind


class CautionBlock(blocks.StructBlock):
    """A warning about money, privacy or a scam; its heading follows from its kind."""

    kind = blocks.ChoiceBlock(choices=CautionKind.choices, label="哪一种")
    text = WordsBlock(max_length=120, label="提醒的话", help_text="两三句短话，120 个字以内。")

    class Meta:
        icon = "warning"
        label = "提醒"
        description = "钱、隐私、防骗，三种提醒。标题会自动写好。"
        template = "cms/blocks/caution.html"
        preview_value = {"kind": "money", "text": "先看店名，再看多少钱。不认得，就退出来。"}


class PointsBlock(blocks.ListBlock):
    """A short list of points."""

    def __init__(self, **kwargs):
        super().__init__(LineBlock(max_length=120, label="一条"), min_num=1, **kwargs)

    class Meta:
        icon = "list-ul"
        label = "几条"
        description = "一条一句话。"
        template = "cms/blocks/points.html"
        preview_value = ["带上手机。", "带上老花镜。"]
