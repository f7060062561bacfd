"""Everything about one learner on one screen."""

from django.db.models import Exists, OuterRef, Prefetch, Q
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from cms.enums import AuditVerb
from cms.models import AuditEntry
from courses.desk.base import who_words
from courses.desk.learners.learners import learner_url
from courses.desk.learners.one import OneLearner
from courses.desk.listing import Button
from courses.desk.showing import DeskShow, Fact, Part, ShownOnce
from courses.enums import Right
from courses.models import Enrolment, Learner, LearnerPlace, organisations_of
from courses.rules.learners import is_senior
from courses.services.learners import reveal_phone
from courses.services.learners.finding import alike
from courses.services.learners.revealing import Which
from courses.services.personal_data import kept_until

LAST = 10


def facts_of(learner: Learner) -> list[Fact]:
    """Return what is known about a learner, numbers masked; always the same lines."""
    year = timezone.localdate().year
    senior = is_senior(birth_year=learner.birth_year, says_senior=learner.says_senior, year=year)
    known_by = "姓名、出生年份和街镇，工作人员认过人" if learner.is_identity_confirmed else ""
    return [
        Fact("姓名", learner.name),
        Fact("电话", learner.masked_phone or "没有"),
        Fact("出生年份", learner.birth_year or "不知道"),
        Fact("满 60 岁", "满了" if senior else "没有满，或者不知道"),
        Fact("性别", learner.get_sex_display()),
        Fact("街镇", learner.area.full_name if learner.area else ""),
        Fact("有事找谁", " ".join(filter(None, [learner.contact_name, learner.masked_contact_phone]))),
        Fact("靠什么认人", "姓名和电话" if learner.phone_key else known_by),
        Fact("登记时间", f"{timezone.localtime(learner.created_at):%Y-%m-%d}"),
    ]


