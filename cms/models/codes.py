"""Stable codes: printed on paper, so never changed and never given out twice."""

from django.db import IntegrityError, models, transaction
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page


class StableCodeManager(models.Manager["StableCode"]):
    """Gives out codes and remembers every one that was ever given out."""

    def next_for(self, prefix: str) -> str:
        """Return the first number after the highest ever given out with ``prefix``, as in ``SCAN-7``."""
        given = self.filter(code__startswith=f"{prefix}-").values_list("code", flat=True)
        numbers = [int(tail) for tail in (code.rpartition("-")[2] for code in given) if tail.isdigit()]
        return f"{prefix}-{max(numbers, default=0) + 1}"

    def take_next(self, prefix: str) -> str:
        """Return the next code and put it down as given out, before any page carries it.

        Two people who save at the same moment both get one: the row is unique, and the second tries again.
        """
        while True:
            code = self.next_for(prefix)
            try:
                with transaction.atomic():
                    return self.create(code=code).code
            except IntegrityError:
                continue

    def claim(self, code: str, page: Page) -> None:
        """Record that ``code`` belongs to ``page`` for good.

        Raises IntegrityError when it was given to another page before, also one deleted since.
        """
        with transaction.atomic():
            entry, _ = self.get_or_create(code=code, defaults={"page_id": page.pk})
        if entry.page_id != page.pk:
            raise IntegrityError(f"编号 {code} 已经用过了。")


class StableCode(models.Model):
    """One code and the page it leads to; the page is empty once it was deleted."""

    code = models.CharField("编号", max_length=20, primary_key=True)
    page = models.ForeignKey(
        Page, verbose_name="页面", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = StableCodeManager()

    shown_to_readers = False

    class Meta:
        verbose_name = "固定编号"
        verbose_name_plural = "固定编号"

    def __str__(self) -> str:
        return self.code


class CodePanel(FieldPanel):
    """Shows the code to editors, who cannot change it."""

    def format_value_for_display(self, value):
        return value or "还没有编号"


class CodedPage(models.Model):
    """Mixin for pages that paper refers to by a short address, ``/l/<code>/``."""

    code = models.CharField(
        "编号",
        max_length=20,
        unique=True,
        null=True,
        blank=True,
        help_text="印在纸上的编号。选好主要场景，第一次保存时自动给出，以后不变。",
    )

    exclude_fields_in_copy = ["code"]

    class Meta:
        abstract = True

    def code_prefix(self) -> str:
        """Return the letters the page's code starts with, or "" while it cannot be known."""
        raise NotImplementedError

    def save(self, *args, **kwargs):
        """Give the page its code the first time it is known what it starts with.

        A save of named fields only would give out a code and not keep it.
        """
        named = kwargs.get("update_fields")
        if named is not None and "code" not in named:
            return super().save(*args, **kwargs)
        with transaction.atomic():
            prefix = "" if self.code else self.code_prefix()
            if prefix:
                self.code = StableCode.objects.take_next(prefix)
            super().save(*args, **kwargs)
            if prefix:
                StableCode.objects.filter(code=self.code).update(page=self.pk)
            elif self.code:
                StableCode.objects.claim(self.code, self)
        return None

    def with_content_json(self, content):
        """Return the page as a draft says, but with the code it has: a draft may be older than its code."""
        page = super().with_content_json(content)
        page.code = self.code
        return page
