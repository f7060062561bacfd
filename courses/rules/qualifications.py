"""What somebody must have proved before they stand in a class, and how far they are, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from courses.enums import QualificationKind, TeachingRole

# Whoever helps has read the red lines of the service handbook (passwords, codes, money) and passed the quiz on them.
# A teacher has the quiz; the service handbook is the volunteers' book (design: HandbookKind.VOLUNTEERS).
NEEDED: dict[TeachingRole, tuple[QualificationKind, ...]] = {
    TeachingRole.TEACHER: (QualificationKind.SAFETY_QUIZ,),
    TeachingRole.VOLUNTEER: (QualificationKind.HANDBOOK_READ, QualificationKind.SAFETY_QUIZ),
}
_SHORT = {
    QualificationKind.HANDBOOK_READ: "服务手册",
    QualificationKind.SAFETY_QUIZ: "安全小测验",
    QualificationKind.TRAINING: "上岗培训",
}


class QualificationState(Enum):
    """How far somebody is. Whoever never proved something is MISSING it, also when something else has expired."""

    COMPLETE = "complete"
    MISSING = "missing"
    EXPIRED = "expired"


STATE_WORDS = {
    QualificationState.COMPLETE: "齐了",
    QualificationState.MISSING: "缺",
    QualificationState.EXPIRED: "过期",
}


@dataclass(frozen=True)
class Proof:
    """One thing that was proved: what, on which day, and the last day it holds (None: for good)."""

    kind: str
    passed_on: date
    valid_until: date | None = None

    def holds(self, *, on: date) -> bool:
        """True on the days from the proof to the last one, both included."""
        return self.passed_on <= on and (self.valid_until is None or on <= self.valid_until)


@dataclass(frozen=True)
class Standing:
    """What is missing and what has expired, in the order of NEEDED."""

    missing: tuple[QualificationKind, ...]
    expired: tuple[QualificationKind, ...]

    @property
    def state(self) -> QualificationState:
        """The one word for it."""
        if self.missing:
            return QualificationState.MISSING
        return QualificationState.EXPIRED if self.expired else QualificationState.COMPLETE

    @property
    def words(self) -> str:
        """As lists show it: 齐了, or 缺服务手册；安全小测验过期了."""
        lacks = [f"缺{_listed(self.missing)}"] if self.missing else []
        over = [f"{_listed(self.expired)}过期了"] if self.expired else []
        return "；".join([*lacks, *over]) or STATE_WORDS[QualificationState.COMPLETE]


def standing(*, role: str, proofs: Iterable[Proof], on: date) -> Standing:
    """Return how far somebody of this role is on that day."""
    known = [proof for proof in proofs if proof.passed_on <= on]
    needed = NEEDED[TeachingRole(role)]
    ever = {proof.kind for proof in known}
    now = {proof.kind for proof in known if proof.holds(on=on)}
    return Standing(
        missing=tuple(kind for kind in needed if kind not in ever),
        expired=tuple(kind for kind in needed if kind in ever - now),
    )


def _listed(kinds: Iterable[QualificationKind]) -> str:
    return "、".join(_SHORT[kind] for kind in kinds)


def proof_refusal(
    *, kind: str, passed_on: date, valid_until: date | None, edition: int | None, today: date
) -> tuple[str, str] | None:
    """Return the field that is wrong and why, or None."""
    if passed_on > today:
        return "passed_on", "这一天还没到。请填真正通过的那天。"
    if valid_until and valid_until < passed_on:
        return "valid_until", "有效到的日子在通过的日子前面。"
    if kind == QualificationKind.HANDBOOK_READ and not edition:
        return "edition", "读的是第几版？看手册封面，填一个数字。"
    return None
