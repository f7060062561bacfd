"""账号: who may log in, with which duties."""

from typing import Any

from django.db.models import Prefetch
from django.urls import reverse
from django.utils import timezone

from cms.models import User
from courses.desk.base import DeskMixin
from courses.desk.listing import Button, Column, DeskList
from courses.enums import Right
from courses.forms.accounts import AccountFilters
from courses.models import Membership, accounts_of, organisations_of


def show_url(account: User) -> str:
    """Return where an account is shown."""
    return reverse("desk:account", args=[account.pk])


def state_of(account: User) -> str:
    """Return in words whether an account is used."""
    if not account.is_active:
        return "停用"
    return "在用" if account.has_usable_password() else "还没设密码"


def duties_of(account: Any) -> str:
    """Return the duties in the branch that last, in words."""
    return "；".join(str(each) for each in account.duties_here) or "没有职责"


def last_log_in(account: User) -> str:
    """Return when somebody logged in last, in words."""
    return (
        timezone.localtime(account.last_login).strftime("%Y-%m-%d %H:%M") if account.last_login else "还没有"
    )


class AccountsMixin(DeskMixin):
    """The accounts of the branch, each with its duties there as ``duties_here``."""

    right = Right.MANAGE_ACCOUNTS
    header_icon = "key"

    @property
    def manager(self) -> Any:
        """The person who asks."""
        return self.request.user

    def get_accounts(self):
        here = Membership.objects.filter(organisation__in=organisations_of(self.request.user).values("pk"))
        lasting = here.lasting(on=timezone.localdate()).select_related("organisation")
        duties = Prefetch("memberships", lasting.order_by("starts_on", "pk"), to_attr="duties_here")
        return accounts_of(self.request.user).prefetch_related(duties)


class AccountList(AccountsMixin, DeskList):
    """Everybody with a duty in the branch."""

    page_title = "账号"
    filter_form = AccountFilters
    empty = "您这里还没有账号。"
    export_name = "accounts"
    columns = [
        Column("姓名", lambda each: each.first_name or each.username, url=show_url),
        Column("账号名", lambda each: each.username),
        Column("职责", duties_of),
        Column("状态", state_of),
        Column("上次登录", last_log_in, is_minor=True),
    ]

    def get_rows(self):
        return self.get_accounts().order_by("username")

    def get_buttons(self):
        return [Button("开一个新账号", reverse("desk:account_new"), is_chief=True)]
