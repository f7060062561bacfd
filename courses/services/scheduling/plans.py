"""What a planner wants: sessions that are not saved yet, and the checks all of them go through."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone

from courses.enums import RunMode
from courses.errors import Refused
from courses.models import ClassSession, LessonPage, Room, TeachingPerson, Venue
from courses.models.class_session import LONGEST
from courses.rules.clashes import Clash, Held
from courses.services.scheduling.holding import clashes_of, span_in_words
from courses.services.scheduling.limits import Setting, refuse_forbidden_places
from courses.services.scheduling.locking import lock_held
from courses.services.scheduling.open_places import refuse_closed_places


@dataclass(frozen=True)
class SessionPlan:
    """One session as somebody wants it."""

    starts_at: datetime
    ends_at: datetime
    mode: str
    main_scenario: str
    venue: Venue | None = None
    room: Room | None = None
    teacher: TeachingPerson | None = None
    helpers: Sequence[TeachingPerson] = ()
    lessons: Sequence[LessonPage] = field(default=())

    @property
    def held(self) -> Held:
        """Return what it would hold."""
        return Held(
            starts_at=self.starts_at,
            ends_at=self.ends_at,
            venue=self.venue.pk if self.venue else None,
            room=self.room.pk if self.room else None,
            teacher=self.teacher.pk if self.teacher else None,
            helpers=frozenset(helper.pk for helper in self.helpers),
            said=f"这个班 {span_in_words(self.starts_at, self.ends_at)}",
        )

    @property
    def setting(self) -> Setting:
        """Return what its limits depend on."""
        return Setting(timezone.localtime(self.starts_at).date(), self.mode, self.venue, self.room)


def plan_of(session: ClassSession) -> SessionPlan:
    """Return a saved session as a plan, to be changed and checked again."""
    return SessionPlan(
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        mode=session.mode,
        main_scenario=session.main_scenario,
        venue=session.venue,
        room=session.room,
        teacher=session.teacher,
        helpers=list(session.helpers.all()),
        lessons=list(session.lessons.all()),
    )


class Clashing(Refused):
    """Rooms or people are taken; ``clashes`` are all of it: (wanted, clash)."""

    def __init__(self, clashes: Sequence[tuple[Held, Clash]], names: dict[tuple[str, int], str]):
        self.clashes = list(clashes)
        self.said = [_said(wanted, hit, names) for wanted, hit in clashes]
        super().__init__("taken", "；".join(self.said[:5]) + ("；还有别的。" if len(self.said) > 5 else "。"))

    @property
    def lines(self) -> list[str]:
        return [f"{each}。" for each in self.said]


def check(plans: Sequence[SessionPlan], *, besides: Iterable[int] = (), is_place_kept: bool = False) -> None:
    """Lock what the plans hold, then raise Refused or Clashing unless all of them can be.

    To be called in the transaction that saves them. ``is_place_kept``: day and place were saved like that before, so
    it does not matter now whether the place was closed since.
    """
    for plan in plans:
        _refuse_nonsense(plan)
    refuse_forbidden_places(plan.setting for plan in plans)
    wanted = [plan.held for plan in plans]
    lock_held(wanted)
    if not is_place_kept:
        refuse_closed_places(plan.setting for plan in plans)
    if clashes := clashes_of(wanted, besides=besides):
        raise Clashing(clashes, _names(plans))


def _refuse_nonsense(plan: SessionPlan) -> None:
    mode = RunMode(plan.mode)
    if plan.ends_at <= plan.starts_at:
        _refuse("ends-before-start", "下课的时间在上课前面。", "ends")
    if plan.ends_at - plan.starts_at > LONGEST:
        _refuse("too-long", "一次课不能超过 12 个小时。", "ends")
    if mode.needs_place and plan.venue is None:
        _refuse("no-place", "线下的课要选场地。", "venue")
    if plan.room is not None and (plan.venue is None or plan.room.venue_id != plan.venue.pk):
        _refuse("room-elsewhere", "这间教室不在选的场地里。", "room")
    if not mode.needs_teacher and plan.teacher is not None:
        _refuse("teacher-for-recording", "录播的课不用排老师。", "teacher")


def _refuse(code: str, words: str, field_name: str) -> None:
    raise Refused(code, words, fields={field_name: words})


def _names(plans: Sequence[SessionPlan]) -> dict[tuple[str, int], str]:
    rooms = {("room", plan.room.pk): f"{plan.venue} {plan.room}" for plan in plans if plan.room}
    everybody = [person for plan in plans for person in (*plan.helpers, plan.teacher) if person]
    return rooms | {
        ("person", person.pk): f"{person.get_role_display()}{person.name}" for person in everybody
    }


def _said(wanted: Held, hit: Clash, names: dict[tuple[str, int], str]) -> str:
    taken = names.get((hit.what, hit.of), "")
    return f"{span_in_words(wanted.starts_at, wanted.ends_at)}，{taken} 已经排了：{hit.other.said}"
