"""What screens about one learner have in common."""

from django.urls import reverse
from django.utils.functional import cached_property

from courses.desk.base import DeskMixin
from courses.models import Learner


class OneLearner(DeskMixin):
    """Finds the learner of the address among those one sees; on those merged or erased nothing is done."""

    def get_rows(self):
        """Return what the learner is looked for among."""
        return Learner.objects.canonical().select_related("area__parent")

    @cached_property
    def learner(self) -> Learner:
        """The learner; Http404 when there is none in sight."""
        return self.visible(self.get_rows(), self.kwargs["pk"])

    def get_above(self):
        one = self.learner
        return [("学员", reverse("desk:learners")), (one.name, reverse("desk:learner", args=[one.pk]))]