class LearnerPage(OneLearner, DeskShow):
    """Facts, household, where they are known, what was merged, who looked; a merged row leads to its canonical one."""

    right = Right.SEE_LEARNERS
    template_name = "courses/desk/learners/show.html"
    revealed: tuple[str, str] | None = None

    def get_rows(self):
        return self.with_places(Learner.objects)

    def with_places(self, rows):
        """Fetch where they are known with them: all of it decides how long they are kept, one's own is shown."""
        is_own = Exists(organisations_of(self.by).filter(pk=OuterRef("organisation_id")))
        places = LearnerPlace.objects.select_related("organisation").annotate(is_own=is_own)
        known = Prefetch("places", places.order_by("since"))
        return rows.select_related("area__parent").prefetch_related(known)

    def get(self, request, *args, **kwargs):
        if self.learner.merged_into_id:
            return redirect("desk:learner", pk=self.learner.merged_into_id)
        return super().get(request, *args, **kwargs)

    def get_page_title(self):
        return self.learner.name

    def get_above(self):
        return [("学员", reverse("desk:learners"))]

    def get_facts(self):
        if self.learner.erased_at:
            when = timezone.localtime(self.learner.erased_at)
            return [Fact("资料", f"{when:%Y-%m-%d} 删除了，上课的次数还算数。")]
        kept = f"{kept_until(self.learner):%Y-%m-%d}，没有再来登记或上课，就清掉姓名和电话"
        return [*facts_of(self.learner), Fact("资料留到", kept)]

    def get_buttons(self):
        if self.learner.erased_at or not self.may(Right.CHANGE_LEARNERS):
            return []
        to = [self.learner.pk]
        return [
            Button("改资料", reverse("desk:edit_learner", args=to), is_chief=True),
            Button("合并重复的", reverse("desk:merge_learner", args=to)),
            Button("按本人要求删除", reverse("desk:erase_learner", args=to)),
        ]

    def get_parts(self):
        if self.learner.erased_at:
            return [self.audit_part()] if self.may(Right.SEE_AUDIT) else []
        parts = [
            self.enrolments_part(),
            self.places_part(),
            self.household_part(),
            self.alike_part(),
            self.merged_part(),
        ]
        return [*parts, self.audit_part()] if self.may(Right.SEE_AUDIT) else parts

    def enrolments_part(self) -> Part:
        """The classes of one's own branch they enrolled in, also under a row that was merged into this one."""
        own = Q(learner=self.learner) | Q(learner__merged_into=self.learner)
        rows = Enrolment.objects.visible_to(self.by).filter(own).select_related("run")
        lines = [
            (
                str(each.run),
                reverse("desk:enrolment", args=[each.pk]),
                f"{each.get_state_display()}，{timezone.localtime(each.created_at):%Y-%m-%d} 报的",
            )
            for each in rows.order_by("-created_at", "-pk")[:LAST]
        ]
        return Part("报过的班", lines=lines, empty="没有报过。")

    def places_part(self) -> Part:
        """Where they are known, as far as one sees: not where else."""
        lines = [
            (place.organisation.name, "", f"{timezone.localtime(place.since):%Y-%m-%d} 起")
            for place in self.learner.places.all()
            if getattr(place, "is_own", False)
        ]
        return Part("登记过的机构", lines=lines, empty="没有。")

    def household_part(self) -> Part:
        """Who shares the number, as far as one sees."""
        lines = self.near_lines(is_household=True)
        return Part("用同一个电话的一家人", lines=lines, empty="没有别人用这个电话。")

    def alike_part(self) -> Part:
        """Who may be the same person; the household is listed already."""
        lines = self.near_lines(is_household=False)
        return Part("可能重复的", lines=lines, empty="没有别的同姓名的学员。")

    @cached_property
    def near(self):
        """Those of the same name or number, asked for once."""
        return alike(self.learner, user=self.by)

    def near_lines(self, *, is_household: bool) -> list[tuple[str, str, str]]:
        """Return a line for each, the household's or the others'."""
        found = [each for each in self.near if each.is_household == is_household]
        return [(each.name, learner_url(each), each.about) for each in found]

    def merged_part(self) -> Part:
        """What was merged into them, each with a way back."""
        rows = list(self.learner.merged.select_related("area__parent"))
        context = {"rows": rows, "may_change": self.may(Right.CHANGE_LEARNERS)}
        template = "courses/desk/learners/merged.html" if rows else ""
        return Part("合并过来的", template=template, context=context, empty="没有。")

    def audit_part(self) -> Part:
        """Who looked and who changed, in one's own branch."""
        own = organisations_of(self.request.user).values("pk")
        entries = AuditEntry.objects.filter(
            subject="learner", subject_id=str(self.learner.pk), organisation_id__in=own
        )
        lines = [(_verb(entry), "", _who_and_when(entry)) for entry in entries.select_related("by")[:LAST]]
        return Part("谁看过、改过", lines=lines, empty="还没有记录。")

    def get_context_data(self, **kwargs):
        open_to = not self.learner.erased_at and self.may(Right.REVEAL_PHONES)
        return super().get_context_data(**kwargs) | {
            "learner": self.learner,
            "may_reveal": open_to,
            "may_hand_out": open_to and self.may(Right.EXPORT),
            "revealed": self.revealed,
        }


class RevealPhone(ShownOnce, LearnerPage):
    """看全号 of a learner, or of whom to turn to."""

    def get_rows(self):
        return self.with_places(Learner.objects.canonical())

    def reveal(self):
        which: Which = "contact_phone" if self.request.POST.get("which") == "contact_phone" else "phone"
        number = reveal_phone(learner=self.learner, by=self.by, which=which)
        self.revealed = ("那个人的电话" if which == "contact_phone" else "电话", number)

    def plain_url(self):
        return learner_url(self.learner)


def _verb(entry: AuditEntry) -> str:
    return AuditVerb(entry.verb).label if entry.verb in AuditVerb.values else entry.verb


def _who_and_when(entry: AuditEntry) -> str:
    return f"{who_words(entry.by)}，{timezone.localtime(entry.at):%Y-%m-%d %H:%M}"
