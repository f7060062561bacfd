from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from cms.enums import HandbookKind
from cms.models import FixedPage
from handbook.models.chapter import ChapterPage


class HandbookPage(FixedPage):
    """A book: the seniors' handbook or the volunteers' service handbook. Its address is fixed."""

    kind = models.CharField(
        "哪一本", max_length=20, choices=HandbookKind.choices, unique=True, editable=False
    )
    goal = models.CharField("一句话", max_length=60, blank=True, help_text="这本书给谁看，讲什么。")

    max_count = 2
    designers_write_below = True
    search_kind = "手册"
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["handbook.ChapterPage"]
    package_fields = ("kind", "slug", "title", "goal")
    content_panels = [*FixedPage.content_panels, FieldPanel("goal")]
    search_fields = [*FixedPage.search_fields, index.SearchField("goal")]

    class Meta:
        verbose_name = "手册"
        verbose_name_plural = "手册"

    def fixed_slug(self) -> str:
        return HandbookKind(self.kind).slug

    @property
    def short_title(self) -> str:
        """What the book is called where there is little room."""
        return HandbookKind(self.kind).short_label

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["chapters"] = ChapterPage.objects.of(self).live()
        context["edition"] = self.editions.order_by("-number").first()
        return context
