"""Signing in with a code: the voucher's, which staff scan, or the door's, which is good for one session on its day."""

import re
import unicodedata
from dataclasses import replace
from datetime import datetime

from django.core import signing
from django.db import transaction
from django.utils import timezone

from cms.models import User
from courses.enums import EnrolmentState, RecordedHow, RecordKind
from courses.errors import Refused
from courses.models import Attendance, ClassSession, Enrolment, Learner
from courses.models.enrolment import VOUCHER_DIGITS
from courses.models.private import keyed_hash
from courses.rules.names import name_key
from courses.services.roll_call.marking import Mark, mark, refuse_unless_may_call
from courses.services.roll_call.roll import THERE, last_of
from courses.services.scheduling.locking import lock_session

SALT = "courses.door"
TAIL = 4
# What stands before the digits in a voucher's code.
VOUCHER = re.compile(rf"(?:SSXT:)?(\d{{{VOUCHER_DIGITS}}})")
SEVERAL = "有两位是这 4 个数字。请把姓名也填上。"
HERE_ALREADY = "已经签过到了，不用再签。"


def door_code(session: ClassSession, *, now: datetime) -> str:
    """Return the code for the door of a session on its day: signed, with the session, the day and when it was made."""
    return signing.dumps([session.pk, session.on.isoformat(), int(now.timestamp())], salt=SALT)


def session_behind(token: str, *, now: datetime) -> ClassSession:
    """Return the session that a door's code stands for today. Raises Refused for a forged one and for another day's."""
    try:
        pk, day, _ = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        raise Refused("forged", "这个码不对。请扫教室门口的码，或者请老师帮您签。") from None
    rows = ClassSession.objects.select_related("run__organiser__area", "venue", "room", "teacher")
    session = rows.filter(pk=pk).first()
    today = timezone.localtime(now).date()
    if session is None or day != today.isoformat() or session.on != today:
        raise Refused("other-day", "这个码不是今天的，用不了。请扫教室门口今天的码。")
    return session


def check_in_at_door(*, token: str, digits: str, name: str = "", now: datetime) -> Attendance | None:
    """Put down somebody who scanned the door's code and gave the last four digits of their telephone.

    Who has no telephone gives the year of birth. Two with the same digits, such as a couple, give the name as well.
    Returns None for who is down already. Raises Refused.
    """
    session = session_behind(token, now=now)
    learner = _enrolled_with(session, _digits(digits), name)
    return _present(session, learner, by=None, now=now)


def check_in_by_voucher(
    *, session: ClassSession, scanned: str, by: User | None, now: datetime, because: str = ""
) -> tuple[Learner, Attendance | None]:
    """Put down the learner whose voucher was scanned, or typed; return them, and None where they are down already.

    ``because`` is wanted where the month was reported already. Raises NotAllowed, Refused: also for a voucher of
    another class.
    """
    refuse_unless_may_call(session, by=by)
    found = VOUCHER.fullmatch(unicodedata.normalize("NFKC", scanned).replace(" ", "").strip())
    if found is None:
        raise Refused("no-voucher", f"这不是报名凭证。凭证是 {VOUCHER_DIGITS} 个数字。")
    rows = Enrolment.objects.with_voucher(found[1]).select_related("learner__merged_into", "run")
    here = rows.filter(run=session.run_id).first()
    if here is None:
        raise _not_here(rows.first())
    if here.state != EnrolmentState.CONFIRMED:
        raise Refused("no-seat", f"这张凭证现在没有座位（{here.get_state_display()}）。请在名单里登记。")
    learner = here.learner.merged_into or here.learner
    return learner, _present(session, learner, by=by, now=now, because=because)


def _not_here(other: Enrolment | None) -> Refused:
    if other is None:
        return Refused("unknown-voucher", "查不到这张凭证。请对一对号码，或者按姓名点名。")
    return Refused("other-class", f"这张凭证是另一个班的：{other.run}。要插班，请按“临时来了一位”。")


@transaction.atomic
def _present(
    session: ClassSession, learner: Learner, *, by: User | None, now: datetime, because: str = ""
) -> Attendance | None:
    lock_session(session)
    wanted = Mark(learner=learner, how=RecordedHow.QR, kind=RecordKind.TRAINING, because=because)
    rows = Attendance.objects.last().by_person().filter(session=session, person=learner.pk)
    last = last_of(list(rows))
    if last is not None and last.state in THERE and last.kind == RecordKind.TRAINING:
        # A code takes nothing back of what is known better: 迟到, or 早退 after too short a time to count.
        wanted = replace(wanted, state=last.state, minutes=last.minutes)
    lines = mark(session=session, marks=[wanted], by=by, now=now)
    return lines[0] if lines else None


def _enrolled_with(session: ClassSession, digits: str, name: str) -> Learner:
    if len(digits) != TAIL:
        raise Refused(
            "digits",
            f"请填 {TAIL} 个数字。",
            fields={"digits": f"请填 {TAIL} 个数字，您填了 {len(digits)} 个。"},
        )
    seated = Enrolment.objects.filter(run=session.run_id, state=EnrolmentState.CONFIRMED)
    rows = seated.select_related("learner__merged_into")
    # Of two rows of one person, one.
    everybody = {row.pk: row for each in rows if (row := each.learner.merged_into or each.learner)}
    found = [learner for learner in everybody.values() if _fits(learner, digits)]
    if len(found) > 1 and not name.strip():
        raise Refused("several", SEVERAL, fields={"name": SEVERAL})
    if len(found) > 1:
        found = [learner for learner in found if learner.name_key == name_key(name)]
    if len(found) != 1:
        raise Refused("not-enrolled", "名单里没有找到您。请看看数字对不对，或者请老师帮您登记。")
    return found[0]


def _fits(learner: Learner, digits: str) -> bool:
    if learner.phone_tail_key:
        return learner.phone_tail_key == keyed_hash("tail", digits)
    return str(learner.birth_year) == digits


def _digits(written: str) -> str:
    return re.sub(r"[^0-9]", "", unicodedata.normalize("NFKC", written[:100]))
