"""A copy for the person: everything kept about them, on paper or as a file. POST: it is put down each time."""

from django.http import JsonResponse
from django.shortcuts import render

from courses.desk.base import DeskAction
from courses.desk.learners.learners import learner_url
from courses.desk.learners.one import OneLearner
from courses.enums import Right
from courses.services.learners import export_to_person


class CopyOnPaper(OneLearner, DeskAction):
    """A page to print and hand over."""

    right = Right.REVEAL_PHONES

    def post(self, request, *args, **kwargs):
        copy = export_to_person(learner=self.learner, by=self.by)
        context = {"copy": copy, "page_title": "个人信息", "back_url": learner_url(self.learner)}
        return render(request, "courses/desk/learners/copy.html", context)


class CopyAsJson(OneLearner, DeskAction):
    """The same as a file. Its name tells nothing about the person."""

    right = Right.REVEAL_PHONES

    def post(self, request, *args, **kwargs):
        copy = export_to_person(learner=self.learner, by=self.by).as_json()
        response = JsonResponse(copy, json_dumps_params={"ensure_ascii": False, "indent": 2})
        response["Content-Disposition"] = f'attachment; filename="learner-{self.learner.pk}.json"'
        return response
