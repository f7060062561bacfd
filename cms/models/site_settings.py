from django.core.validators import RegexValidator
from django.db import models
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.fields import StreamField

from cms.blocks import HotlinesBlock

phone_number = RegexValidator(
    r"^[0-9][0-9 -]{2,18}$", "电话只写数字、空格和短横，比如 12345 或 021-12345678。"
)


@register_setting(icon="cog")
class SiteSettings(BaseGenericSetting):
    """What stands on every page: who to call, the slogan, the filing numbers."""

    hotline_name = models.CharField(
        "求助电话叫什么", max_length=20, default="市民热线", help_text="写在号码前面。"
    )
    hotline = models.CharField(
        "求助电话",
        max_length=20,
        default="12345",
        validators=[phone_number],
        help_text="每一页最下面都有，也印在纸上。",
    )
    hotlines = StreamField(HotlinesBlock(), verbose_name="其他常用电话", blank=True)
    slogan = models.CharField(
        "口号", max_length=30, default="智能时代 银发畅行", help_text="在每一页最下面。"
    )
    campaign = models.CharField("活动名称", max_length=40, default="长者数字生活“随申学”")
    icp_filing = models.CharField("ICP 备案号", max_length=40, blank=True)
    police_filing = models.CharField("公安备案号", max_length=40, blank=True)

    panels = [
        MultiFieldPanel(
            [FieldPanel("hotline_name"), FieldPanel("hotline"), FieldPanel("hotlines")], heading="电话"
        ),
        MultiFieldPanel([FieldPanel("slogan"), FieldPanel("campaign")], heading="口号和名称"),
        MultiFieldPanel([FieldPanel("icp_filing"), FieldPanel("police_filing")], heading="备案"),
    ]

    class Meta:
        verbose_name = "全站设置"
