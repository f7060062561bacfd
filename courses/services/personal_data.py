"""How long personal data is kept here, in days and in words."""

from datetime import date, timedelta

from django.conf import settings
from django.db.models import Max
from django.utils import timezone

from cms.models import AuditEntry
from courses.enums import CAME
from courses.models import Attendance, Enrolment, Learner, LearnerPlace
from courses.rules.personal_data import NOTICE_DATE, NOTICE_VERSION, TABLE, KeptAbout, Period, in_words


def days(period: Period) -> int:
    """Return how many days something is kept here."""
    kept = getattr(settings, period.value)
    # The database refuses to delete younger entries anyway.
    return max(kept, AuditEntry.kept_days) if period is Period.AUDIT else kept


def until(about: KeptAbout) -> str:
    """Return the sentence that says how long this is kept."""
    return about.until.format(period=in_words(days(about.period)))


def kept_until(learner: Learner) -> date:
    """Return the day from which the learner is forgotten if they are not seen again."""
    rows = Learner.objects.rows_of([learner.pk]).values("pk")
    came = Attendance.objects.last().filter(learner__in=rows, state__in=CAME)
    seen = [
        learner.created_at,
        Enrolment.objects.filter(learner__in=rows).aggregate(at=Max("created_at"))["at"],
        came.aggregate(at=Max("happened_at"))["at"],
        LearnerPlace.objects.filter(learner=learner).aggregate(at=Max("since"))["at"],
    ]
    return timezone.localdate(max(filter(None, seen)) + timedelta(days=days(Period.LEARNER)))


def as_markdown() -> str:
    """Return the table as the page docs/个人信息.md."""
    lines = [
        "# 个人信息",
        "",
        "<!-- 由程序生成，请不要手改：python manage.py personal_data_page -->",
        "",
        f"第 {NOTICE_VERSION} 版，{NOTICE_DATE:%Y-%m-%d}。网站上的 `/privacy/` 用的是同一张表。",
        "",
        "保存多久是建议值，由单位的法务来定，用环境变量改。写在括号里的就是变量的名字，以天计。",
    ]
    for about in TABLE:
        lines += ["", f"## {about.heading}", "", "| 记什么 | 做什么用 | 谁看得到 |", "|---|---|---|"]
        lines += [f"| {field.name} | {field.purpose} | {field.seen_by} |" for field in about.fields]
        lines += ["", f"保存多久：{until(about)}（`{about.period.value}`）"]
    return "\n".join(lines) + "\n"
