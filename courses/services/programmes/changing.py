"""Changing a programme: its target and dates, its milestones, districts' shares, and what the other lines report."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from cms.enums import AuditVerb
from cms.models import User
from cms.services.audit import record
from courses.enums import AreaKind, Right
from courses.errors import Refused
from courses.models import Area, DistrictShare, PlanPoint, Programme, ReportedLine
from courses.services.branches import acting_with

YEARS = range(2020, 2100)


@dataclass(frozen=True)
class ProgrammeDetails:
    """What a programme is."""

    year: int
    name: str
    target: int
    starts_on: date
    due_on: date
    source: str
    responsible: str = ""
    is_example: bool = False


@dataclass(frozen=True)
class PointDetails:
    """A milestone."""

    on: date
    attendances: int
    note: str
    is_inferred: bool = False


@dataclass(frozen=True)
class LineDetails:
    """What one of the city's lines plans and reports; a reported figure needs its day and its source."""

    name: str
    planned: int
    reported: int | None = None
    reported_on: date | None = None
    source: str = ""


def _by_the_city(work: Callable) -> Callable:
    """Let only who keeps programmes do it, in one transaction, and put it down."""

    @transaction.atomic
    def done(*, by: User, **wanted):
        acting = acting_with(by, Right.CHANGE_PROGRAMME)
        programme = work(by=by, **wanted)
        organisation = acting.organisation_id
        detail = f"{work.__name__} {programme.year}"
        record(AuditVerb.CHANGED, by=by, subject=programme, organisation_id=organisation, detail=detail)
        return programme

    done.__doc__ = work.__doc__
    return done


@_by_the_city
def add_programme(*, details: ProgrammeDetails, by: User) -> Programme:
    """Add a year with a plan from nothing to its target. Raises NotAllowed, Refused."""
    _refuse_details(details, besides=None)
    programme = Programme.objects.create(**vars(details))
    ends = [(details.starts_on, 0, "开始"), (details.due_on, details.target, details.source)]
    for on, many, note in ends:
        programme.points.create(on=on, attendances=many, note=note, is_inferred=details.is_example)
    return programme


@_by_the_city
def change_programme(*, programme: Programme, details: ProgrammeDetails, by: User) -> Programme:
    """Change target, dates, source, who is responsible. Its milestones stay as they are. Raises NotAllowed, Refused."""
    held = _held(programme)
    _refuse_details(details, besides=held)
    for name, value in vars(details).items():
        setattr(held, name, value)
    held.save()
    return held


@_by_the_city
def set_point(*, programme: Programme, point: PlanPoint | None, details: PointDetails, by: User) -> Programme:
    """Add a milestone, or change one. Raises NotAllowed, Refused."""
    held = _held(programme)
    others = held.points.exclude(pk=point.pk if point else None)
    if others.filter(on=details.on).exists():
        _refuse("point-taken", "这一天已经有进度点了。", "on")
    if not held.starts_on <= details.on <= date(held.year, 12, 31):
        _refuse("point-outside", f"请填 {held.starts_on:%Y-%m-%d} 到 {held.year}-12-31 之间的一天。", "on")
    _refuse_unless_rising(details, others)
    point = point or PlanPoint(programme=held)
    for name, value in vars(details).items():
        setattr(point, name, value)
    point.save()
    return held


@_by_the_city
def remove_point(*, point: PlanPoint, by: User) -> Programme:
    """Take a milestone away. Raises NotAllowed."""
    held = _held(point.programme)
    held.points.filter(pk=point.pk).delete()
    return held


@_by_the_city
def set_share(
    *, programme: Programme, district: Area, attendances: int | None, source: str, by: User
) -> Programme:
    """Give a district its share, or with None take it away. A share needs its source. Raises NotAllowed, Refused."""
    held = _held(programme)
    if district.kind != AreaKind.DISTRICT:
        _refuse("no-district", "份额是给区的。", "attendances")
    if attendances is None:
        held.shares.filter(district=district).delete()
        return held
    if not source.strip():
        _refuse("no-source", "写上这个数从哪里来。", "source")
    values = {"attendances": attendances, "source": source.strip()}
    DistrictShare.objects.update_or_create(programme=held, district=district, defaults=values)
    return held


@_by_the_city
def set_line(*, programme: Programme, line: ReportedLine | None, details: LineDetails, by: User) -> Programme:
    """Add one of the city's lines, or change it; ours reports itself. Raises NotAllowed, Refused."""
    held = _held(programme)
    others = held.lines.exclude(pk=line.pk if line else None)
    if others.filter(name=details.name).exists():
        _refuse("line-taken", "已经有这条线了。", "name")
    if details.reported is not None:
        _refuse_unproved(line, details)
    line = line or ReportedLine(programme=held)
    for name, value in vars(details).items():
        setattr(line, name, value)
    line.changed_by = by
    line.save()
    return held


@_by_the_city
def remove_line(*, line: ReportedLine, by: User) -> Programme:
    """Take one of the city's lines away; never ours, which counts itself. Raises NotAllowed, Refused."""
    held = _held(line.programme)
    if line.is_ours:
        raise Refused("ours", "这是我们自己的线，不能去掉。")
    held.lines.filter(pk=line.pk).delete()
    return held


@_by_the_city
def clear_line_list(*, line: ReportedLine, by: User) -> Programme:
    """Take away the list of activities that was imported for a line. Raises NotAllowed."""
    held = _held(line.programme)
    line.activities.all().delete()
    return held


def _held(programme: Programme) -> Programme:
    """Return the programme, held: two who change it come one after the other."""
    return Programme.objects.select_for_update().get(pk=programme.pk)


def _refuse_details(details: ProgrammeDetails, *, besides: Programme | None) -> None:
    if details.year not in YEARS:
        _refuse("bad-year", "请填 4 位数的年份，比如 2027。", "year")
    if Programme.objects.filter(year=details.year).exclude(pk=besides.pk if besides else None).exists():
        _refuse("year-taken", f"{details.year} 年已经有了。", "year")
    if details.target < 1:
        _refuse("no-target", "目标至少是 1。", "target")
    if details.starts_on >= details.due_on:
        _refuse("due-before-start", "完成的日子要在开始后面。", "due_on")
    if {details.starts_on.year, details.due_on.year} != {details.year}:
        _refuse("other-year", f"两个日子都要在 {details.year} 年里。", "due_on")


def _refuse_unless_rising(details: PointDetails, others) -> None:
    """Nobody plans to have fewer later on."""
    too_many_before = others.filter(on__lt=details.on, attendances__gt=details.attendances)
    too_few_after = others.filter(on__gt=details.on, attendances__lt=details.attendances)
    if too_many_before.exists() or too_few_after.exists():
        _refuse("not-rising", "计划只能越来越多。请和前后的进度点比一比。", "attendances")


def _refuse_unproved(line: ReportedLine | None, details: LineDetails) -> None:
    if line is not None and line.is_ours:
        _refuse("ours", "我们自己的数由系统来数，不用填。", "reported")
    if details.reported_on is None:
        _refuse("no-day", "写上是哪天报的。", "reported_on")
    if not details.source.strip():
        _refuse("no-source", "写上这个数从哪里来。", "source")


def _refuse(code: str, words: str, field: str) -> None:
    raise Refused(code, words, fields={field: words})
