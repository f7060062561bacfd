"""What changed on a page, in words: written by its editors, read by its readers."""

from django.db import models
from wagtail.models import Page


class ChangeNoteQuerySet(models.QuerySet):
    """What one asks of change notes."""

    def of(self, page: Page):
        """The page's notes, the newest first."""
        return self.filter(page_id=page.pk).order_by("-published_at", "-pk")


class ChangeNote(models.Model):
    """A published page's note, kept when it goes on line (cms.services.change_notes)."""

    page = models.ForeignKey(Page, verbose_name="页面", on_delete=models.CASCADE, related_name="+")
    text = models.CharField("改了什么", max_length=120)
    published_at = models.DateTimeField("什么时候")

    objects = ChangeNoteQuerySet.as_manager()

    class Meta:
        verbose_name = "更新记录"
        verbose_name_plural = "更新记录"

    def __str__(self) -> str:
        return self.text


class NotedPage(models.Model):
    """Mixin for pages whose editors say what they changed; readers see it as 更新记录."""

    change_note = models.CharField(
        "这次改了什么",
        max_length=120,
        blank=True,
        help_text="一句话，读者看得到。比如：第 3 步换成新版微信的图。小改动可以不写。",
    )

    class Meta:
        abstract = True
