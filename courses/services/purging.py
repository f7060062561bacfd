"""Doing away with personal data when its time is up; what was counted stays counted."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import CharField, Exists, OuterRef, Q
from django.db.models.functions import Cast
from django.utils import timezone

from cms.enums import AuditVerb
from cms.models import AuditEntry, User
from cms.services.audit import purge_audit, record
from courses.models import Learner, TeachingPerson
from courses.rules.personal_data import Period
from courses.services.learners.erasing import forget
from courses.services.personal_data import days
from courses.services.roll_paper import photos

GONE = "（已离开）"
# One transaction each: a purge of thousands must not hold up those who register.
AT_ONCE = 200


def purge_expired(*, now: datetime) -> dict[str, int]:
    """Do away with what is kept no longer; return how many of each. Doing it again finds nothing."""
    audit_since = now - timedelta(days=days(Period.AUDIT))
    return {
        "学员": _forget_learners(now - timedelta(days=days(Period.LEARNER))),
        "教师和志愿者": _forget_people(timezone.localdate(now) - timedelta(days=days(Period.PERSON))),
        "签到表照片": photos.purge(older_than=now - timedelta(days=days(Period.EVIDENCE)), now=now),
        "操作记录": purge_audit(now=now),
        "账号": _forget_accounts(audit_since),
    }


def _forget_learners(unseen_since: datetime) -> int:
    expired, count = Learner.objects.canonical().not_seen_since(unseen_since).order_by("pk"), 0
    while batch := _forget_some(expired):
        count += batch
    return count


@transaction.atomic
def _forget_some(expired) -> int:
    batch = list(expired.select_for_update(of=("self",))[:AT_ONCE])
    for learner in batch:
        forget(learner)
        record(AuditVerb.DELETED, by=None, subject=learner, detail="expired")
    return len(batch)


@transaction.atomic
def _forget_people(left_before: date) -> int:
    expired = list(
        TeachingPerson.objects.select_for_update().filter(left_on__lt=left_before).exclude(name=GONE)
    )
    for person in expired:
        person.name, person.listed_consent_on = GONE, None
        person.keep_phone("")
        person.save()
        record(AuditVerb.DELETED, by=None, subject=person, detail="expired")
    return len(expired)


@transaction.atomic
def _forget_accounts(idle_since: datetime) -> int:
    """Accounts that are disabled, and have neither done anything nor had anything done to them that is still kept."""
    done = AuditEntry.objects.filter(by=OuterRef("pk"))
    about = AuditEntry.objects.filter(subject="user", subject_id=Cast(OuterRef("pk"), CharField()))
    idle = Q(date_joined__lt=idle_since) & (Q(last_login=None) | Q(last_login__lt=idle_since))
    disabled = User.objects.filter(idle, is_active=False).exclude(username__startswith="gone-")
    expired = list(disabled.filter(~Exists(done), ~Exists(about)))
    for user in expired:
        user.username, user.first_name, user.last_name, user.email = f"gone-{user.pk}", "", "", ""
        user.save(update_fields=["username", "first_name", "last_name", "email"])
    return len(expired)
