from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from wagtail import blocks

from cms.blocks.drafts import OneAtATime
from cms.blocks.plain import LineBlock


class LinkBlock(blocks.StructBlock):
    """A link that stands alone, drawn as a button: to a page of this site, or to another site."""

    text = LineBlock(max_length=20, label="按钮上的字", help_text="说清楚点了去哪里，不写“点击这里”。")
    page = blocks.PageChooserBlock(required=False, label="本站页面", help_text="本站页面和别的网址，填一个。")
    url = blocks.URLBlock(required=False, label="别的网址")

    class Meta:
        icon = "link"
        label = "链接"
        description = "单独一行的链接。本站页面和别的网址，选一个。"
        template = "cms/blocks/link.html"
        preview_value = {"text": "看全部课程", "page": None, "url": "https://www.shou.org.cn/"}

    def clean(self, value):
        value = super().clean(value)
        if bool(value["page"]) == bool(value["url"]):
            message = "本站页面和别的网址，填一个，只填一个。"
            raise blocks.StructBlockValidationError({"url": ValidationError(message)})
        return value


class HotlineBlock(blocks.StructBlock):
    """A telephone number with what it is for."""

    name = LineBlock(max_length=20, label="叫什么")
    number = LineBlock(max_length=20, label="号码")
    purpose = LineBlock(max_length=40, required=False, label="什么时候打", help_text="比如：遇到骗子。")

    class Meta:
        icon = "mobile-alt"
        label = "电话"
        description = "一个值得记住的电话：叫什么、号码、什么时候打。"
        template = "cms/blocks/hotline.html"
        preview_value = {"name": "反诈专线", "number": "96110", "purpose": "接到可疑电话，拿不准的时候"}

    def clean(self, value):
        value = super().clean(value)
        try:
            RegexValidator(r"^[0-9][0-9 -]{2,18}$", "电话只写数字、空格和短横。")(value["number"])
        except ValidationError as error:
            raise blocks.StructBlockValidationError({"number": error}) from None
        return value


class HotlinesBlock(OneAtATime, blocks.StreamBlock):
    """Telephone numbers worth knowing."""

    hotline = HotlineBlock()
