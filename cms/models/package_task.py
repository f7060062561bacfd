"""A content package on its way in or out through the staff area."""

from typing import Any

from django.conf import settings
from django.db import models
from wagtail.models import Page

from cms.enums import PackageDirection, TaskState


class PackageTask(models.Model):
    """One export or import: who asked for it, how far it is, what it changed or why it failed.

    The file lies under VAR_DIR, never in public media; ``file_name`` is its name there and ``digest`` the SHA-256
    of what was looked at. An import is done twice: first only looked at, then, once ``confirmed``, really. The
    report of a finished one is its changes (``ImportReport.plain``), of a failed one the reasons, as words.
    """

    direction = models.CharField("方向", max_length=10, choices=PackageDirection.choices)
    state = models.CharField("到哪了", max_length=10, choices=TaskState.choices, default=TaskState.WAITING)
    title = models.CharField("内容", max_length=200, blank=True)
    page: Any = models.ForeignKey(
        Page, verbose_name="模块或手册", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    file_name = models.CharField("文件", max_length=100, blank=True)
    digest = models.CharField("指纹", max_length=64, blank=True)
    confirmed = models.BooleanField("看过了，要装入", default=False)
    done = models.PositiveIntegerField("做了几个", default=0)
    total = models.PositiveIntegerField("一共几个", default=0)
    report = models.JSONField("结果", default=list, blank=True)
    by: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="谁", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    asked_at = models.DateTimeField("什么时候", auto_now_add=True)
    started_at = models.DateTimeField("开始做", null=True, blank=True)
    ended_at = models.DateTimeField("做完", null=True, blank=True)

    shown_to_readers = False

    class Meta:
        verbose_name = "内容包任务"
        verbose_name_plural = "内容包任务"
        ordering = ["-asked_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_direction_display()} {self.title}"
