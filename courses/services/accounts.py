"""Accounts of staff: opening, disabling, enabling, and a new log-in slip. Each is put down.

A manager does this to people all of whose duties lie in the own branch and none above the own duty. An account that
also writes content, or runs the whole site, is beyond that: with its password one would get more than one has.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from pypinyin import lazy_pinyin

from cms.enums import AuditVerb
from cms.models import User
from cms.services import second_factor
from cms.services.audit import record
from cms.services.first_passwords import forget_password, link_parts
from cms.services.log_ins import unlock
from courses.enums import Duty
from courses.errors import NotAllowed, Refused
from courses.models import Membership, Organisation, acting_membership, organisation_id_of
from courses.rules.duties import duties_given_by
from courses.rules.names import name_refusal, tidy
from courses.services.duties import CLASS_STAFF, give_duty, refuse_unless_may_give

USER_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{2,29}")


@dataclass(frozen=True)
class Slip:
    """What stands on a log-in slip: the parts of the link's address, and until when it is good."""

    who: str
    proof: str
    valid_until: datetime


def suggested_user_name(name: str) -> str:
    """Return a user name that nobody has, from the pinyin of a person's name."""
    spelt = re.sub(r"[^a-z0-9]", "", "".join(lazy_pinyin(name)).lower())[:24]
    root = spelt if len(spelt) >= 3 else f"{spelt}laoshi"
    taken = set(User.objects.filter(username__startswith=root).values_list("username", flat=True))
    return next(
        each for each in (root, *(f"{root}{n}" for n in range(2, len(taken) + 3))) if each not in taken
    )


@transaction.atomic
def open_account(
    *, name: str, organisation: Organisation, duty: str, by: User, user_name: str = "", **period: Any
) -> User:
    """Open an account with its first duty. It has no password until somebody uses the log-in slip.

    ``period`` is what `give_duty` takes: starts_on, ends_on. Raises NotAllowed, and Refused for a name that is none,
    a user name that is taken or cannot be typed, and what `give_duty` refuses.
    """
    refuse_unless_may_give(by=by, duty=duty, organisation=organisation)
    name, user_name = tidy(name), user_name.strip().lower()
    if words := name_refusal(name):
        raise Refused("not-a-name", words, fields={"name": words})
    user_name = user_name or suggested_user_name(name)
    if not USER_NAME.fullmatch(user_name):
        words = "账号名用小写字母和数字，3 到 30 个，比如 zhoujianguo。"
        raise Refused("not-a-user-name", words, fields={"user_name": words})
    user = _kept(name, user_name)
    record(AuditVerb.CREATED, by=by, subject=user, organisation_id=organisation.pk)
    give_duty(user=user, organisation=organisation, duty=duty, by=by, **period)
    return user


def _kept(name: str, user_name: str) -> User:
    """Keep a new account without a password. Raises Refused when its user name is taken, also a moment ago."""
    user = User(username=user_name, first_name=name)
    user.set_unusable_password()
    try:
        with transaction.atomic():
            if User.objects.filter(username__iexact=user_name).exists():
                raise IntegrityError
            user.save()
    except IntegrityError:
        words = f"这个账号名有人用了。换一个，比如：{suggested_user_name(user_name)}。"
        raise Refused("user-name-taken", words, fields={"user_name": words}) from None
    return user


@transaction.atomic
def give_log_in_slip(*, user: User, by: User) -> Slip:
    """Make the old password worthless and give a link to set a new one. Raises NotAllowed, Refused when disabled."""
    user = refuse_unless_manages(by=by, user=user)
    if not user.is_active:
        raise Refused("is-disabled", "这个账号停用了。先恢复，再打印登录单。")
    forget_password(user)
    unlock(user)
    who, proof = link_parts(user)
    _put_down(AuditVerb.INVITED, user, by)
    return Slip(who, proof, timezone.now() + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT))


@transaction.atomic
def disable_account(*, user: User, by: User) -> None:
    """Let nobody in under this account from now on, not even who is in now. Raises NotAllowed, Refused when it is so.

    Its password goes too: enabling it again must not bring an old session or an old link back to life.
    """
    user = refuse_unless_manages(by=by, user=user)
    if not user.is_active:
        raise Refused("is-disabled-already", "这个账号已经停用了。")
    user.is_active = False
    user.save(update_fields=["is_active"])
    forget_password(user)
    _put_down(AuditVerb.DISABLED, user, by)


@transaction.atomic
def enable_account(*, user: User, by: User) -> None:
    """Let the account be used again, with a new log-in slip. Raises NotAllowed, Refused when it is enabled."""
    user = refuse_unless_manages(by=by, user=user)
    if user.is_active:
        raise Refused("is-enabled-already", "这个账号没有停用。")
    user.is_active = True
    user.save(update_fields=["is_active"])
    _put_down(AuditVerb.ENABLED, user, by)


@transaction.atomic
def drop_second_factor(*, user: User, by: User) -> None:
    """Forget somebody's telephone, who lost it. Raises NotAllowed, Refused when there is none."""
    user = refuse_unless_manages(by=by, user=user)
    if not second_factor.is_set_up(user):
        raise Refused("has-no-second-factor", "这个账号没有设动态码。")
    second_factor.drop(user=user, by=by)


def refuse_unless_manages(*, by: User, user: User) -> User:
    """Return the account as it is in the database now, locked. Raises NotAllowed unless ``by`` manages it."""
    locked = User.objects.select_for_update().get(pk=user.pk)
    if words := why_not_managed(by=by, user=locked):
        raise NotAllowed(words)
    return locked


def why_not_managed(*, by: User, user: User) -> str:
    """Return why ``by`` cannot disable or reset this account, in words; "" when they can."""
    acting = acting_membership(by)
    if acting is None or not duties_given_by(acting.duty) or user.is_superuser:
        return "您现在的身份不能管这个账号。"
    if user.pk == by.pk:
        return "这是您自己的账号。改密码请到“账户”；别的事请找另一位管理员。"
    return _why_beyond(acting, user)


def _why_beyond(acting: Membership, user: User) -> str:
    held = list(Membership.objects.filter(user=user).select_related("organisation"))
    branch, given = acting.organisation.lineage, duties_given_by(acting.duty)
    today = timezone.localdate()
    lasting = [each for each in held if each.ends_on is None or each.ends_on >= today]
    if any(not each.organisation.lineage.startswith(branch) for each in lasting or held):
        return "这个人在别处也有职责。请找上一级管理员。"
    if any(each.duty not in given for each in lasting):
        return "这个人的职责比您高。请找上一级管理员。"
    if acting.duty != Duty.CITY_MANAGER and _does_more(user):
        return "这个人还管着网站的内容。请找市级管理员。"
    return "" if held else "您现在的身份不能管这个账号。"


def _does_more(user: User) -> bool:
    others = Group.objects.filter(user=OuterRef("pk")).exclude(name=CLASS_STAFF)
    rights = Permission.objects.filter(user=OuterRef("pk"))
    return User.objects.filter(Exists(others) | Exists(rights), pk=user.pk).exists()


def _put_down(verb: AuditVerb, user: User, by: User) -> None:
    record(verb, by=by, subject=user, organisation_id=organisation_id_of(user))
