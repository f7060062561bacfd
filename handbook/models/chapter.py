from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import PageManager
from wagtail.query import PageQuerySet
from wagtail.search import index

from cms.blocks import QuestionsBlock
from cms.blocks.chapter import ChapterBodyBlock
from cms.enums import HandbookKind, Scenario
from cms.models import BasePage, CheckedContent, CodedPage, NotedPage, neighbours
from cms.models.codes import CodePanel
from cms.models.shared_step import unpublished_shared_steps


class ChapterQuerySet(PageQuerySet):
    """What one asks of chapters."""

    def of(self, book):
        """The book's chapters in reading order."""
        return self.child_of(book).order_by("path")


class ChapterPage(CodedPage, CheckedContent, NotedPage, BasePage):
    """A chapter of a book, made of the same steps as the lessons."""

    number = models.PositiveSmallIntegerField("第几章")
    goal = models.CharField("一句话", max_length=60, help_text="这一章讲什么。60 个字以内。")
    main_scenario = models.CharField("场景", max_length=20, choices=Scenario.choices, blank=True)
    body = StreamField(ChapterBodyBlock(), verbose_name="正文", blank=True)
    offline_way = models.TextField("不用手机，也能办", max_length=200, blank=True)
    questions = StreamField(QuestionsBlock(), verbose_name="自测三问", blank=True)

    objects = PageManager.from_queryset(ChapterQuerySet)()

    search_kind = "章"
    parent_page_types = ["handbook.HandbookPage"]
    subpage_types: list[str] = []
    package_fields = (
        "code",
        "slug",
        "number",
        "title",
        "goal",
        "main_scenario",
        "body",
        "offline_way",
        "questions",
        *CheckedContent.checked_fields,
    )
    content_panels = [
        *BasePage.content_panels,
        CodePanel("code", read_only=True),
        FieldPanel("number"),
        FieldPanel("goal"),
        FieldPanel("main_scenario"),
        FieldPanel("body"),
        FieldPanel("offline_way"),
        FieldPanel("questions"),
        CheckedContent.checked_panel,
        FieldPanel("change_note"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("code", boost=3),
        index.AutocompleteField("code"),
        index.SearchField("goal"),
        index.SearchField("body"),
        index.SearchField("offline_way"),
        index.SearchField("questions"),
        index.FilterField("main_scenario"),
        index.FilterField("review_by"),
    ]

    class Meta:
        verbose_name = "章"
        verbose_name_plural = "章"

    def get_context(self, request, *args, **kwargs):
        return super().get_context(request, *args, **kwargs) | neighbours(self)

    @property
    def book_kind(self) -> HandbookKind | None:
        """Which book the chapter belongs to; None before it has a place in the tree."""
        parent = self.get_parent() if self.path else None
        kind = getattr(parent.specific, "kind", "") if parent else ""
        return HandbookKind(kind) if kind else None

    def code_prefix(self) -> str:
        return self.book_kind.code_prefix if self.book_kind else ""

    def publish_refusals(self) -> dict[str, str]:
        if not len(self.body):
            return {"body": "这一章还没有内容。至少写一段，再发布。"}
        return unpublished_shared_steps("body", self.body)
