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

LISTS = {item.name: item.label for item in ITEMS}
PARTS = {
    "organisations": "机构",
    "accounts": "账号",
    "places": "场地",
    "people": "教师和志愿者",
    "learners": "学员",
}
CODES = {"idle": "离开太久", **dict(Duty.choices), **LISTS}


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
    words = CODES | _screens() | _fields(entry.subject)
    return " ".join(words.get(code, code) for code in entry.detail.replace(",", " ").split())


@cache
def _screens() -> dict[str, str]:
    """Return what each screen of the desk is called, by the name of its address."""
    # The desk's addresses import this file.
    from courses.desk import urls

    parts = [part for included in urls.urlpatterns for part in getattr(included, "url_patterns", [included])]
    return {f"desk:{part.name}": _screen(part.callback.view_class) for part in parts}


def _screen(view: Any) -> str:
    """Return the screen's title; one that is called after what it shows is a page of its part of the desk."""
    part = view.__module__.split(".")[2]
    return str(view.page_title) or f"{PARTS.get(part, '班级')}里的一页"


@cache
def _fields(subject: str) -> dict[str, str]:
    models = [model for model in apps.get_models() if model._meta.model_name == subject]
    return {field.name: str(field.verbose_name) for model in models for field in model._meta.fields}
