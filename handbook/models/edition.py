"""Editions of a book: what stood in it on the day it was given out, frozen."""

from typing import Any

from django.conf import settings
from django.db import models

from handbook.errors import EditionIsFrozen
from handbook.models.chapter import ChapterPage
from handbook.models.handbook import HandbookPage


class Frozen(models.Model):
    """Mixin for what is written once. Raises EditionIsFrozen when it is saved a second time."""

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        if self.pk and not self._state.adding:
            raise EditionIsFrozen(str(self))
        super().save(*args, **kwargs)


class EditionQuerySet(models.QuerySet):
    """What one asks of editions."""

    def of(self, book):
        """The book's editions, the newest first."""
        return self.filter(handbook=book).order_by("-number")

    def latest_of(self, book):
        """The book's newest edition; None before there is one."""
        return self.of(book).first()


class Edition(Frozen):
    """One edition of one book: its number, its day, and a sentence on what is new. Never changed afterwards."""

    handbook: Any = models.ForeignKey(
        HandbookPage, verbose_name="哪一本", on_delete=models.PROTECT, related_name="editions"
    )
    number = models.PositiveSmallIntegerField("第几版")
    published_on = models.DateField("日期")
    note = models.CharField("这一版改了什么", max_length=300, blank=True)
    published_by: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="谁发布的",
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = "版次"
        verbose_name_plural = "版次"
        ordering = ["handbook", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["handbook", "number"], name="one_edition_of_each_number")
        ]

    def __str__(self) -> str:
        return f"{self.handbook.title} 第 {self.number} 版"


class EditionChapterQuerySet(models.QuerySet):
    """What one asks of an edition's chapters."""

    def in_order(self):
        """As the book was read on that day: they were written down in that order."""
        return self.order_by("pk")

    def without_content(self):
        """For lists: the chapters themselves are long."""
        return self.defer("content")

    def with_content_of(self, slug: str):
        """All chapters for a list, and the content of the one at ``slug`` as ``its_content``: one query."""
        its = models.Case(models.When(slug=slug, then="content"), output_field=models.JSONField())
        return self.without_content().annotate(its_content=its)


class EditionChapter(Frozen):
    """A chapter as it stood in an edition. ``content`` is the whole chapter with its shared steps written out."""

    edition: Any = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="chapters")
    chapter: Any = models.ForeignKey(
        ChapterPage, verbose_name="章", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    code = models.CharField("编号", max_length=20)
    slug = models.SlugField("网址", max_length=255)
    number = models.PositiveSmallIntegerField("第几章")
    title = models.CharField("标题", max_length=255)
    change_note = models.CharField("改了什么", max_length=120, blank=True)
    content = models.JSONField("内容")

    objects = EditionChapterQuerySet.as_manager()

    class Meta:
        verbose_name = "版次里的章"
        verbose_name_plural = "版次里的章"
        ordering = ["number", "pk"]

    def __str__(self) -> str:
        return f"第 {self.number} 章 {self.title}"


class Acknowledgement(models.Model):
    """我读过了: a volunteer's receipt for an edition."""

    edition: Any = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="acknowledgements")
    user: Any = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    read_at = models.DateTimeField("什么时候", auto_now_add=True)

    shown_to_readers = False

    class Meta:
        verbose_name = "阅读回执"
        verbose_name_plural = "阅读回执"
        constraints = [models.UniqueConstraint(fields=["edition", "user"], name="one_receipt_each")]

    def __str__(self) -> str:
        return f"{self.user} · {self.edition}"
