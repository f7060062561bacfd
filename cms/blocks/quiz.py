from wagtail import blocks

from cms.blocks.drafts import OneAtATime
from cms.blocks.plain import LineBlock, WordsBlock


class QuestionBlock(blocks.StructBlock):
    """A question readers ask themselves; the answer opens on a tap. No score."""

    question = LineBlock(
        max_length=40, label="问", help_text="学的时候一定会碰到的事。比如：扫码以前，先看什么？"
    )
    answer = WordsBlock(max_length=120, label="答", help_text="一两句话，先说答案，再说为什么。")

    class Meta:
        icon = "help"
        label = "自测题"
        description = "自己考考自己：一问一答，不打分。"
        template = "cms/blocks/question.html"
        preview_value = {"question": "“扫一扫”在哪里？", "answer": "微信右上角，小加号里面。"}


class QuestionsBlock(OneAtATime, blocks.StreamBlock):
    """The self-check at the end of a lesson or chapter."""

    question = QuestionBlock()

    class Meta:
        max_num = 3
