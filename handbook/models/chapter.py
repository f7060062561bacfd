from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Subquery
from django.db.models.functions import JSONObject
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import PageManager
from wagtail.query import PageQuerySet
from wagtail.search import index

from cms.blocks import QuestionsBlock
from cms.blocks.chapter import ChapterBodyBlock
from cms.enums import HandbookKind, Scenario
from cms.models import BasePage, CheckedContent, CodedPage, NotedPage, neighbours, siblings
from cms.models.codes import CodePanel
from cms.models.editor_tabs import three_tabs
from cms.models.previews import PhonePreviews
from cms.models.shared_step import step_refusals
from handbook.rules import reserved_chapter_refusal


class ChapterQuerySet(PageQuerySet):
    """What one asks of chapters."""

    def of(self, book):
        """The book's chapters in reading order."""
        return self.child_of(book).order_by("path")


class ChapterPage(PhonePreviews, CodedPage, CheckedContent, NotedPage, BasePage):
    """A chapter of a book, made of the same steps as the lessons."""

    number = models.PositiveSmallIntegerField(
        "第几章", help_text="印在书上的章号。不会打乱先后，先后看页面树。"
    )
    goal = models.CharField("一句话", max_length=60, help_text="这一章讲什么。60 个字以内。")
    main_scenario = models.CharField(
        "场景",
        max_length=20,
        choices=Scenario.choices,
        blank=True,
        help_text="决定图标、颜色和书边上的色块。哪个场景都不是，就空着。",
    )
    body = StreamField(ChapterBodyBlock(), verbose_name="正文", blank=True)
    offline_way = models.TextField(
        "不用手机，也能办",
        max_length=200,
        blank=True,
        help_text="去哪里、带什么、打哪个电话。比如：带上医保卡，到一楼挂号窗口。",
    )
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
    edit_handler = three_tabs(
        content=[
            *BasePage.content_panels,
            FieldPanel("number"),
            FieldPanel("goal"),
            FieldPanel("body"),
            FieldPanel("offline_way"),
            FieldPanel("questions"),
            FieldPanel("change_note"),
        ],
        filing=[
            CodePanel("code", read_only=True),
            FieldPanel("main_scenario"),
            CheckedContent.checked_panel,
        ],
    )
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
        pages = list(self._siblings_with_edition())
        context = super().get_context(request, *args, **kwargs) | neighbours(self, pages)
        parent = context["parent"]
        names = {kind.slug: kind.short_label for kind in HandbookKind}
        return context | {
            "book_name": names.get(parent.slug, "手册"),
            "book_url": parent.url,
            # All siblings say the same of their book.
            "edition": pages[0].edition if pages else None,
        }

    def _siblings_with_edition(self):
        """Return the chapters beside this one; each brings the book's newest edition, to spare the reader a query."""
        editions = apps.get_model("handbook", "Edition").objects.order_by("-number")
        book = editions.filter(handbook__path=self.path[: -self.steplen])
        newest = book.values(it=JSONObject(number="number", published_on="published_on"))
        return siblings(self).annotate(edition=Subquery(newest[:1]))

    @property
    def book_kind(self) -> HandbookKind | None:
        """Which book the chapter belongs to; None before it has a place in the tree."""
        parent = self.get_parent() if self.path else None
        kind = getattr(parent.specific, "kind", "") if parent else ""
        return HandbookKind(kind) if kind else None

    def clean(self):
        """Check the chapter. Raises ValidationError for an address that the book needs itself."""
        super().clean()
        if refusal := reserved_chapter_refusal(self.slug):
            raise ValidationError({"slug": refusal})

    def code_prefix(self) -> str:
        return self.book_kind.code_prefix if self.book_kind else ""

    def publish_refusals(self) -> dict[str, str]:
        if not len(self.body):
            return {"body": "这一章还没有内容。至少写一段，再发布。"}
        return step_refusals("body", self.body)
