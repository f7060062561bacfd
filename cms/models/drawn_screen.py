from django.db import models


class DrawnScreen(models.Model):
    """A phone screen that was drawn once from its text, for one kind of phone.

    Never edited: another text, another phone or another version of the drawing gives another row.
    """

    source_key = models.CharField("来源", max_length=64, primary_key=True)
    digest = models.CharField("指纹", max_length=32, db_index=True)
    svg = models.TextField("图")
    width = models.PositiveSmallIntegerField("宽")
    height = models.PositiveSmallIntegerField("高")
    alt = models.CharField("文字说明", max_length=120)

    class Meta:
        verbose_name = "画出的屏幕"
        verbose_name_plural = "画出的屏幕"

    def __str__(self) -> str:
        return self.alt

    @property
    def url(self) -> str:
        """The picture's address; the same drawing always has the same one."""
        return f"/screens/{self.digest}.svg"
