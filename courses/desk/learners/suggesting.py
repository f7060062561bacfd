"""The type-ahead. By POST: what is typed is a person's name and does not belong in an address."""

from django.http import JsonResponse

from courses.desk.base import DeskAction
from courses.desk.learners.learners import learner_url
from courses.enums import Right
from courses.services.learners import suggest


class SuggestLearners(DeskAction):
    """Answers with at most ten learners one sees, in JSON."""

    right = Right.SEE_LEARNERS

    def post(self, request, *args, **kwargs):
        found = suggest(request.POST.get("words", "")[:100], user=self.by)
        listed = [
            {"id": each.pk, "name": each.name, "about": each.about, "url": learner_url(each)}
            for each in found
        ]
        return JsonResponse({"learners": listed})
