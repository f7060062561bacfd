"""What screens about one enrolment, or about enrolling into one class, have in common."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from courses.desk.base import DeskMixin, who_words
from courses.desk.classes.runs import RunMixin, run_url
from courses.desk.seating import moment_words
from courses.enums import EnrolmentEventKind, EnrolmentState, RunState
from courses.models import CourseRun, Enrolment, EnrolmentEvent
from courses.rules.personal_data import NOTICE_VERSION, Period, in_words
from courses.rules.places import place_words, room_said
from courses.rules.seats import Seats
from courses.services.personal_data import days
from courses.services.seats import states_of
from courses.services.waiting_list import place_of

# Nobody does these: they follow from what somebody else did, or from the clock.
BY_CLOCK = {EnrolmentEventKind.OFFERED, EnrolmentEventKind.EXPIRED, EnrolmentEventKind.MERGED}


def enrolment_url(enrolment: Enrolment) -> str:
    """Return where an enrolment is shown."""
    return reverse("desk:enrolment", args=[enrolment.pk])


def done_url(enrolment: Enrolment) -> str:
    """Return where what is to be said at the end stands."""
    return reverse("desk:enrolment_done", args=[enrolment.pk])


def roster_url(run: CourseRun) -> str:
    """Return where stands who is in a class."""
    return reverse("desk:run_enrolments", args=[run.pk])


def standing(enrolment: Enrolment, place: int) -> str:
    """Return where somebody stands, in words; ``place`` is theirs in the waiting list."""
    if enrolment.state == EnrolmentState.WAITLISTED:
        return f"候补第 {place} 位"
    if enrolment.state == EnrolmentState.OFFERED:
        return f"轮到了，等回话，座位留到 {moment_words(enrolment.offered_until)}"
    return EnrolmentState(enrolment.state).label


def who_did(event: EnrolmentEvent) -> str:
    """Return who did something: somebody of the staff, the person, or the clock."""
    if event.by:
        return who_words(event.by)
    return "系统" if event.kind in BY_CLOCK else "本人"


@dataclass(frozen=True)
class NextMeeting:
    """When and where a class meets next, as a clerk reads it out; ``when`` is "" where nothing is to come."""

    when: str
    place: str
    address: str

    @classmethod
    def of(cls, run: CourseRun, *, now: datetime) -> "NextMeeting":
        """A session's place is its own; the class's is only where its sessions usually are."""
        session = run.sessions.coming(now=now).select_related("venue", "room").first()
        here = session or run
        return cls(
            when=moment_words(session.starts_at) if session else "",
            place=place_words(here.venue, here.room and room_said(here.room.name)),
            address=here.venue.address if here.venue else "",
        )


class IntoRun(RunMixin):
    """A class into which somebody is to be enrolled."""

    def get_above(self):
        run = self.run
        return [("班级", reverse("desk:runs")), (str(run), run_url(run)), ("报名名单", roster_url(run))]

    @cached_property
    def now(self) -> datetime:
        return timezone.now()

    @cached_property
    def stands(self) -> tuple[RunState, Seats]:
        """The class's state and seats, as they are now."""
        return states_of([self.run], now=self.now)[self.run.pk]


def notice_words() -> dict[str, str]:
    """Return what the notice to be read aloud says of itself: which version, and how long things are kept."""
    return {"version": NOTICE_VERSION, "period": in_words(days(Period.LEARNER))}


class OneEnrolment(DeskMixin):
    """Finds the enrolment of the address among those of the branch."""

    header_icon = "clipboard-list"

    @cached_property
    def enrolment(self) -> Enrolment:
        """The enrolment; Http404 when there is none in sight."""
        rows = Enrolment.objects.select_related(
            "run__organiser",
            "run__venue__area__parent",
            "run__room",
            "learner__area__parent",
            "learner__merged_into",
        )
        return self.visible(rows, self.kwargs["pk"])

    @cached_property
    def place(self) -> int:
        """The place in the waiting list; 0 for who does not wait."""
        return place_of(self.enrolment)

    def get_above(self):
        one = self.enrolment
        above = [("班级", reverse("desk:runs")), (str(one.run), run_url(one.run))]
        return [*above, ("报名名单", roster_url(one.run)), (one.learner.name, enrolment_url(one))]
