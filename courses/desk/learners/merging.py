"""Merging two rows of one person: choosing the other one, looking at both, and taking it back."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property

from courses.desk.base import DeskAction
from courses.desk.editing import DeskFormView
from courses.desk.learners.learners import learner_url
from courses.desk.learners.one import OneLearner
from courses.desk.learners.show import facts_of
from courses.enums import Right
from courses.errors import Refused
from courses.forms.learners import FindLearnerForm, MergeForm
from courses.models import Learner
from courses.services.learners import merge, suggest, unmerge
from courses.services.learners.finding import alike


class FindTwin(OneLearner, DeskFormView):
    """合并：选另一条. The likely ones stand there at once; others are looked for. Nothing is changed here."""

    page_title = "合并：选另一条"
    right = Right.CHANGE_LEARNERS
    template_name = "courses/desk/learners/find_twin.html"
    form_class = FindLearnerForm
    submit_label = "找"

    def form_valid(self, form):
        found = suggest(form.cleaned_data["words"], user=self.by)
        return self.render_to_response(self.get_context_data(form=form, found=found, has_looked=True))

    def get_context_data(self, **kwargs):
        found = kwargs.pop("found", None)
        listed = alike(self.learner, user=self.by) if found is None else found
        lines = [
            (each, reverse("desk:merge_learners", args=[self.learner.pk, each.pk]))
            for each in listed
            if each.pk != self.learner.pk
        ]
        return super().get_context_data(**kwargs) | {"learner": self.learner, "lines": lines}


class MergeLearners(OneLearner, DeskFormView):
    """合并：看一看. Both side by side, and which one stays."""

    page_title = "合并：看一看是不是同一个人"
    right = right_to_change = Right.CHANGE_LEARNERS
    template_name = "courses/desk/learners/merge.html"
    form_class = MergeForm
    submit_label = "是同一个人，合并"
    done = "合并好了。两边的上课记录都算在这一位名下。"

    @cached_property
    def other(self) -> Learner:
        """The other one; Http404 when there is none in sight, or it is the same."""
        return self.visible(self.get_rows().exclude(pk=self.learner.pk), self.kwargs["other_pk"])

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"learners": [self.learner, self.other]}

    def get_initial(self):
        return {"keep": self.learner.pk}

    def save(self, form):
        pair = [self.learner, self.other]
        keep, drop = pair if form.cleaned_data["keep"] == self.learner.pk else reversed(pair)
        return learner_url(merge(keep=keep, drop=drop, by=self.by))

    def get_context_data(self, **kwargs):
        left, right = facts_of(self.learner), facts_of(self.other)
        rows = [
            (one.label, one.words, other.words, one.words != other.words)
            for one, other in zip(left, right, strict=True)
        ]
        return super().get_context_data(**kwargs) | {"rows": rows}


class UnmergeLearner(OneLearner, DeskAction):
    """分开: a merged row becomes a learner of its own again."""

    right = Right.CHANGE_LEARNERS

    def get_rows(self):
        return Learner.objects.exclude(merged_into=None)

    def post(self, request, *args, **kwargs):
        kept = self.learner.merged_into_id
        try:
            unmerge(learner=self.learner, by=self.by)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect("desk:learner", pk=kept)
        messages.success(request, "分开了。请把两位的资料都看一遍。")
        return redirect(learner_url(self.learner))
