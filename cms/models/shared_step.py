from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import DraftStateMixin, PreviewableMixin, RevisionMixin, WorkflowMixin
from wagtail.search import index

from cms.blocks.media import refuse_wrong_lines
from cms.blocks.steps import SharedStepBodyBlock
from cms.models.checks_panel import ChecksPanel
from cms.models.previews import PhonePreviews


class SharedStep(
    PhonePreviews,
    WorkflowMixin,
    PreviewableMixin,
    DraftStateMixin,
    RevisionMixin,
    index.Indexed,
    models.Model,
):
    """A step chosen into many lessons and chapters; publishing it changes all of them at once.

    While a page shows it, also in a draft, it can be neither deleted nor taken off line (cms.services.shared_steps).
    """

    key = models.SlugField(
        "代号",
        max_length=60,
        unique=True,
        validators=[RegexValidator(r"^[a-z0-9-]+$", "代号只用小写字母、数字和短横。")],
        help_text="小写字母和短横，比如 open-wechat。内容包靠它认出这一步，定了就不要改。",
    )
    title = models.CharField("名称", max_length=40, help_text="在单子里认出它，比如：打开微信。")
    body = StreamField(SharedStepBodyBlock(), verbose_name="这一步")

    panels = [
        FieldPanel("title"),
        ChecksPanel(heading="内容检查"),
        FieldPanel("key"),
        FieldPanel("body"),
    ]
    search_fields = [
        index.SearchField("title", boost=2),
        index.AutocompleteField("title"),
        index.SearchField("key"),
        index.SearchField("body"),
    ]

    class Meta:
        verbose_name = "共用步骤"
        verbose_name_plural = "共用步骤"
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title

    def clean(self):
        super().clean()
        kept = (
            type(self).objects.filter(pk=self.pk).values_list("key", flat=True).first() if self.pk else None
        )
        if kept and kept != self.key:
            raise ValidationError({"key": f"代号定了就不能改，请写回 {kept}。内容包靠它认出这一步。"})

    def with_content_json(self, content):
        """Return the step as a draft says, but with the key it has."""
        step = super().with_content_json(content)
        step.key = self.key
        return step

    @property
    def step(self):
        """The one step, as a StepBlock value; None in a draft that has none yet."""
        return self.body[0].value if self.body else None

    def searchable_words(self) -> list[str]:
        """Return the words of the step, for the index of every page that shows it."""
        return self.body.stream_block.get_searchable_content(self.body)

    def get_preview_template(self, request, mode_name):
        return "cms/shared_step_preview.html"

    def save(self, *args, **kwargs):
        """Save. Raises ValidationError for a step on line whose screens cannot be drawn."""
        refusals = undrawable_screens("body", self.body) if self.live else {}
        if refusals and kwargs.get("update_fields") is None:
            raise ValidationError(refusals)
        super().save(*args, **kwargs)


def step_refusals(field: str, stream) -> dict[str, str]:
    """Return, under ``field``, why the steps of a page cannot go on line; empty when they can."""
    return undrawable_screens(field, stream) or unpublished_shared_steps(field, stream)


def undrawable_screens(field: str, stream) -> dict[str, str]:
    """Return, under ``field``, which step has a screen that cannot be drawn; empty when all can.

    The editor's form says so at the line. But a draft may hold anything, and a draft that waits for review goes
    on line without a form.
    """
    steps = [block for block in stream if block.block_type in {"step", "shared_step"}]
    for number, block in enumerate(steps, start=1):
        if block.block_type == "step" and (problem := _wrong_line(block.value)):
            return {field: f"第 {number} 步的屏幕画不出来。{problem}"}
    return {}


def _wrong_line(step) -> str:
    for part in (step, *step["variants"]):
        try:
            refuse_wrong_lines(part["picture"]["screen"])
        except ValidationError as refusal:
            return refusal.messages[0]
    return ""


def unpublished_shared_steps(field: str, stream) -> dict[str, str]:
    """Return, under ``field``, why a page with this stream cannot go on line; empty when it can.

    A page must not show a shared step that nobody approved, nor have a gap where one was.
    """
    shared = [block.value for block in stream if block.block_type == "shared_step"]
    if None in shared:
        return {field: "有一个共用步骤找不到了。把它去掉，或重新选一个，再发布。"}
    waiting = [step.title for step in shared if not step.live]
    if waiting:
        return {field: f"共用步骤“{'”“'.join(waiting)}”还没有发布。先发布它，再发布这一页。"}
    return {}
