"""Who did what, to which thing, from where: kept apart from the things themselves, and never changed."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone


class AuditEntry(models.Model):
    """One thing that somebody did or was refused. Ids and codes only: no name, no telephone number.

    ``organisation_id`` says in whose branch it happened (0 for none); the ground floor does not know organisations.
    ``detail`` holds codes: a duty, names of fields, how many rows. Sources: security.md Personal data, Sessions;
    the tables of 等级保护 second grade (审计记录防删改，日志不少于六个月; here twelve).
    """

    at = models.DateTimeField("时间", default=timezone.now, db_index=True)
    by: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="谁",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    verb = models.CharField("做了什么", max_length=40, db_index=True)
    subject = models.CharField("对象", max_length=40, blank=True)
    subject_id = models.CharField("编号", max_length=40, blank=True)
    organisation_id = models.BigIntegerField("机构", default=0, db_index=True)
    address = models.CharField("从哪里", max_length=45, blank=True)
    detail = models.CharField("细节", max_length=200, blank=True)

    insert_only = True
    kept_days = 365
    shown_to_readers = False

    class Meta:
        verbose_name = "操作记录"
        verbose_name_plural = "操作记录"
        default_permissions = ()
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["subject", "subject_id"], name="audit_by_subject")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb} {self.subject} {self.subject_id}"
