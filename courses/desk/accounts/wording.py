"""What was put down, in words: the table itself holds numbers and codes."""

import re
from functools import cache
from typing import Any

from django.apps import apps
from django.utils import timezone

from cms.enums import AuditVerb
from cms.models import AuditEntry
from cms.services.audit import subjects
from courses.desk.menu import ITEMS
from courses.enums import Duty, QualificationKind, SessionChangeKind, TeachingRole

LISTS = {item.name: item.label for item in ITEMS}
PARTS = {
    "organisations": "机构",
    "accounts": "账号",
    "places": "场地",
    "people": "教师和志愿者",
    "learners": "学员",
    "enrolments": "报名",
}
# What codes mean wherever they stand.
CODES = {
    "idle": "离开太久",
    "published": "公布",
    "cancelled": "取消",
    "expired": "到期",
    "renewed": "换新",
    "removed": "去掉",
    "plan": "开班计划表",
    "timetable": "课表",
    "week": "一周",
    "term": "学期",
    "classes": "班级",
    "roster": "报名名单",
    "voucher": "报名凭证",
    "call-list": "电话名单",
    "heads": "没有名单的人数",
    "roll-sheet": "签到表",
    "roll-matrix": "签到总表",
    "number-cards": "号码牌",
    "offline-roll": "离线点名的名单",
    "meeting": "参会名单",
    "locked": "锁定",
    "seals": "封条",
    "locked-months": "锁定的月份",
    "progress-districts": "各区的人次",
    "progress-branches": "各机构的人次",
    "progress-scenarios": "各场景的人次",
    "progress-outcomes": "各课学会了没有",
    "silent-sessions": "还没点名的课",
    "doubled-sessions": "可能拆成两次的课",
    "sessions-without-teacher": "没有老师的课",
    "programmes": "年度计划",
    "add_programme": "加一年的计划",
    "change_programme": "改目标和日子",
    "set_point": "改进度点",
    "remove_point": "去掉进度点",
    "set_share": "改份额",
    "set_line": "改一条线",
    "remove_line": "去掉一条线",
    "clear_line_list": "清掉导入的名单",
    "line-list": "别的线的活动名单",
    "line-compare": "和别的线比对",
    "areas": "街镇",
    "audit": "操作记录",
    "sign": "门牌上的码",
    "picture": "照片",
    "opening_hours": "开放时间",
    "place": "登记的机构",
    "phone": "电话",
    "contact_phone": "联系人的电话",
    "responsible_phone": "责任人电话",
    "operator_phone": "专人电话",
    "aliases": "别名",
    "external_ids": "别的系统里的编号",
    "scenarios": "能教的场景",
    "availability": "有空的时候",
    "to-person": "交给本人",
    "self": "本人自己",
    "self-one": "本人自己，只有一次报名",
    "listed-consent-given": "同意列出姓名",
    "listed-consent-withdrawn": "不再同意列出姓名",
    "account-linked": "连上账号",
    "account-unlinked": "断开账号",
    **dict(TeachingRole.choices),
    **dict(QualificationKind.choices),
    **dict(Duty.choices),
    **LISTS,
}
# Codes that mean something else of one kind of thing.
OF_SUBJECT = {
    "classsession": {
        SessionChangeKind.MOVED.value: "改了时间或地点",
        SessionChangeKind.CANCELLED.value: "取消",
        SessionChangeKind.RESTORED.value: "恢复",
        SessionChangeKind.TEACHER.value: "换老师",
        SessionChangeKind.MADE_UP.value: "补课",
    },
}
# Codes that only make sense together.
SENTENCES = [
    (re.compile(pattern), words)
    for pattern, words in (
        (r"plan (\d+) of (\d+)", r"开班计划表：\2 个班，新建了 \1 个"),
        (r"line-list (\d+) (\d+) of (\d+)", r"别的线的活动名单：\3 行，加了 \1 个，改了 \2 个人次"),
        (r"meeting (\d+) of (\d+)", r"参会名单：认出 \2 位，新记 \1 位"),
        (r"into (\d+)", r"合并到 \1"),
        (r"from (\d+)", r"把 \1 合并进来"),
        (r"unmerged (\d+)", r"和 \1 分开"),
    )
]


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
    """Codes in words, together or one by one: a duty, a list, names of fields."""
    for pattern, sentence in SENTENCES:
        if found := pattern.fullmatch(entry.detail):
            return found.expand(sentence)
    words = CODES | _screens() | _fields(entry.subject) | OF_SUBJECT.get(entry.subject, {})
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
