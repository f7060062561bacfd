"""Making one learner of two rows of the same person, and taking that back."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from cms.enums import AuditVerb
from cms.models import User
from cms.services.audit import record
from courses.enums import Right
from courses.errors import Refused
from courses.models import Learner, LearnerPlace
from courses.services.counting.keeping import recounting
from courses.services.enrolment.giving_up import unite
from courses.services.learners.guard import (
    acting_organisation_id,
    locked,
    refuse_unless_sees,
    refuse_unless_there,
)
from courses.services.roll_call.restating import MERGED, PARTED, put_right_people
from courses.services.study.studying import take_over

BLANKS = ("birth_year", "says_senior", "sex", "area", "contact_name", "contact_phone")


@transaction.atomic
def merge(*, keep: Learner, drop: Learner, by: User | None) -> Learner:
    """Let ``drop`` count as ``keep`` from now on, which is returned; its row and its attendances stay.

    What was merged into ``drop`` before follows, ``keep`` becomes known wherever ``drop`` was, and its blanks are
    filled; lines of the roll that were judged by another year of birth are put right. Raises NotAllowed, Refused.
    """
    if keep.pk == drop.pk:
        raise Refused("same-row", "这是同一条，不用合并。请选另一条。")
    refuse_unless_sees(Right.CHANGE_LEARNERS, by=by, learners=(keep, drop))
    now = timezone.now()
    with recounting([keep.pk, drop.pk]):
        keep, drop = locked(keep, drop)
        for each in (keep, drop):
            refuse_unless_there(each)
        Learner.objects.filter(merged_into=drop).update(merged_into=keep)
        drop.merged_into = keep
        drop.save(update_fields=["merged_into"])
        _fill_blanks(keep, drop)
        put_right_people(keep, because=MERGED, by=by, now=now)
    unite(keep=keep, drop=drop, now=now, by=by)
    take_over(keep=keep, drop=drop)
    _unite_places(keep, drop)
    organisation = acting_organisation_id(by)
    record(AuditVerb.MERGED, by=by, subject=keep, organisation_id=organisation, detail=f"from {drop.pk}")
    record(AuditVerb.MERGED, by=by, subject=drop, organisation_id=organisation, detail=f"into {keep.pk}")
    return keep


@transaction.atomic
def unmerge(*, learner: Learner, by: User | None) -> Learner:
    """Let a merged row be a learner of its own again; what the other one took over from it stays there.

    Raises NotAllowed; Refused when it is not merged, when the other one has been erased, and when somebody of the
    same name and number is there by now.
    """
    refuse_unless_sees(Right.CHANGE_LEARNERS, by=by, learners=(learner,))
    try:
        with transaction.atomic(), recounting([learner.pk]):
            (row,) = locked(learner)
            if row.merged_into_id is None:
                raise Refused("not-merged", "这一条没有合并过，不用分开。")
            if row.erased_at:
                raise Refused("erased", "这位学员的资料已经删除了，分不开了。")
            kept, row.merged_into = row.merged_into_id, None
            row.save(update_fields=["merged_into"])
            put_right_people(row, because=PARTED, by=by, now=timezone.now())
    except IntegrityError:
        words = "现在已经有一位同姓名、同电话的学员。先把那一位的姓名或电话改对，再分开。"
        raise Refused("same-person", words) from None
    detail = f"unmerged {kept}"
    record(AuditVerb.CHANGED, by=by, subject=row, organisation_id=acting_organisation_id(by), detail=detail)
    return row


def _unite_places(keep: Learner, drop: Learner) -> None:
    """Both are known wherever one was, since when that was."""
    for place in LearnerPlace.objects.filter(learner=drop):
        there, added = LearnerPlace.objects.get_or_create(learner=keep, organisation_id=place.organisation_id)
        if added:
            LearnerPlace.objects.filter(pk=there.pk).update(since=place.since)


def _fill_blanks(keep: Learner, drop: Learner) -> None:
    for name in BLANKS:
        if not getattr(keep, name):
            setattr(keep, name, getattr(drop, name))
    if drop.phone_key and not keep.phone_key and not _is_taken(keep, drop.phone_key):
        keep.keep_phone(drop.whole_phone())
    keep.save()


def _is_taken(keep: Learner, phone_key: str) -> bool:
    same = Learner.objects.canonical().filter(phone_key=phone_key, name_key=keep.name_key)
    return same.exclude(pk=keep.pk).exists()
