"""The list of lessons in the staff area."""

from django.db.models import QuerySet
from django.forms import RadioSelect
from django.urls import reverse
from django.utils.functional import cached_property
from django_filters.filters import ChoiceFilter, ModelChoiceFilter
from taggit.models import Tag
from wagtail.admin.widgets.button import HeaderButton
from wagtail.query import PageQuerySet

from cms.viewsets.content_pages import ContentPagesView, ContentPagesViewSet, columns_of
from cms.viewsets.filters import ContentPageFilterSet
from courses.models import CourseIndexPage, LessonPage, LessonTopic, ModulePage

CURRENT, ARCHIVED = "current", "archived"


def topics(request) -> QuerySet:
    """Return the topics that lessons have."""
    return Tag.objects.filter(pk__in=LessonTopic.objects.values("tag")).order_by("name")


class LessonFilterSet(ContentPageFilterSet):
    """Also by module, topic, and whether a lesson is still recommended."""

    module = ModelChoiceFilter(
        label="模块", queryset=ModulePage.objects.order_by("path"), widget=RadioSelect, method="by_module"
    )
    topic = ModelChoiceFilter(label="主题词", queryset=topics, method="by_topic")
    archived = ChoiceFilter(
        label="停用",
        choices=[(CURRENT, "在用"), (ARCHIVED, "停用了")],
        widget=RadioSelect,
        method="by_archived",
    )

    class Meta(ContentPageFilterSet.Meta):
        model = LessonPage

    def by_scenario(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Also lessons that only touch the scenario."""
        return queryset.filter(pk__in=LessonPage.objects.of_scenario(value).order_by().values("pk"))

    def by_module(self, queryset: PageQuerySet, name: str, value: ModulePage) -> PageQuerySet:
        return queryset.child_of(value)

    def by_topic(self, queryset: QuerySet, name: str, value: Tag) -> QuerySet:
        return queryset.filter(pk__in=LessonTopic.objects.filter(tag=value).values("content_object"))

    def by_archived(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(archived_on__isnull=value == CURRENT)


class LessonsView(ContentPagesView):
    """All lessons, and the way to new ones and to the modules."""

    page_title = "课程"

    @cached_property
    def header_buttons(self):
        index = CourseIndexPage.objects.get()
        if not index.permissions_for_user(self.request.user).can_add_subpage():
            return []
        new_module = reverse("wagtailadmin_pages:add", args=["courses", "modulepage", index.pk])
        return [
            HeaderButton("新课", url=reverse("new_lesson"), icon_name="plus", priority=10),
            HeaderButton("新模块", url=new_module, icon_name="folder-open-1", priority=20),
            HeaderButton(
                "管理模块",
                url=reverse("wagtailadmin_explore", args=[index.pk]),
                icon_name="list-ul",
                priority=30,
            ),
        ]


class LessonsViewSet(ContentPagesViewSet):
    """课程 in the menu."""

    model = LessonPage
    name = "lessons"
    icon = "doc-full"
    menu_label = "课程"
    menu_order = 20
    columns = columns_of(parent="模块")
    filterset_class = LessonFilterSet
    index_view_class = LessonsView
    export_filename = "lessons"
