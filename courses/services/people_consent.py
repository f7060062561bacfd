"""What needs care with somebody's data: being named in public, the whole telephone number, the account.

《上海市志愿服务条例》: without their consent nothing about a volunteer is published or handed on. Withdrawing is as
easy as agreeing, and holds at once.
"""

from datetime import date

from django.db import transaction
from django.utils import timezone

from cms.enums import AuditVerb
from cms.models import User
from cms.services.audit import record
from courses.enums import Right
from courses.errors import NotAllowed, Refused
from courses.models import Membership, TeachingPerson, organisations_of
from courses.services.branches import refuse_unless_may


@transaction.atomic
def give_listed_consent(*, person: TeachingPerson, on: date, by: User | None) -> TeachingPerson:
    """Put down that somebody agreed on that day to be named on class pages.

    Raises NotAllowed, and Refused when the day is yet to come or they agreed before.
    """
    refuse_unless_may(Right.CHANGE_PEOPLE, by=by, organisation=person.organisation)
    if person.listed_consent_on:
        raise Refused("agreed-already", f"{person.listed_consent_on:%Y-%m-%d} 已经同意过了。")
    if on > timezone.localdate():
        words = "这一天还没到。请填本人真正同意的那天。"
        raise Refused("day-to-come", words, fields={"on": words})
    return _set_consent(person, on, by)


@transaction.atomic
def withdraw_listed_consent(*, person: TeachingPerson, by: User | None) -> TeachingPerson:
    """Take the consent back; from now on no page names them. Raises NotAllowed, and Refused when there is none."""
    refuse_unless_may(Right.CHANGE_PEOPLE, by=by, organisation=person.organisation)
    if not person.listed_consent_on:
        raise Refused("no-consent", "本人没有同意过公开姓名，不用撤回。")
    return _set_consent(person, None, by)


def _set_consent(person: TeachingPerson, on: date | None, by: User | None) -> TeachingPerson:
    person.listed_consent_on = on
    person.save(update_fields=["listed_consent_on"])
    detail = "listed-consent-given" if on else "listed-consent-withdrawn"
    record(AuditVerb.CHANGED, by=by, subject=person, organisation_id=person.organisation_id, detail=detail)
    return person


@transaction.atomic
def reveal_phone(*, person: TeachingPerson, by: User) -> str:
    """Return the whole number and put down who asked. Raises NotAllowed, and Refused when there is none."""
    refuse_unless_may(Right.REVEAL_PHONES, by=by, organisation=person.organisation)
    number = person.whole_phone()
    if not number:
        raise Refused("no-phone", "这个人没有登记电话。")
    record(AuditVerb.REVEALED, by=by, subject=person, organisation_id=person.organisation_id, detail="phone")
    return number


@transaction.atomic
def link_account(*, person: TeachingPerson, user: User, by: User) -> TeachingPerson:
    """Say which account is theirs, so that they see their own record.

    Raises NotAllowed, also for an account without a duty inside the branch of ``by``, and Refused when they have an
    account already or another one of this organisation and role has it.
    """
    refuse_unless_may(Right.CHANGE_PEOPLE, by=by, organisation=person.organisation)
    if not accounts_to_link(by=by).filter(pk=user.pk).exists():
        raise NotAllowed("这个账号不在您管的范围里。")
    if person.user_id:
        raise Refused("has-account", "这个人已经连着一个账号。先断开，再连新的。")
    others = TeachingPerson.objects.filter(organisation=person.organisation, role=person.role, user=user)
    if other := others.first():
        words = f"这个账号已经连着 {other.number}。先到那一页断开。"
        raise Refused("account-taken", words, fields={"account": words})
    return _set_account(person, user, by, "account-linked")


@transaction.atomic
def unlink_account(*, person: TeachingPerson, by: User) -> TeachingPerson:
    """Part somebody from their account; the account itself stays. Raises NotAllowed, and Refused without one."""
    refuse_unless_may(Right.CHANGE_PEOPLE, by=by, organisation=person.organisation)
    if not person.user_id:
        raise Refused("no-account", "这个人没有连账号，不用断开。")
    return _set_account(person, None, by, "account-unlinked")


def accounts_to_link(*, by: User):
    """Return the active accounts that hold a duty now at an organisation in the branch of ``by``."""
    current = Membership.objects.current(on=timezone.localdate())
    here = current.filter(organisation_id__in=organisations_of(by).values("pk"))
    return User.objects.filter(is_active=True, pk__in=here.values("user_id")).order_by(
        "first_name", "username"
    )


def _set_account(person: TeachingPerson, user: User | None, by: User, detail: str) -> TeachingPerson:
    person.user = user
    person.save(update_fields=["user"])
    record(AuditVerb.CHANGED, by=by, subject=person, organisation_id=person.organisation_id, detail=detail)
    return person
