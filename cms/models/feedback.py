"""What readers tell the designers about a step, without an account."""

from typing import Any

from django.conf import settings
from django.db import models
from wagtail.models import Page

from cms.enums import FeedbackKind, PhoneKind


class StepFeedbackQuerySet(models.QuerySet):
    """What one asks of feedback."""

    def waiting(self):
        """Feedback nobody has settled yet, the newest first."""
        return self.filter(settled_at=None).order_by("-left_at", "-pk")


class StepFeedback(models.Model):
    """One tap under a step: mine looks different, or I do not understand; with words if the reader wrote some.

    Nothing in it says who the reader is. ``anchor`` is the step's place on the page, ``do`` its sentence on
    that day: the page may have changed since.
    """

    page = models.ForeignKey(Page, verbose_name="页面", on_delete=models.CASCADE, related_name="+")
    anchor = models.CharField("哪一步", max_length=20)
    do = models.CharField("那一步的话", max_length=40, blank=True)
    kind = models.CharField("什么事", max_length=20, choices=FeedbackKind.choices)
    phone = models.CharField("手机", max_length=20, choices=PhoneKind.choices, blank=True)
    words = models.CharField("读者的话", max_length=200, blank=True)
    left_at = models.DateTimeField("什么时候", auto_now_add=True, db_index=True)
    settled_at = models.DateTimeField("处理时间", null=True, blank=True)
    settled_by: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="谁处理的",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects = StepFeedbackQuerySet.as_manager()

    shown_to_readers = False

    class Meta:
        verbose_name = "读者反馈"
        verbose_name_plural = "读者反馈"

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.do or self.anchor}"
