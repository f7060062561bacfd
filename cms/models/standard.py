from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from cms.blocks import StandardBodyBlock
from cms.models.pages import BasePage
from cms.rules import reserved_address_refusal


class StandardPage(BasePage):
    """A page of plain text: about us, privacy, how to reach us."""

    body = StreamField(StandardBodyBlock(), verbose_name="正文", blank=True)

    search_kind = "说明"
    parent_page_types = ["cms.HomePage", "cms.StandardPage"]
    subpage_types = ["cms.StandardPage"]
    content_panels = [*BasePage.content_panels, FieldPanel("body")]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = "普通页面"
        verbose_name_plural = "普通页面"

    def can_move_to(self, parent):
        taken = reserved_address_refusal(self.slug, depth=parent.depth + 1)
        return not taken and super().can_move_to(parent)
