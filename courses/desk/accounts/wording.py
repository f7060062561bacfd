"""What was put down, in words: the table itself holds numbers and codes."""

from functools import cache
from typing import Any

from django.apps import apps
from django.utils import timezone

from cms.enums import AuditVerb
from cms.models import AuditEntry
from cms.services.audit import subjects
from courses.desk.menu import ITEMS
from courses.enums import Duty

WHERE_TO = {f"desk:{item.name}": item.label for item in ITEMS} | {item.name: item.label for item in ITEMS}
CODES = {"idle": "离开太久", **dict(Duty.choices), **WHERE_TO}


def when(entry: AuditEntry) -> str:
    return timezone.localtime(entry.at).strftime("%Y-%m-%d %H:%M:%S")


def who(entry: AuditEntry) -> str:
    if entry.by is None:
        return "没有登录的人" if entry.address else "系统自己"
    return f"{entry.by.first_name}（{entry.by.username}）" if entry.by.first_name else entry.by.username


def what(entry: AuditEntry) -> str:
    return AuditVerb(entry.verb).label if entry.verb in AuditVerb.values else entry.verb


def which(entry: Any) -> str:
    """The kind of thing and its number; an account also by its name."""
    kind = subjects().get(entry.subject, entry.subject)
    return " ".join(filter(None, [kind, entry.subject_id, entry.account_name]))


def where(entry: Any) -> str:
    return entry.organisation_name or ""


def detail(entry: AuditEntry) -> str:
    """Codes one by one in words: a duty, a list, names of fields."""
    fields = _fields(entry.subject)
    return " ".join(
        CODES.get(code, fields.get(code, code)) for code in entry.detail.replace(",", " ").split()
    )


@cache
def _fields(subject: str) -> dict[str, str]:
    models = [model for model in apps.get_models() if model._meta.model_name == subject]
    return {field.name: str(field.verbose_name) for model in models for field in model._meta.fields}
