"""起止日期 + 上课时间 + 课次数 → the days of a class, holidays passed over, and what has to be told about it."""

from dataclasses import dataclass, field, replace
from datetime import date

from courses.enums import Weekday
from courses.models import Term
from courses.rules.calendar import DayKind
from courses.rules.series import WEEK, PlannedDay, SeriesRule, planned_days
from courses.rules.sheets.counts import read_count
from courses.rules.sheets.dates import Span, read_span
from courses.rules.sheets.tables import Row
from courses.rules.sheets.unclear import Unclear
from courses.rules.sheets.weekdays import MeetingTime, read_meeting_time

MOST_TIMES = 200
# A year and a bit: more is a year mistyped.
LONGEST = WEEK * 60
Problems = dict[str, Unclear]


@dataclass
class Times:
    """The rule of a row of meetings, its days that are held, and sentences for the planner."""

    rule: SeriesRule
    days: list[date]
    warnings: list[str] = field(default_factory=list)


def times_of(row: Row, term: Term, problems: Problems) -> Times | None:
    """Return when the class of a row meets; None with the reason in ``problems``, by column."""
    warnings: list[str] = []
    span = _span(row, term, problems, warnings)
    meeting = read_meeting_time(row.cells.get("time"))
    if isinstance(meeting, Unclear):
        problems["time"] = meeting
    times = _count(row, problems)
    if span is None or isinstance(meeting, Unclear) or "times" in problems:
        return None
    rule = _rule(span, meeting, times, problems)
    return None if rule is None else _planned(rule, times, problems, warnings)


def _span(row: Row, term: Term, problems: Problems, warnings: list[str]) -> Span | None:
    around = Span(term.starts_on, term.ends_on)
    if not row.text("dates"):
        warnings.append(f"没写起止日期，按学期排：{said(term.starts_on)}到{said(term.ends_on)}。")
        return around
    span = read_span(row.cells["dates"], around=around)
    if isinstance(span, Unclear):
        problems["dates"] = span
        return None
    if span.last and span.last - span.first > LONGEST:
        problems["dates"] = Unclear("前后差了一年多", "请看看年份写对没有")
        return None
    if span.first < term.starts_on or (span.last or span.first) > term.ends_on:
        warnings.append(f"日子不全在{term}里（{said(term.starts_on)}到{said(term.ends_on)}）。")
    return span


def _count(row: Row, problems: Problems) -> int | None:
    if not row.text("times"):
        return None
    count = read_count(row.cells["times"], most=MOST_TIMES, unit="次")
    if isinstance(count, Unclear):
        problems["times"] = count
        return None
    if not count.number:
        problems["times"] = Unclear("课次数不能是不限，也不能是 0", "请写一个数字，比如 8次")
    return count.number


def _rule(span: Span, meeting: MeetingTime, times: int | None, problems: Problems) -> SeriesRule | None:
    """Return the row of meetings: one day, from a day on, or within a span."""
    is_one_day = span.first == span.last
    weekdays = meeting.weekdays
    if not weekdays and not is_one_day and times != 1:
        problems["time"] = Unclear("没写星期几", "请写成 周三 14:00-15:30")
        return None
    own = Weekday(span.first.isoweekday())
    if is_one_day and times in {None, 1} and weekdays and own not in weekdays:
        named = "、".join(day.label for day in sorted(weekdays))
        problems["time"] = Unclear(f"{said(span.first)}是{own.label}，不是{named}", "请看看日期和星期哪个对")
        return None
    if span.last is None and times is None:
        problems["times"] = Unclear("只写了从哪天起，没写上几次", "请写课次数，或者写上到哪天为止")
        return None
    hours = meeting.hours
    days = weekdays or frozenset({own})
    rule = SeriesRule(span.first, days, hours.starts, hours.ends, times or MOST_TIMES, span.last)
    if is_one_day:
        # 8 times from a day on; or just that day.
        return replace(rule, last_day=span.first if times in {None, 1} else None, times=times or 1)
    return rule


def _planned(rule: SeriesRule, times: int | None, problems: Problems, warnings: list[str]) -> Times | None:
    days = planned_days(rule)
    held = [each.on for each in days if each.is_held]
    if not held:
        why = "、".join(f"{said(each.on)}{each.day.words}" for each in days[:3]) or "这段日子里没有这个星期几"
        problems["dates"] = Unclear(f"一次课也排不出：{why}", "请换日子；放假也要上的班，请用“开一个班”来排")
        return None
    if times is None and len(held) == MOST_TIMES:
        problems["times"] = Unclear(f"排出来超过 {MOST_TIMES} 次", "请写课次数")
        return None
    if times and len(held) < times:
        last = said(rule.last_day) if rule.last_day else ""
        warnings.append(f"写了 {times} 次，到{last}只排得下 {len(held)} 次。要排满，请把止日往后写。")
    return Times(rule, held, [*warnings, *_told(days)])


def _told(days: list[PlannedDay]) -> list[str]:
    passed = [f"{said(each.on)}（{each.day.words}）" for each in days if not each.is_held]
    worked = [said(each.on) for each in days if each.day.kind is DayKind.WORKED_WEEKEND]
    unknown = sorted({each.on.year for each in days if each.day.kind is DayKind.UNKNOWN})
    told = [f"跳过放假的日子：{'、'.join(passed)}。"] if passed else []
    if worked:
        told.append(f"{'、'.join(worked)}是周末，但是调休要上班。")
    return [*told, *(f"{year} 年放假安排未公布，请自行核对。" for year in unknown)]


def said(on: date) -> str:
    """Return a day as people say it."""
    return f"{on.year}年{on.month}月{on.day}日"
