from wagtail import blocks

from cms.blocks.callouts import CautionBlock, PointsBlock
from cms.blocks.drafts import OneAtATime
from cms.blocks.links import LinkBlock
from cms.blocks.plain import LineBlock, WordsBlock


class ParagraphBlock(WordsBlock):
    """A paragraph of plain words."""

    class Meta:
        icon = "pilcrow"
        label = "一段话"
        description = "几句短话。空一行，就另起一段。"
        template = "cms/blocks/paragraph.html"
        preview_value = "店里桌上，常有一个方方的图。\n这就是码。"


class HeadingBlock(LineBlock):
    """A heading inside a page of plain text."""

    class Meta:
        icon = "title"
        label = "小标题"
        description = "页面里的小标题，20 个字以内。"
        template = "cms/blocks/heading.html"
        preview_value = "怎么找到我们"


class StandardBodyBlock(OneAtATime, blocks.StreamBlock):
    """What a page of plain text is made of."""

    heading = HeadingBlock(max_length=20)
    paragraph = ParagraphBlock(max_length=600)
    points = PointsBlock()
    caution = CautionBlock()
    link = LinkBlock()
