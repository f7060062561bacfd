"""签到表照片: what a signed sheet looked like. Rows are only added; a photo that was taken away leaves its row."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from courses.models.class_session import ClassSession
from courses.models.scope import ScopedQuerySet


class RollPhotoQuerySet(ScopedQuerySet):
    """What one asks of photos."""

    owner = "session__run__organiser_id"

    def there(self):
        """Those that can still be looked at."""
        return self.filter(removal=None)


class RollPhoto(models.Model):
    """A photo of the signed sheet of a session. The picture lies outside public media, under ``name``.

    ``digest`` is the SHA-256 of the picture as it is kept: what was changed on the disk is found out.
    """

    session: Any = models.ForeignKey(
        ClassSession, verbose_name="课次", on_delete=models.PROTECT, related_name="roll_photos"
    )
    name = models.CharField(max_length=40, unique=True, editable=False)
    digest = models.CharField(max_length=64, editable=False)
    size = models.PositiveIntegerField("多少字节", editable=False)
    at = models.DateTimeField("什么时候交的", default=timezone.now)
    by: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = RollPhotoQuerySet.as_manager()

    insert_only = True
    shown_to_readers = False

    class Meta:
        verbose_name = "签到表照片"
        verbose_name_plural = "签到表照片"
        default_permissions = ()
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.session_id} {self.at:%Y-%m-%d %H:%M}"


class RollPhotoRemoval(models.Model):
    """That a photo was taken away: by whom and why; ``by`` None: its time was up."""

    photo: Any = models.OneToOneField(RollPhoto, on_delete=models.PROTECT, related_name="removal")
    because = models.CharField("为什么", max_length=100)
    at = models.DateTimeField("什么时候", default=timezone.now)
    by: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    insert_only = True
    shown_to_readers = False

    class Meta:
        verbose_name = "拿掉的签到表照片"
        verbose_name_plural = "拿掉的签到表照片"
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.photo_id} {self.because}"
