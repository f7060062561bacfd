"""Giving a duty and taking it back. Each is put down."""

from datetime import date, timedelta

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone

from cms.enums import AuditVerb
from cms.models import User
from cms.services.audit import record
from courses.enums import Duty
from courses.errors import NotAllowed, Refused
from courses.models import Membership, Organisation, acting_membership
from courses.rules.duties import duties_given_by, duty_refusal
from courses.services.branches import refuse_unless_in_branch

# Made by a migration: lets people into the staff area and gives them nothing else there.
CLASS_STAFF = "班级工作人员"


def refuse_unless_may_give(*, by: User, duty: str, organisation: Organisation) -> None:
    """Raise NotAllowed unless ``by`` may give this duty there: inside the own branch, never above the own duty."""
    acting = acting_membership(by)
    if acting is None or duty not in duties_given_by(acting.duty):
        raise NotAllowed(f"您现在的身份不能给“{Duty(duty).label}”这个职责。")
    refuse_unless_in_branch(acting, organisation)


@transaction.atomic
def give_duty(
    *,
    user: User,
    organisation: Organisation,
    duty: str,
    by: User | None,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> Membership:
    """Give ``user`` a duty at an organisation; ``by`` None is the system itself (demo, a command).

    Raises NotAllowed, and Refused when the duty does not fit the organisation, is held there already or ends
    before it starts.
    """
    starts = starts_on or timezone.localdate()
    if by is not None:
        refuse_unless_may_give(by=by, duty=duty, organisation=organisation)
    if words := duty_refusal(duty=duty, organisation_kind=organisation.kind):
        raise Refused("duty-does-not-fit", words, fields={"duty": words})
    if ends_on and ends_on < starts:
        words = "到期的日子在开始的日子前面。"
        raise Refused("ends-before-start", words, fields={"ends_on": words})
    # Two clicks at once must not give it twice.
    User.objects.select_for_update().get(pk=user.pk)
    held = Membership.objects.filter(user=user, organisation=organisation, duty=duty)
    if held.current(on=starts).exists():
        words = "这个人在这里已经有这个职责了。"
        raise Refused("has-duty-already", words, fields={"duty": words})
    membership = Membership.objects.create(
        user=user, organisation=organisation, duty=duty, starts_on=starts, ends_on=ends_on
    )
    user.groups.add(Group.objects.get(name=CLASS_STAFF))
    record(AuditVerb.DUTY_GIVEN, by=by, subject=membership, organisation_id=organisation.pk, detail=duty)
    return membership


@transaction.atomic
def end_duty(*, membership: Membership, by: User | None, on: date | None = None) -> Membership:
    """Take a duty back: ``on`` is its last day; without one it ends at once. ``by`` None is the system itself.

    Who has no duty left leaves the group that lets class staff in. Raises NotAllowed, and Refused when it has ended
    already, when the day is past, or when it is the one ``by`` works under.
    """
    today = timezone.localdate()
    # A duty that lasts until yesterday does not hold today.
    last_day = on or today - timedelta(days=1)
    held = Membership.objects.select_for_update().select_related("organisation").get(pk=membership.pk)
    if by is not None:
        refuse_unless_may_give(by=by, duty=held.duty, organisation=held.organisation)
        if held.pk == acting_membership(by).pk:
            raise Refused("own-duty", "这是您正在用的身份，不能自己收回。请找另一位管理员。")
    if held.ends_on and held.ends_on < today:
        raise Refused("ended-already", "这个职责已经收回了。")
    if on and on < today:
        words = "最后一天不能在今天前面。马上收回，就空着不填。"
        raise Refused("ends-in-the-past", words, fields={"ends_on": words})
    held.ends_on, held.is_acting = last_day, held.is_acting and last_day >= today
    held.save(update_fields=["ends_on", "is_acting"])
    if not Membership.objects.filter(user=held.user_id).lasting(on=today).exists():
        held.user.groups.remove(Group.objects.get(name=CLASS_STAFF))
    record(AuditVerb.DUTY_ENDED, by=by, subject=held, organisation_id=held.organisation_id, detail=held.duty)
    return held
