"""One row of an imported plan → a class with its sessions, or every reason why not, each at its column."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import partial

from cms.enums import Scenario
from courses.enums import RunKind, RunMode
from courses.models import CourseRun, ModulePage, Organisation, Room, TeachingPerson, Term, Venue
from courses.rules.phones import normalised, phone_refusal
from courses.rules.series import moments
from courses.rules.sheets.cells import CellValue
from courses.rules.sheets.choices import read_mode, read_scenarios
from courses.rules.sheets.counts import read_count
from courses.rules.sheets.plan import LABELS
from courses.rules.sheets.tables import Row
from courses.rules.sheets.unclear import Unclear
from courses.services.scheduling.plan_names import AtHand
from courses.services.scheduling.plan_times import Problems, times_of
from courses.services.scheduling.plans import SessionPlan
from courses.services.scheduling.runs import RunDetails

LONGEST_TITLE, LONGEST_CONTACT, LONGEST_LINK = 60, 40, 300
MOST_LEARNERS = 5000
_BETWEEN_PHONES = "/、,，;；\n"


class Outcome(Enum):
    """What will happen to a row."""

    NEW = "会新建"
    THERE = "已经有了"
    CANNOT = "建不了"


@dataclass
class PlannedRow:
    """A row with what came of it. ``where`` names it to people; problems and warnings are whole sentences."""

    where: str
    title: str
    problems: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    details: RunDetails | None = None
    sessions: list[SessionPlan] = field(default_factory=list)
    existing: CourseRun | None = None

    @property
    def outcome(self) -> Outcome:
        if self.existing:
            return Outcome.THERE
        return Outcome.CANNOT if self.problems or self.details is None else Outcome.NEW

    @property
    def key(self) -> str:
        """What makes it this class and no other: organiser, title, first session, and where it is held."""
        if self.details is None or not self.sessions:
            return ""
        first = self.sessions[0]
        return identity(self.details, first.starts_at.isoformat(), first.venue, first.room)

    def add(self, column: str, unclear: Unclear) -> None:
        """Put down why it cannot be: row, column, what is wrong, how to mend it."""
        self.problems.append(f"{self.where}“{LABELS[column]}”：{unclear}")


def identity(run: RunDetails | CourseRun, starts: str, venue: Venue | None, room: Room | None) -> str:
    """Return what a class is known by: the same for a row and for the class that was made of it."""
    parts = [run.organiser.pk, run.title, starts, venue.pk if venue else 0, room.pk if room else 0, run.link]
    return hashlib.sha256("\n".join(str(part) for part in parts).encode()).hexdigest()


def planned_row(row: Row, *, where: str, term: Term, at_hand: AtHand) -> PlannedRow:
    """Return what a row says. All its problems are found at once, so that a file is mended once."""
    planned = PlannedRow(where, row.text("title"))
    reader = _Reader(row, at_hand)
    organiser, mode = reader.organiser(), reader.mode()
    venue, room = reader.place(mode)
    module, teacher = reader.module(), reader.teacher(mode)
    scenario = reader.scenario(module)
    title, capacity, link = reader.title(), reader.capacity(), reader.link(mode)
    contact, phone = reader.contact(), reader.phone()
    times = times_of(row, term, reader.problems)
    planned.warnings = [*reader.warnings, *(times.warnings if times else [])]
    for column, unclear in reader.problems.items():
        planned.add(column, unclear)
    if planned.problems or times is None:
        return planned
    planned.details = RunDetails(
        title=title,
        organiser=organiser,
        mode=mode,
        kind=RunKind.SINGLE if len(times.days) == 1 else RunKind.SERIES,
        module=module,
        term=term,
        venue=venue,
        room=room,
        link=link,
        capacity=capacity,
        contact_name=contact,
        contact_phone=phone,
    )
    one = partial(SessionPlan, mode=mode, venue=venue, room=room, teacher=teacher, main_scenario=scenario)
    spans = [moments(times.rule, on) for on in times.days]
    planned.sessions = [one(starts_at=starts, ends_at=ends) for starts, ends in spans]
    return planned


class _Reader:
    """Reads the cells of one row; what is unclear is kept by column, what is only worth knowing as a sentence."""

    def __init__(self, row: Row, at_hand: AtHand) -> None:
        self.row, self.at_hand = row, at_hand
        self.problems: Problems = {}
        self.warnings: list[str] = []

    def taken(self, column: str, found):
        """Return what was found; put down why where it is unclear, and return None."""
        if isinstance(found, Unclear):
            self.problems[column] = found
            return None
        return found

    def cell(self, column: str) -> CellValue:
        return self.row.cells.get(column)

    def text(self, column: str) -> str:
        return self.row.text(column)

    def title(self) -> str:
        title = " ".join(self.text("title").split())
        if not title:
            self.problems["title"] = Unclear("没写班级名称", "请写上，比如 微信入门班")
        if len(title) > LONGEST_TITLE:
            self.problems["title"] = Unclear(
                f"名称有 {len(title)} 个字，太长了", f"请缩短到 {LONGEST_TITLE} 个字以内"
            )
        return title

    def organiser(self) -> Organisation | None:
        areas = {"district": self.text("district"), "town": self.text("town")}
        found = self.taken("organiser", self.at_hand.organiser(self.text("organiser"), **areas))
        if found and not self.text("organiser"):
            self.warnings.append(f"没写办学单位，当作{found}。")
        for words in self.at_hand.elsewhere(found, *areas.values()) if found else ():
            self.warnings.append(f"{words.removesuffix('。')}，可{found}在{found.area.full_name}。")
        return found

    def mode(self) -> RunMode | None:
        if not self.text("mode"):
            self.warnings.append("没写形式，当作线下。")
            return RunMode.ONSITE
        return self.taken("mode", read_mode(self.cell("mode")))

    def place(self, mode: RunMode | None) -> tuple[Venue | None, Room | None]:
        written = self.text("place")
        if mode is None or not mode.needs_place:
            return None, None
        if not written:
            self.problems["place"] = Unclear("线下的班没写地点", "请写场地和教室，比如 田林社区学校 203")
            return None, None
        venue, room = self.taken("place", self.at_hand.place(written)) or (None, None)
        if venue and room is None and self.at_hand.has_rooms(venue):
            self.warnings.append(f"没写{venue}的哪间教室，查不出教室有没有撞。")
        return venue, room

    def link(self, mode: RunMode | None) -> str:
        if mode is None or not mode.needs_link:
            return ""
        place = self.text("place")
        link = self.text("link") or (place if place.startswith(("http://", "https://")) else "")
        if not link:
            self.problems["link"] = Unclear(f"{mode.label}的班没写链接", "请加一列“链接”，写上课用的网址")
        elif (
            not link.startswith(("http://", "https://")) or len(link) > LONGEST_LINK or len(link.split()) > 1
        ):
            self.problems["link"] = Unclear("链接看不懂", "请写 https:// 开头的网址")
        return link

    def module(self) -> ModulePage | None:
        written = self.text("module")
        return self.taken("module", self.at_hand.module(written)) if written else None

    def scenario(self, module: ModulePage | None) -> Scenario | None:
        if not self.text("scenarios") and module and module.main_scenario:
            return Scenario(module.main_scenario)
        found: Sequence[Scenario] | None = self.taken("scenarios", read_scenarios(self.cell("scenarios")))
        if not found:
            return None
        if len(found) > 1:
            self.warnings.append(f"写了 {len(found)} 个场景，人次算在第一个：{found[0].label}。")
        return found[0]

    def teacher(self, mode: RunMode | None) -> TeachingPerson | None:
        written = self.text("teacher")
        if not written:
            if mode and mode.needs_teacher:
                self.warnings.append("没写授课教师，建好以后再排。")
            return None
        if mode and not mode.needs_teacher:
            self.problems["teacher"] = Unclear("录播的课不用排老师", "请把这一格空着")
            return None
        return self.taken("teacher", self.at_hand.teacher(written))

    def capacity(self) -> int | None:
        if not self.text("capacity"):
            return None
        found = self.taken("capacity", read_count(self.cell("capacity"), most=MOST_LEARNERS, unit="人"))
        return found.number if found else None

    def contact(self) -> str:
        name = " ".join(self.text("contact").split())
        if len(name) > LONGEST_CONTACT:
            self.problems["contact"] = Unclear("联系人太长了", f"请缩短到 {LONGEST_CONTACT} 个字以内")
        return name

    def phone(self) -> str:
        written = self.text("phone")
        if not written:
            return ""
        for sign in _BETWEEN_PHONES:
            written = written.replace(sign, "\n")
        numbers = [number for part in written.split("\n") if (number := normalised(part))]
        good = [number for number in numbers if phone_refusal(number) is None]
        if not good:
            why = phone_refusal(numbers[0]) if numbers else None
            self.problems["phone"] = Unclear((why or "看不出电话号码").rstrip("。"), "请改好，或者空着")
            return ""
        if len(numbers) > 1:
            self.warnings.append("写了不止一个电话，只留第一个能打的。")
        return good[0]
