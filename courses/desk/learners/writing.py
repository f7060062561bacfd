"""Registering and correcting. Who may be meant already is shown before anything is saved."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse

from courses.desk.base import DeskAction, an_id
from courses.desk.editing import DeskFormView
from courses.desk.learners.learners import learner_url
from courses.desk.learners.one import OneLearner
from courses.enums import Right
from courses.errors import SamePerson
from courses.forms.learners import CorrectLearnerForm, NewLearnerForm
from courses.models import Organisation
from courses.services.learners import LearnerFacts, correct, know_at, near_matches, register

COPIED = (
    "name",
    "birth_year",
    "says_senior",
    "sex",
    "area",
    "is_identity_confirmed",
    "contact_name",
)


class NewLearner(DeskFormView):
    """登记学员. Those who may be the same person are shown once; saving again means it is another one."""

    page_title = "登记学员"
    right = right_to_change = Right.CHANGE_LEARNERS
    template_name = "courses/desk/learners/new.html"
    form_class = NewLearnerForm
    submit_label = "登记"
    done = ""

    def get_above(self):
        return [("学员", reverse("desk:learners"))]

    def form_valid(self, form):
        typed = form.cleaned_data
        near = near_matches(
            name=typed["name"],
            phone=typed["phone"],
            birth_year=typed["birth_year"],
            user=self.by,
        )
        new = {str(each.pk) for each in near} - set(self.request.POST.get("seen", "").split(","))
        if new:
            return self.render_to_response(self.get_context_data(form=form, near=near))
        return super().form_valid(form)

    def save(self, form):
        registered = register(organisation=form.cleaned_data["organisation"], by=self.by, **form.facts())
        words = "登记好了。" if registered.is_new else "这位已经登记过，没有重复登记。"
        if registered.household:
            words += f"同一个电话下面还有 {len(registered.household)} 位，是一家人。"
        messages.success(self.request, words)
        return learner_url(registered.learner)

    def get_context_data(self, **kwargs):
        near = kwargs.get("near", [])
        context = super().get_context_data(**kwargs) | {
            "near": near,
            "seen": ",".join(str(each.pk) for each in near) or self.request.POST.get("seen", ""),
            "organisation": self.request.POST.get("organisation", ""),
        }
        return context | ({"submit_label": "都不是，登记新的一位"} if near else {})


class KnowLearner(OneLearner, DeskAction):
    """就是他/她: the learner becomes known at the chosen organisation, nobody is added."""

    right = Right.CHANGE_LEARNERS

    def post(self, request, *args, **kwargs):
        organisation = self.visible(Organisation, an_id(request.POST.get("organisation", "")))
        know_at(learner=self.learner, organisation=organisation, by=self.by)
        messages.success(request, f"就是这一位，没有重复登记。现在也登记在{organisation}了。")
        return redirect(learner_url(self.learner))


class CorrectLearner(OneLearner, DeskFormView):
    """改资料. A whole number is never shown: a new one is written, or it stays."""

    right = right_to_change = Right.CHANGE_LEARNERS
    template_name = "courses/desk/learners/edit.html"
    form_class = CorrectLearnerForm
    done = "改好了。"
    page_title = "改资料"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"learner": self.learner}

    def get_initial(self):
        return {name: getattr(self.learner, name) for name in COPIED}

    def save(self, form):
        try:
            correct(learner=self.learner, facts=LearnerFacts(**form.facts()), by=self.by)
        except SamePerson as refusal:
            self.other_id = refusal.other_id
            raise
        return learner_url(self.learner)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        if other_id := getattr(self, "other_id", None):
            context["merge_url"] = reverse("desk:merge_learners", args=[self.learner.pk, other_id])
        return context
