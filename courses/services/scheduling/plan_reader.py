"""The cells of one row of an imported plan, each read on its own."""

from collections.abc import Sequence
from datetime import datetime, time
from decimal import Decimal
from typing import Any

from cms.enums import Scenario
from courses.enums import RunMode, Tongue
from courses.models import LessonPage, ModulePage, Organisation, Room, TeachingPerson, Term, Venue
from courses.rules.phones import normalised, phone_refusal
from courses.rules.sheets.cells import CellValue
from courses.rules.sheets.choices import read_mode, read_scenarios, read_tongue
from courses.rules.sheets.counts import read_count
from courses.rules.sheets.dates import Span
from courses.rules.sheets.moments import DAY_BEGINS, DAY_ENDS, read_moment
from courses.rules.sheets.money import read_fee
from courses.rules.sheets.tables import Row
from courses.rules.sheets.unclear import Unclear, quoted
from courses.services.scheduling.plan_names import AtHand
from courses.services.scheduling.plan_times import Problems

LONGEST_TITLE, LONGEST_CONTACT, LONGEST_LINK = 60, 40, 300
MOST_LEARNERS, MOST_LESSONS = 5000, 1000
_BETWEEN_PHONES = "/、,，;；\n"


class RowReader:
    """Reads the cells of one row; what is unclear is kept by column, what is only worth knowing as a sentence."""

    def __init__(self, row: Row, at_hand: AtHand, term: Term) -> None:
        self.row, self.at_hand = row, at_hand
        self.around = Span(term.starts_on, term.ends_on)
        self.problems: Problems = {}
        self.warnings: list[str] = []

    def read(self) -> tuple[dict[str, Any], dict[str, Any], list[LessonPage]]:
        """Return the fields of `RunDetails`, those that each `SessionPlan` has, and the lessons to be taught."""
        mode, module = self.mode(), self.module()
        venue, room = self.place(mode)
        lessons = self.lessons(module)
        teacher, helpers = self.teacher(mode), self.helpers()
        here = {"mode": mode, "venue": venue, "room": room}
        one = here | {"teacher": teacher, "helpers": helpers, "main_scenario": self.scenario(module, lessons)}
        details = here | self.sizes() | self.enrolment()
        details |= {
            "title": self.title(),
            "organiser": self.organiser(),
            "module": module,
            "link": self.link(mode),
        }
        details |= {"tongue": self.tongue(), "contact_name": self.contact(), "contact_phone": self.phone()}
        return details, one, lessons

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

    def lessons(self, module: ModulePage | None) -> list[LessonPage]:
        """Return the lessons written; a number alone is how many there are, and is for people only."""
        if not self.text("lessons"):
            return []
        count = read_count(self.cell("lessons"), most=MOST_LESSONS, unit="课时")
        if not isinstance(count, Unclear):
            self.warnings.append(f"“课时”写的是{quoted(self.text('lessons'))}，没写哪几课，就没有记。")
            return []
        return self.taken("lessons", self.at_hand.lessons(self.cell("lessons"), module)) or []

    def scenario(self, module: ModulePage | None, lessons: Sequence[LessonPage]) -> Scenario | None:
        if not self.text("scenarios"):
            known = [each.main_scenario for each in (module, *lessons) if each and each.main_scenario]
            if known:
                return Scenario(known[0])
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

    def helpers(self) -> list[TeachingPerson]:
        return self.taken("helpers", self.at_hand.helpers(self.cell("helpers"))) or []

    def sizes(self) -> dict[str, Any]:
        """Return for how many it is, and for how much."""
        capacity, minimum = self.count("capacity"), self.count("minimum")
        if capacity is not None and minimum is not None and minimum > capacity:
            self.problems["minimum"] = Unclear(
                f"最少 {minimum} 人，比计划人数 {capacity} 人还多", "请看看哪个写错了"
            )
        fee = self.taken("fee", read_fee(self.cell("fee"))) if self.text("fee") else Decimal(0)
        return {"capacity": capacity, "minimum": minimum, "fee": fee}

    def count(self, column: str) -> int | None:
        if not self.text(column):
            return None
        found = self.taken(column, read_count(self.cell(column), most=MOST_LEARNERS, unit="人"))
        return found.number if found else None

    def enrolment(self) -> dict[str, Any]:
        """Return from when to when one can enrol; a day alone is all that day."""
        starts, ends = self.moment("enrol_from", DAY_BEGINS), self.moment("enrol_until", DAY_ENDS)
        if starts and ends and starts >= ends:
            self.problems["enrol_until"] = Unclear("报名截止不比报名开始晚", "请看看哪个写错了")
        return {"enrol_from": starts, "enrol_until": ends}

    def moment(self, column: str, without_clock: time) -> datetime | None:
        if not self.text(column):
            return None
        return self.taken(
            column, read_moment(self.cell(column), around=self.around, without_clock=without_clock)
        )

    def tongue(self) -> Tongue | None:
        if not self.text("tongue"):
            return Tongue.MANDARIN
        return self.taken("tongue", read_tongue(self.cell("tongue")))

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
