"""报名 by a clerk, most often on the telephone: what to ask and to read out stands beside each field.

Names and numbers travel by POST only. The form has a token: sent twice, it is one enrolment.
"""

import secrets
from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.functional import cached_property

from cms.models import User
from courses.desk.base import an_id
from courses.desk.editing import DeskFormView
from courses.desk.enrolments.one import IntoRun, NextMeeting, done_url, enrolment_url, notice_words
from courses.desk.listing import Button, DeskList
from courses.desk.seating import moment_words, seats_words, waiting_words
from courses.enums import EnrolledThrough, Right, RunState
from courses.errors import Refused
from courses.forms.enrolments_desk import (
    EnrolLearnerForm,
    EnrolPersonForm,
    ReturningFilters,
    ThroughForm,
)
from courses.models import Enrolment, Learner
from courses.rules.names import name_key
from courses.rules.personal_data import NOTICE_VERSION
from courses.rules.phones import normalised
from courses.rules.refusal import Refusal
from courses.rules.seats import state_for
from courses.services.enrolment.enrolling import Enrolled, Wish, enrol, enrol_person
from courses.services.enrolment.returning import household_to_ask, returning_learners
from courses.services.enrolment.together import enrol_together
from courses.services.learners import near_matches
from courses.services.learners.finding import Suggestion

OPEN_TO_ALL = frozenset({RunState.OPEN, RunState.FULL, RunState.RUNNING})
THERE_ALREADY = "这位已经报过这个班了，没有重复报。"


class Enrolling(IntoRun, DeskFormView):
    """A form that enrols somebody into the class of the address."""

    right = Right.ENROL
    template_name = "courses/desk/enrolments/enrol.html"
    submit_label = "报名"
    done = ""

    @property
    def may_go_over(self) -> bool:
        """True when there is no seat for a newcomer, and the class has a number of its own that may be passed."""
        return self.stands[1].free == 0 and self.run.capacity is not None

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"may_go_over": self.may_go_over}

    def get_initial(self):
        return {"token": secrets.token_urlsafe(24)}

    def get_context_data(self, **kwargs):
        _, seats = self.stands
        return super().get_context_data(**kwargs) | {
            **notice_words(),
            "run": self.run,
            "meets": NextMeeting.of(self.run, now=self.now),
            "stands": f"学员 {seats_words(seats)}。候补 {waiting_words(seats)}。",
            "comes_in": comes_in(self),
            "seats": seats,
            "back_label": "不报了",
        }

    def lead_on(self, done: Sequence[Enrolled]) -> str:
        """Return where one goes when it is done; say so when there was nothing to do."""
        if not any(each.is_new for each in done) and not done[0].enrolment.is_from_form(
            self.request.POST.get("token", "")
        ):
            messages.info(self.request, THERE_ALREADY)
        others = ",".join(str(each.enrolment.pk) for each in done[1:])
        return done_url(done[0].enrolment) + (f"?with={others}" if others else "")


def comes_in(screen: IntoRun) -> str:
    """Return what becomes of somebody who enrols now, as a clerk should know before asking anything."""
    state, seats = screen.stands
    run = screen.run
    if state is RunState.SOON:
        opens = moment_words(run.enrol_from)
        begun = former_come_first(screen)
        first = "现在老学员可以先报（在这里上过课、上完了的）。" if begun else ""
        if run.returning_from and not begun:
            first = f"老学员 {moment_words(run.returning_from)} 起先报。"
        return f"{first}别的人 {opens} 起报名。"
    if state not in OPEN_TO_ALL:
        return f"这个班{state.label}，现在不能报名。"
    if seats.free is None or seats.free > 0:
        return "有座位，报了就有。"
    if seats.waiting_left is None or seats.waiting_left > 0:
        return f"没有空座位，报了排候补第 {seats.waiting + 1} 位。"
    return "满了，也不能排候补。请对方换一个班。"


def former_come_first(screen: IntoRun) -> bool:
    """True once those who were here before may enrol ahead of the others."""
    begins = screen.run.returning_from
    return begins is not None and begins <= screen.now


def takes_in(screen: IntoRun) -> bool:
    """True when somebody who was here before can come in now."""
    state, seats = screen.stands
    if state is RunState.SOON:
        return former_come_first(screen)
    return state in OPEN_TO_ALL and not isinstance(state_for(seats), Refusal)


