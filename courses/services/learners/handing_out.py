"""Giving a person a copy of everything that is kept about them: through staff, or to who holds the voucher."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from cms.enums import AuditVerb
from cms.models import User
from cms.services.audit import record
from courses.enums import EnrolmentState, Right
from courses.models import Attendance, Enrolment, EnrolmentEvent, Learner, LearnerPlace, organisations_of
from courses.services.learners.guard import (
    acting_organisation_id,
    refuse_unless_sees,
    refuse_unless_there,
)
from courses.services.personal_data import kept_until


@dataclass(frozen=True)
class EnrolmentCopy:
    """One enrolment in words: facts, what happened to it, what the person was told."""

    title: str
    facts: dict[str, str]
    events: list[dict[str, str]]
    messages: list[dict[str, str]]


@dataclass(frozen=True)
class PersonsCopy:
    """Everything about one person, in words: facts, where and since when they are known, what they enrolled for.

    ``is_whole`` False: what other districts keep is not in it, or anything but the one enrolment.
    """

    made_at: datetime
    facts: dict[str, str]
    places: list[tuple[str, str]]
    earlier: list[dict[str, str]]
    enrolments: list[EnrolmentCopy] = field(default_factory=list)
    attendances: list[dict[str, str]] = field(default_factory=list)
    is_whole: bool = False

    def as_json(self) -> dict[str, Any]:
        """Return it for another program."""
        return {
            "生成时间": f"{self.made_at:%Y-%m-%d %H:%M}",
            "资料": self.facts,
            "登记过的机构": [{"机构": name, "从": since} for name, since in self.places],
            "合并过来的": self.earlier,
            "报名": [
                {**each.facts, "经过": each.events, "告诉过您的": each.messages} for each in self.enrolments
            ],
            "签到": self.attendances,
        }


@transaction.atomic
def export_to_person(*, learner: Learner, by: User) -> PersonsCopy:
    """Return the copy a person is given when they ask staff for it, numbers whole. Put down.

    Where else they are known is not told: that is for the organisations there, which ``by`` does not see. Raises
    NotAllowed, Refused.
    """
    for right in (Right.EXPORT, Right.REVEAL_PHONES):
        refuse_unless_sees(right, by=by, learners=(learner,))
    own = organisations_of(by).values("pk")
    copy = _copy_of(
        learner,
        places=LearnerPlace.objects.filter(organisation_id__in=own),
        enrolments=Enrolment.objects.visible_to(by),
        attendances=Attendance.objects.visible_to(by),
        is_whole=False,
    )
    organisation = acting_organisation_id(by)
    record(AuditVerb.EXPORTED, by=by, subject=learner, organisation_id=organisation, detail="to-person")
    return copy


@transaction.atomic
def export_to_oneself(*, enrolment: Enrolment) -> PersonsCopy:
    """Return the copy for the person behind an enrolment, of what all organisations keep. Put down. Raises Refused.

    Where the enrolment does not prove who they are, the copy is of this enrolment alone.
    """
    learner = Learner.canonical_of(enrolment.learner_id)
    if enrolment.proves_who:
        copy, detail = _copy_of_all(learner), "self"
    else:
        copy, detail = _copy_of_one(enrolment, learner), "self-one"
    organisation = enrolment.run.organiser_id
    record(AuditVerb.EXPORTED, by=None, subject=learner, organisation_id=organisation, detail=detail)
    return copy


def _copy_of_all(learner: Learner) -> PersonsCopy:
    return _copy_of(
        learner,
        places=LearnerPlace.objects.all(),
        enrolments=Enrolment.objects.all(),
        attendances=Attendance.objects.all(),
        is_whole=True,
    )


def _copy_of_one(enrolment: Enrolment, learner: Learner) -> PersonsCopy:
    """Return what an enrolment alone says: of the learner nothing that its voucher does not show. Raises Refused."""
    refuse_unless_there(learner)
    return PersonsCopy(
        made_at=timezone.localtime(),
        facts={"姓名": enrolment.learner.name, "电话": enrolment.learner.masked_phone},
        places=[],
        earlier=[],
        enrolments=[_enrolment(enrolment)],
    )


def _copy_of(
    learner: Learner, *, places: Any, enrolments: Any, attendances: Any, is_whole: bool
) -> PersonsCopy:
    """Return what these rows say about a learner and about who was merged into them. Raises Refused."""
    learner = Learner.objects.select_related("area__parent").get(pk=learner.pk)
    refuse_unless_there(learner)
    merged = list(learner.merged.select_related("area__parent"))
    known = places.filter(learner=learner).select_related("organisation").order_by("since")
    rows = enrolments.filter(learner__in=[learner, *merged]).select_related("run__organiser")
    lines = attendances.filter(learner__in=[learner, *merged]).select_related("session__run")
    return PersonsCopy(
        made_at=timezone.localtime(),
        facts=_facts(learner) | {"保存到": f"{kept_until(learner):%Y-%m-%d}"},
        places=[(place.organisation.name, _day(place.since)) for place in known],
        earlier=[_facts(row) for row in merged],
        enrolments=[
            _enrolment(row)
            for row in rows.prefetch_related("events", "messages", "learner__studies__session").order_by(
                "created_at"
            )
        ],
        attendances=[_attendance(line) for line in lines.order_by("session__starts_at", "pk")],
        is_whole=is_whole,
    )


def _facts(learner: Learner) -> dict[str, str]:
    return {
        "姓名": learner.name,
        "电话": learner.whole_phone(),
        "出生年份": str(learner.birth_year or ""),
        "自己说满 60 岁": "是" if learner.says_senior else "",
        "性别": learner.get_sex_display(),
        "住在哪个街镇": learner.area.full_name if learner.area else "",
        "有事找谁": learner.contact_name,
        "那个人的电话": learner.whole_contact_phone(),
        "工作人员认过人": "是" if learner.is_identity_confirmed else "",
        "登记时间": _day(learner.created_at),
    }


def _enrolment(row: Enrolment) -> EnrolmentCopy:
    facts = {
        "班级": f"{row.run.title}（{row.run.code}）",
        "主办": row.run.organiser.name,
        "现在": row.get_state_display(),
        "报名时间": _minute(row.created_at),
        "怎么报的": row.get_through_display(),
        "谁填的": row.get_filled_by_display(),
        "有事找谁": row.contact_name,
        "那个人的电话": row.whole_contact_phone(),
        "凭证号": row.voucher,
        "同意的说明": f"第 {row.consent_version} 版，{_minute(row.consent_at)}",
        **_studied(row),
    }
    messages = [
        {
            "说什么": each.get_kind_display(),
            "什么时候": _minute(each.created_at),
            "到哪里了": each.get_state_display(),
        }
        for each in row.messages.all()
    ]
    return EnrolmentCopy(row.run.title, facts, list(_events(row.events.all())), messages)


def _studied(row: Enrolment) -> dict[str, str]:
    """Say how far the person is in the recorded sessions of a class, where there are any."""
    rows = [each for each in row.learner.studies.all() if each.session.run_id == row.run_id]
    return {
        f"自己学第 {each.session.number} 次课": (
            f"{_minute(each.completed_at)} 学完" if each.completed_at else f"看过、做过 {len(each.done)} 样"
        )
        for each in sorted(rows, key=lambda each: each.session.number)
    }


def _attendance(line: Attendance) -> dict[str, str]:
    """Say it of one line of the roll, of a corrected one too: each is kept. Who put it down is the staff's."""
    return {
        "哪一次课": f"{line.session.run.title}，{_minute(line.session.starts_at)}",
        "培训还是帮办": line.get_kind_display(),
        "什么时候到的": _minute(line.happened_at),
        "到了没有": line.get_state_display(),
        "在了几分钟": str(line.minutes or ""),
        "算一人次": "是" if line.counts else "",
        "怎么记的": f"{line.get_how_display()}，{_minute(line.recorded_at)}",
        "为什么改": line.because,
    }


def _events(events: Iterable[EnrolmentEvent]) -> Iterable[dict[str, str]]:
    """Say what happened and why. Which of the staff did it is theirs, not the person's."""
    for event in events:
        yield {
            "什么事": event.get_kind_display(),
            "什么时候": _minute(event.at),
            "后来": EnrolmentState(event.to_state).label,
            "谁": "工作人员" if event.by_id else "本人，或系统自动",
            "为什么": event.because,
        }


def _day(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d}"


def _minute(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}"
