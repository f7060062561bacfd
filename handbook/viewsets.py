"""The list of chapters in the staff area."""

from django.forms import RadioSelect
from django.urls import reverse
from django.utils.functional import cached_property
from django_filters.filters import ModelChoiceFilter
from wagtail.admin.widgets.button import HeaderButton
from wagtail.query import PageQuerySet

from cms.enums import HandbookKind
from cms.viewsets.content_pages import ContentPagesView, ContentPagesViewSet, columns_of
from cms.viewsets.filters import ContentPageFilterSet
from handbook.models import ChapterPage, HandbookPage

# The books' own titles are too long for a button.
FOR_WHOM: dict[str, str] = {HandbookKind.SENIORS: "长者", HandbookKind.VOLUNTEERS: "志愿者"}


class ChapterFilterSet(ContentPageFilterSet):
    """Also by book."""

    book = ModelChoiceFilter(
        label="哪一本", queryset=HandbookPage.objects.order_by("path"), widget=RadioSelect, method="by_book"
    )

    class Meta(ContentPageFilterSet.Meta):
        model = ChapterPage

    def by_book(self, queryset: PageQuerySet, name: str, value: HandbookPage) -> PageQuerySet:
        return queryset.child_of(value)


class ChaptersView(ContentPagesView):
    """All chapters, and the way to new ones."""

    page_title = "手册"

    @cached_property
    def header_buttons(self):
        books = list(HandbookPage.objects.order_by("path"))
        new = [self._new_chapter(book) for book in books if self._may_add(book)]
        if not any(book.permissions_for_user(self.request.user).can_publish() for book in books):
            return new
        return [*new, HeaderButton("版次", url=reverse("editions:index"), icon_name="list-ol")]

    def _may_add(self, book: HandbookPage) -> bool:
        return book.permissions_for_user(self.request.user).can_add_subpage()

    def _new_chapter(self, book: HandbookPage) -> HeaderButton:
        address = reverse("wagtailadmin_pages:add", args=["handbook", "chapterpage", book.pk])
        return HeaderButton(f"新章（给{FOR_WHOM[book.kind]}）", url=address, icon_name="plus")


class ChaptersViewSet(ContentPagesViewSet):
    """手册 in the menu."""

    model = ChapterPage
    name = "chapters"
    icon = "openquote"
    menu_label = "手册"
    menu_order = 30
    columns = columns_of(parent="哪一本")
    filterset_class = ChapterFilterSet
    index_view_class = ChaptersView
    export_filename = "chapters"
