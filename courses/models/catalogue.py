from django.db import models
from django.forms import CheckboxSelectMultiple
from django.utils import timezone
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from taggit.models import TaggedItemBase
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import PageManager
from wagtail.query import PageQuerySet
from wagtail.search import index

from cms.blocks import QuestionsBlock, StepsBlock
from cms.enums import Scenario
from cms.models import BasePage, CheckedContent, CodedPage, FixedPage, NotedPage, ScenarioPage, neighbours
from cms.models.codes import CodePanel
from cms.models.editor_tabs import three_tabs
from cms.models.listing import listed_part
from cms.models.previews import PhonePreviews
from cms.models.shared_step import step_refusals
from courses.rules import archived_refusals, lesson_refusals


class CourseIndexPage(FixedPage):
    """All modules, at `/courses/`."""

    max_count = 1
    designers_write_below = True
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["courses.ModulePage"]

    class Meta:
        verbose_name = "课程目录"
        verbose_name_plural = "课程目录"

    def fixed_slug(self) -> str:
        return "courses"

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        modules = ModulePage.objects.child_of(self).live().order_by("path")
        context["listed"] = listed_part(modules, request)
        return context


class ModulePage(BasePage):
    """课程模块: lessons on one theme, in order."""

    goal = models.CharField("一句话", max_length=60, help_text="学完这几课，能做什么。60 个字以内。")
    main_scenario = models.CharField(
        "主要场景", max_length=20, choices=Scenario.choices, blank=True, help_text="决定图标和颜色。"
    )
    intro = models.TextField(
        "开头的话", max_length=300, blank=True, help_text="两三句话：学什么，要准备什么。可以空着。"
    )

    search_kind = "模块"
    parent_page_types = ["courses.CourseIndexPage"]
    subpage_types = ["courses.LessonPage"]
    package_fields = ("slug", "title", "goal", "main_scenario", "intro")
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("goal"),
        FieldPanel("main_scenario"),
        FieldPanel("intro"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("goal"),
        index.SearchField("intro"),
        index.FilterField("main_scenario"),
    ]

    class Meta:
        verbose_name = "课程模块"
        verbose_name_plural = "课程模块"

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        lessons = LessonPage.objects.child_of(self).live().current().order_by("path")
        context["listed"] = listed_part(lessons, request)
        return context


class LessonTopic(TaggedItemBase):
    """A lesson's topic, such as 微信."""

    content_object = ParentalKey("courses.LessonPage", on_delete=models.CASCADE, related_name="tagged_topics")


class LessonQuerySet(PageQuerySet):
    """What one asks of lessons."""

    def current(self):
        """Lessons in use: those out of use keep their address, but nobody is sent there."""
        return self.filter(archived_on=None)

    def archived(self):
        """Lessons out of use."""
        return self.exclude(archived_on=None)

    def of_scenario(self, scenario: Scenario):
        """Lessons on a scenario, then those that touch it as well, each in the order of the tree."""
        also = LessonPage.also_scenarios.through.objects.filter(scenariopage__scenario=scenario)
        is_main = models.Q(main_scenario=scenario)
        chosen = self.filter(is_main | models.Q(pk__in=also.values("lessonpage")))
        return chosen.order_by(models.Case(models.When(is_main, then=0), default=1), "path")


