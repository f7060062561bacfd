"""Clashes of the rows of an imported plan: among themselves and with what is there.

Thousands of sessions may be wanted at once, so each is compared only with those of its room and its people on its
day. The rows above win; saving checks again, under locks (`plans.check`).
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from django.utils import timezone

from courses.rules.capacity import effective_limit, place_refusal
from courses.rules.clashes import Clash, Held, clash, is_tight
from courses.rules.sheets.unclear import Unclear
from courses.services.scheduling.holding import held_near, span_in_words
from courses.services.scheduling.limits import dated_limits, session_limit
from courses.services.scheduling.open_places import closures_touching, why_closed
from courses.services.scheduling.plan_rows import Outcome, PlannedRow

Bucket = tuple[str, int, date]
MOST_TOLD = 3


def note_clashes(rows: Sequence[PlannedRow]) -> None:
    """Put down, at each row that was to be made, what it would hold twice, and whom it hurries from place to place."""
    new = [row for row in rows if row.outcome is Outcome.NEW]
    taken: dict[Bucket, list[Held]] = defaultdict(list)
    asked = [[_named(row, plan.held) for plan in row.sessions] for row in new]
    for held in held_near([held for each in asked for held in each], ()):
        _take(taken, held)
    for row, wanted in zip(new, asked, strict=True):
        hits = [(one, hit) for one in wanted if (hit := _first_clash(one, taken))]
        if hits:
            row.add(_column(row, hits[0][1]), _said(row, hits))
            continue
        tight = [(one, other) for one in wanted for other in _near(one, taken) if is_tight(one, other)]
        row.warnings.extend(
            f"{_when(one)}前后 15 分钟里，老师或者志愿者还要赶另一个地方：{other.said}。"
            for one, other in tight[:MOST_TOLD]
        )
        for one in wanted:
            _take(taken, one)


def note_limits(rows: Sequence[PlannedRow]) -> None:
    """Put down where a place or a rule of the day allows fewer learners than planned, or none at all."""
    settings = {
        id(row): [plan.setting for plan in row.sessions] for row in rows if row.outcome is Outcome.NEW
    }
    days = [setting.on for each in settings.values() for setting in each]
    rules = dated_limits(first=min(days), last=max(days)) if days else []
    for row in rows:
        here = settings.get(id(row), [])
        limit = effective_limit(session_limit(setting, capacity=None, rules=rules) for setting in here)
        if refusal := place_refusal(limit):
            problem, _, mend = refusal.message.rstrip("。").partition("。")
            row.add("place", Unclear(problem, mend or "请换一个场地"))
        elif limit and row.details and (row.details.capacity is None or row.details.capacity > limit.most):
            planned = "没写人数" if row.details.capacity is None else f"表上写 {row.details.capacity} 人"
            row.warnings.append(
                f"{limit.reason}，最多 {limit.most} 位学员：{planned}，只能招 {limit.most} 位。"
            )


def note_closed(rows: Sequence[PlannedRow]) -> None:
    """Put down where a place is given up or closed on a day of a row that was to be made. One query."""
    new = [(row, [plan.setting for plan in row.sessions]) for row in rows if row.outcome is Outcome.NEW]
    closures = closures_touching(setting for _, settings in new for setting in settings)
    for row, settings in new:
        reasons = [words for setting in settings if (words := why_closed(setting, closures))]
        if reasons:
            row.add("place", Unclear("；".join(reasons[:MOST_TOLD]), "请换一天，或者换地方"))


def _take(taken: dict[Bucket, list[Held]], held: Held) -> None:
    for bucket in _buckets(held):
        taken[bucket].append(held)


def _buckets(held: Held) -> Iterator[Bucket]:
    starts, ends = timezone.localtime(held.starts_at).date(), timezone.localtime(held.ends_at).date()
    for on in {starts, ends}:
        if held.room is not None:
            yield "room", held.room, on
        for person in held.people:
            yield "person", person, on


def _near(one: Held, taken: dict[Bucket, list[Held]]) -> Iterator[Held]:
    seen: set[int] = set()
    for bucket in _buckets(one):
        for other in taken.get(bucket, ()):
            if id(other) not in seen:
                seen.add(id(other))
                yield other


def _first_clash(one: Held, taken: dict[Bucket, list[Held]]) -> Clash | None:
    return next((hit for other in _near(one, taken) if (hit := clash(one, other))), None)


def _named(row: PlannedRow, held: Held) -> Held:
    return replace(held, said=f"{row.where}“{row.title}” {_when(held)}")


def _column(row: PlannedRow, hit: Clash) -> str:
    """Return the column whose cell names what is taken."""
    if hit.what == "room":
        return "place"
    teacher = row.sessions[0].teacher
    return "teacher" if teacher and teacher.pk == hit.of else "helpers"


def _said(row: PlannedRow, hits: Sequence[tuple[Held, Clash]]) -> Unclear:
    first = row.sessions[0]
    names = {each.pk: str(each) for each in (first.teacher, *first.helpers) if each}
    told = [
        f"{_when(one)}，{f'{first.venue} {first.room}' if hit.what == 'room' else names[hit.of]}"
        f"已经排了：{hit.other.said}"
        for one, hit in hits[:MOST_TOLD]
    ]
    more = f"，一共撞了 {len(hits)} 次" if len(hits) > MOST_TOLD else ""
    return Unclear(f"{'；'.join(told)}{more}", "请换时间、换教室，或者换人")


def _when(held: Held) -> str:
    return span_in_words(held.starts_at, held.ends_at)
