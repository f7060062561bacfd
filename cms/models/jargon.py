from django.db import models


class JargonWord(models.Model):
    """黑话: a word of the trade that readers do not know, and what to say instead."""

    word = models.CharField("黑话", max_length=20, unique=True, help_text="读者听不懂的词，比如：界面。")
    instead = models.CharField("可以说", max_length=40, blank=True, help_text="换成什么，比如：屏幕。")

    shown_to_readers = False

    class Meta:
        verbose_name = "黑话"
        verbose_name_plural = "黑话"
        ordering = ["word"]

    def __str__(self) -> str:
        return self.word
