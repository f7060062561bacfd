"""自学: how far somebody is in a recorded session. What it comes to in the end is a line of the roll, not this."""

from typing import Any

from django.db import models

from courses.models.class_session import ClassSession
from courses.models.learner import Learner


class StudyProgress(models.Model):
    """What a learner has done of a recorded session, so that they go on where they stopped, on any phone.

    ``done`` are keys of steps and questions (`courses.services.study.path`), each once. ``completed_at`` is when there
    was enough of them: from then on nothing more is put down. Erased together with the learner.
    """

    session: Any = models.ForeignKey(
        ClassSession, verbose_name="课次", on_delete=models.PROTECT, related_name="studies"
    )
    learner: Any = models.ForeignKey(
        Learner, verbose_name="学员", on_delete=models.PROTECT, related_name="studies"
    )
    done = models.JSONField("看过、做过的", default=list)
    completed_at = models.DateTimeField("什么时候学完的", null=True, blank=True)

    shown_to_readers = False

    class Meta:
        verbose_name = "录播课的进度"
        verbose_name_plural = "录播课的进度"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["session", "learner"], name="one_progress_for_a_session_and_a_learner"
            )
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.learner_id} {len(self.done)}"