class EnrolPerson(Enrolling):
    """报名: by what somebody says. Those who may be meant are shown once; saving again means it is another one."""

    form_class = EnrolPersonForm

    def get_page_title(self):
        return f"报名：{self.run.title}"

    def form_valid(self, form):
        near = [each for each in self.near(form) if str(each.pk) not in self.seen]
        if near:
            return self.render_to_response(self.get_context_data(form=form, near=near))
        return super().form_valid(form)

    @property
    def seen(self) -> set[str]:
        """Ids of those who were shown already."""
        return set(self.request.POST.get("seen", "").split(","))

    def near(self, form) -> list[Suggestion]:
        """Return who may be meant, without the very same: whom name and number identify is taken by the service."""
        asked = form.cleaned_data
        found = near_matches(
            name=asked["name"], phone=asked["phone"], birth_year=asked["birth_year"], user=self.by
        )
        number = normalised(asked["phone"])
        same = Learner.objects.with_phone(number).filter(name_key=name_key(asked["name"]))
        known = set(same.values_list("pk", flat=True))
        return [each for each in found if each.pk not in known]

    def save(self, form) -> str:
        done = enrol_person(
            run=self.run,
            facts=form.facts(),
            wish=form.wish(),
            now=self.now,
            by=self.by,
            override=form.override(),
        )
        return self.lead_on([done])

    def get_context_data(self, **kwargs):
        near = kwargs.get("near", [])
        shown = [(each, reverse("desk:enrol_learner", args=[self.run.pk, each.pk])) for each in near]
        context = super().get_context_data(**kwargs) | {
            "near": shown,
            "seen": ",".join(self.seen | {str(each.pk) for each in near}).strip(","),
            # The script puts the learner's id in the place of 0.
            "link": reverse("desk:enrol_learner", args=[self.run.pk, 0]),
        }
        return context | ({"submit_label": "都不是，报新的一位"} if near else {})


class EnrolLearner(Enrolling):
    """报名 of somebody who is known, with those of the household who come too."""

    form_class = EnrolLearnerForm

    def look_up(self):
        self.learner = self.visible(
            Learner.objects.canonical().select_related("area__parent"), self.kwargs["learner_pk"]
        )

    def get_page_title(self):
        return f"报名：{self.learner.name}"

    def get_above(self):
        return [*super().get_above(), ("报名", reverse("desk:enrol_person", args=[self.run.pk]))]

    @cached_property
    def there(self) -> Enrolment | None:
        """Their enrolment in this class, where there is one."""
        return Enrolment.objects.live().filter(run=self.run.pk, learner=self.learner).first()

    def get_form_kwargs(self):
        household = household_to_ask(self.run, self.learner, user=self.by)
        return super().get_form_kwargs() | {"household": household}

    def save(self, form) -> str:
        done = enrol_together(
            run=self.run,
            learners=[self.learner, *form.chosen()],
            wish=form.wish(),
            now=self.now,
            by=self.by,
            override=form.override(),
            some_may_wait=form.some_may_wait(),
        )
        return self.lead_on(done)

    def get_context_data(self, **kwargs):
        there_url = enrolment_url(self.there) if self.there else ""
        return super().get_context_data(**kwargs) | {"learner": self.learner, "there_url": there_url}


def through_of(asked: QueryDict, *, user: User) -> str:
    """Return how somebody came; what is no way to come counts as a call."""
    form = ThroughForm(asked, user=user)
    return form.cleaned_data["through"] if form.is_valid() else EnrolledThrough.PHONE.value


class EnrolReturning(IntoRun, DeskList):
    """老学员: who sat in an earlier class here; one press enrols one of them, and the list stays for the next."""

    right = Right.ENROL
    template_name = "courses/desk/enrolments/returning.html"
    filter_form = ReturningFilters
    unit = "位"
    on_one_page = 30
    empty = "没有老学员：这里还没有上完的班，或者都报过了。"

    def get_page_title(self):
        return f"老学员：{self.run.title}"

    def get_rows(self):
        return returning_learners(self.run, user=self.by, now=self.now)

    def get_buttons(self):
        state, _ = self.stands
        if state is not RunState.SOON and state not in OPEN_TO_ALL:
            return []
        return [Button("报别的人", reverse("desk:enrol_person", args=[self.run.pk]))]

    def post(self, request, *args, **kwargs):
        learner = self.visible(Learner.objects.canonical(), an_id(request.POST.get("learner", "")))
        try:
            done = enrol(run=self.run, learner=learner, wish=self.wish(), now=self.now, by=self.by)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return self.back_to_list()
        return self.back_to_list(done=str(done.enrolment.pk))

    def back_to_list(self, **said: str) -> HttpResponseRedirect:
        """Lead to the same part of the list for the next one, who most often comes the same way.

        What was said of the one before is said no more: not beside a refusal of the next.
        """
        question = self.request.GET.copy()
        question.pop("done", None)
        for name, value in {"through": through_of(self.request.POST, user=self.by), **said}.items():
            question[name] = value
        return HttpResponseRedirect(f"{self.request.path}?{question.urlencode()}")

    def wish(self) -> Wish:
        """Return how they enrol."""
        return Wish(consent_version=NOTICE_VERSION, through=through_of(self.request.POST, user=self.by))

    @property
    def through(self) -> str:
        """How the next one comes: as the one before."""
        return through_of(self.request.GET, user=self.by)

    def kept(self):
        return {**super().kept(), "through": self.through}

    def get_context_data(self, **kwargs):
        mine = Enrolment.objects.visible_to(self.by).filter(run=self.run.pk).select_related("learner")
        just = mine.filter(pk=an_id(self.request.GET.get("done", ""))).first()
        _, seats = self.stands
        return super().get_context_data(**kwargs) | {
            **notice_words(),
            "takes_in": takes_in(self),
            "through_form": ThroughForm(user=self.by, initial={"through": self.through}),
            "just": just,
            "just_url": done_url(just) if just else "",
            "comes_in": comes_in(self),
            "stands": f"学员 {seats_words(seats)}。候补 {waiting_words(seats)}。",
        }
