"""StreamField blocks, one family per file."""

from cms.blocks.callouts import CautionBlock, PointsBlock
from cms.blocks.links import HotlinesBlock, LinkBlock
from cms.blocks.media import PictureBlock
from cms.blocks.quiz import QuestionBlock, QuestionsBlock
from cms.blocks.steps import SharedStepChooserBlock, StepBlock, StepsBlock, VariantBlock
from cms.blocks.text import ParagraphBlock, StandardBodyBlock

__all__ = [
    "CautionBlock",
    "HotlinesBlock",
    "LinkBlock",
    "ParagraphBlock",
    "PictureBlock",
    "PointsBlock",
    "QuestionBlock",
    "QuestionsBlock",
    "SharedStepChooserBlock",
    "StandardBodyBlock",
    "StepBlock",
    "StepsBlock",
    "VariantBlock",
]
