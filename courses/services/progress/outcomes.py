"""学会了没有, for boards: what people said at the end of a class, 3 days and 2 weeks later, of the last eight weeks."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.core.cache import cache
from django.db.models import Count

from courses.enums import Mastery, SessionState
from courses.models import LessonPage, Outcome
from courses.services.counting.totals import Place
from courses.services.counting.where import lies_in
from courses.services.progress.classes import KEPT_FOR

SPAN = timedelta(weeks=8)
ASKED = {0: "当堂", 3: "3 天后", 14: "2 周后"}
NO_LESSON = "没有写讲哪一课的"


@dataclass(frozen=True)
class Answers:
    """How many said what; one person and one lesson is one answer."""

    many: Mapping[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return sum(self.many.values())

    @property
    def alone_percent(self) -> int | None:
        """How many in a hundred can do it alone; None where nobody was asked."""
        return self.many.get(Mastery.ALONE, 0) * 100 // self.total if self.total else None

    @property
    def alone_words(self) -> str:
        """That in words: 62%（40 次里 25 次）."""
        if not self.total:
            return "没有问过"
        return f"{self.alone_percent}%（{self.total} 次里 {self.many.get(Mastery.ALONE, 0)} 次）"


@dataclass(frozen=True)
class Asked:
    """A time of asking: its words, and the answers."""

    words: str
    answers: Answers

    @property
    def counts(self) -> list[int]:
        """How many of each, in the order of `Mastery`."""
        return [self.answers.many.get(each, 0) for each in Mastery]


@dataclass(frozen=True)
class LessonOutcome:
    """A lesson, and the answers at each time of asking, by the days after."""

    code: str
    title: str
    answers: dict[int, Answers]


def asked_at_each_time(place: Place, *, now: datetime) -> list[Asked]:
    """Return the answers of a place for each time of asking. One query, good for a minute."""
    sums: dict[int, Counter[str]] = defaultdict(Counter)
    for after, _, mastery, many in _counted(place, now):
        sums[after][mastery] += many
    return [Asked(words, Answers(sums[after])) for after, words in ASKED.items()]


def by_lesson(place: Place, *, now: datetime) -> list[LessonOutcome]:
    """Return the answers of a place lesson by lesson, those that fewest can do alone first. Two queries."""
    sums: dict[str, dict[int, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for after, code, mastery, many in _counted(place, now):
        sums[code][after][mastery] += many
    titles = dict(LessonPage.objects.filter(code__in=sums).values_list("code", "title"))
    rows = [
        LessonOutcome(
            code, titles.get(code, code) or NO_LESSON, {after: Answers(at[after]) for after in ASKED}
        )
        for code, at in sums.items()
    ]
    return sorted(rows, key=lambda row: (_least(row), row.code))


def _least(row: LessonOutcome) -> int:
    shares = [each.alone_percent for each in row.answers.values() if each.alone_percent is not None]
    return min(shares)


def _counted(place: Place, now: datetime) -> list[tuple[int, str, str, int]]:
    key = f"outcomes-{place.level}-{place.pk}"
    found = cache.get(key)
    if found is None:
        held = Outcome.objects.standing().filter(
            lies_in(place, organiser="session__run__organiser"),
            session__state=SessionState.PLANNED,
            session__starts_at__gte=now - SPAN,
        )
        groups = held.order_by().values("after_days", "lesson_code", "mastery").annotate(many=Count("pk"))
        found = list(groups.values_list("after_days", "lesson_code", "mastery", "many"))
        cache.set(key, found, KEPT_FOR)
    return found
