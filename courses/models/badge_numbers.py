"""Numbers of teachers and volunteers: printed on badges, so never changed and never given out twice."""

from django.db import IntegrityError, models, transaction

from courses.enums import TeachingRole

# 教师 JS, 志愿者 ZY: what a badge says to whoever reads it aloud.
NUMBER_PREFIX = {TeachingRole.TEACHER: "JS", TeachingRole.VOLUNTEER: "ZY"}


class PersonNumberManager(models.Manager["PersonNumber"]):
    """Gives out the numbers on badges and remembers every one that was ever given out."""

    def take_next(self, role: str) -> str:
        """Return the number after the highest ever given out for this role, as in ``ZY-00001``, and put it down.

        Two people who save at the same moment both get one: the row is unique, and the second tries again.
        """
        while True:
            given = self.filter(role=role).aggregate(highest=models.Max("serial"))
            try:
                with transaction.atomic():
                    return str(self.create(role=role, serial=(given["highest"] or 0) + 1))
            except IntegrityError:
                continue


class PersonNumber(models.Model):
    """A number on a badge. It stays when the person goes: what once stood on a badge is never on another one."""

    role = models.CharField("做什么", max_length=20, choices=TeachingRole.choices)
    serial = models.PositiveIntegerField("第几号")

    objects = PersonNumberManager()

    insert_only = True
    shown_to_readers = False

    class Meta:
        verbose_name = "工牌编号"
        verbose_name_plural = "工牌编号"
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["role", "serial"], name="one_badge_number_once")]

    def __str__(self) -> str:
        return f"{NUMBER_PREFIX[TeachingRole(self.role)]}-{self.serial:05}"