class LessonPage(PhonePreviews, CodedPage, CheckedContent, NotedPage, BasePage):
    """课时: one lesson, written once, read on the web, practised, printed and projected."""

    goal = models.CharField("目标", max_length=60, help_text="学好了，您会做什么。一句话，60 个字以内。")
    minutes = models.PositiveSmallIntegerField(
        "大约几分钟", default=15, help_text="慢慢学，一步不落，要几分钟。超过 20 分钟，最好拆成两课。"
    )
    main_scenario = models.CharField(
        "主要场景",
        max_length=20,
        choices=Scenario.choices,
        blank=True,
        help_text="老人是为了办什么事来学的，只选一个。编号也由它来，比如扫码的课是 SCAN-2。",
    )
    also_scenarios = ParentalManyToManyField(
        ScenarioPage,
        verbose_name="也涉及的场景",
        blank=True,
        related_name="+",
        help_text="从这些场景也找得到这一课。没有就不选。",
    )
    touches_money_or_privacy = models.BooleanField(
        "涉及钱或个人信息", default=False, help_text="要付钱、要填号码或密码的，打上勾：没有提醒就不能发布。"
    )
    steps = StreamField(StepsBlock(), verbose_name="步骤", blank=True)
    usual_mistake = models.TextField(
        "常见错误", max_length=200, blank=True, help_text="最容易点错哪里，点错了怎么回来。"
    )
    safety_note = models.TextField(
        "防骗提示",
        max_length=200,
        blank=True,
        help_text="骗子会怎么说，听到了怎么办。比如：要验证码的，都不给。",
    )
    offline_way = models.TextField(
        "不用手机，也能办",
        max_length=200,
        blank=True,
        help_text="去哪里、带什么、打哪个电话。比如：带上医保卡，到一楼挂号窗口。",
    )
    questions = StreamField(QuestionsBlock(), verbose_name="自己考考自己", blank=True)
    teaching_notes = models.TextField(
        "教学提示", max_length=2000, blank=True, help_text="只给老师看，读者看不到。"
    )
    topics = ClusterTaggableManager(through=LessonTopic, blank=True, verbose_name="主题词")
    archived_on = models.DateField(
        "停用日期", null=True, blank=True, help_text="过时的课填上。网址还在，读者看得到说明，但不再推荐。"
    )
    archived_because = models.CharField(
        "为什么停用",
        max_length=120,
        blank=True,
        help_text="一句话，读者看得到。比如：健康码已经停用，不用再亮码了。",
    )

    objects = PageManager.from_queryset(LessonQuerySet)()

    search_kind = "课"
    parent_page_types = ["courses.ModulePage"]
    subpage_types: list[str] = []
    package_fields = (
        "code",
        "slug",
        "title",
        "goal",
        "minutes",
        "main_scenario",
        "also_scenarios",
        "touches_money_or_privacy",
        "steps",
        "usual_mistake",
        "safety_note",
        "offline_way",
        "questions",
        "teaching_notes",
        "topics",
        "archived_on",
        "archived_because",
        *CheckedContent.checked_fields,
    )
    edit_handler = three_tabs(
        content=[
            *BasePage.content_panels,
            FieldPanel("goal"),
            FieldPanel("steps"),
            MultiFieldPanel(
                [
                    FieldPanel("usual_mistake"),
                    FieldPanel("touches_money_or_privacy"),
                    FieldPanel("safety_note"),
                    FieldPanel("offline_way"),
                ],
                heading="提醒",
            ),
            FieldPanel("questions"),
            FieldPanel("teaching_notes"),
            FieldPanel("change_note"),
        ],
        filing=[
            CodePanel("code", read_only=True),
            FieldPanel("minutes"),
            FieldPanel("main_scenario"),
            FieldPanel("also_scenarios", widget=CheckboxSelectMultiple),
            FieldPanel("topics"),
            CheckedContent.checked_panel,
        ],
        settings=(
            MultiFieldPanel([FieldPanel("archived_on"), FieldPanel("archived_because")], heading="停用"),
        ),
    )
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("code", boost=3),
        index.AutocompleteField("code"),
        index.SearchField("goal"),
        index.SearchField("steps"),
        index.SearchField("usual_mistake"),
        index.SearchField("safety_note"),
        index.SearchField("offline_way"),
        index.SearchField("questions"),
        index.RelatedFields("topics", [index.SearchField("name")]),
        index.FilterField("main_scenario"),
        index.FilterField("review_by"),
    ]

    class Meta:
        verbose_name = "课时"
        verbose_name_plural = "课时"

    def get_context(self, request, *args, **kwargs):
        return super().get_context(request, *args, **kwargs) | neighbours(self)

    def code_prefix(self) -> str:
        return Scenario(self.main_scenario).prefix if self.main_scenario else ""

    def publish_refusals(self) -> dict[str, str]:
        refusals = lesson_refusals(
            main_scenario=self.main_scenario,
            step_count=len(self.steps),
            touches_money_or_privacy=self.touches_money_or_privacy,
            cautions=set(self._caution_kinds()),
            safety_note=self.safety_note,
            has_blanks="〔" in str(list(self.steps.raw_data)),
        )
        refusals |= archived_refusals(
            archived_on=self.archived_on,
            archived_because=self.archived_because,
            today=timezone.localdate(),
        )
        return refusals | step_refusals("steps", self.steps)

    def _caution_kinds(self):
        for block in self.steps:
            step = block.value.step if block.block_type == "shared_step" and block.value else block.value
            if step and step["caution"]["kind"]:
                yield step["caution"]["kind"]
