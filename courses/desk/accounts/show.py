"""One account: its duties, and what can be done about it."""

from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property

from cms.services import second_factor
from courses.desk.accounts.accounts import AccountsMixin, last_log_in, show_url, state_of
from courses.desk.listing import Button
from courses.desk.showing import DeskShow, Fact, Part
from courses.models import Membership
from courses.rules.duties import duties_given_by
from courses.services.accounts import why_not_managed


class OneAccount(AccountsMixin):
    """A screen about one account of the branch; 404 for any other."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.key = kwargs["pk"]

    def dispatch(self, request, *args, **kwargs):
        self._account = None
        return super().dispatch(request, *args, **kwargs)

    @property
    def account(self) -> Any:
        """The account; asked once, after it is known who asks."""
        if self._account is None:
            self._account = self.found(self.get_accounts(), self.key)
        return self._account

    def get_above(self):
        name = self.account.first_name or self.account.username
        return [("账号", reverse("desk:accounts")), (name, show_url(self.account))]


class AccountPage(OneAccount, DeskShow):
    """Facts, duties in the branch, and buttons for what this manager may do."""

    @cached_property
    def why_not(self) -> str:
        """Why this manager can do nothing about the account, in words; "" when they can."""
        return why_not_managed(by=self.manager, user=self.account)

    @property
    def is_own(self) -> bool:
        """True when managers look at their own account: nobody gives themselves duties."""
        return self.account.pk == self.manager.pk

    @cached_property
    def has_second_factor(self) -> bool:
        return second_factor.is_set_up(self.account)

    def get_page_title(self):
        return self.account.first_name or self.account.username

    def get_above(self):
        return super().get_above()[:1]

    def get_facts(self):
        return [
            Fact("账号名", self.account.username),
            Fact("状态", state_of(self.account)),
            Fact("上次登录", last_log_in(self.account)),
            Fact("动态码", "设好了" if self.has_second_factor else "没有设"),
            Fact("注意", self.why_not),
        ]

    def get_parts(self):
        lines = [self._line(each) for each in self.account.duties_here]
        more = [] if self.is_own else [Button("再给一个职责", self._url("account_duty_new"))]
        return [Part("职责", lines=lines, empty="现在没有职责，登录了也看不到什么。", buttons=more)]

    def get_buttons(self):
        if self.why_not:
            return []
        if not self.account.is_active:
            return [Button("恢复这个账号", self._url("account_enable"), is_chief=True)]
        buttons = [
            Button("打印登录单", self._url("account_slip"), is_chief=True),
            Button("停用", self._url("account_disable")),
        ]
        if self.has_second_factor:
            buttons.append(Button("取消动态码", self._url("account_second_factor")))
        return buttons

    def _line(self, held: Membership) -> tuple[str, str, str]:
        """A duty of somebody else, of one's own rank or below, leads to where it is taken back."""
        if self.is_own or held.duty not in duties_given_by(self.acting.duty):
            return str(held), "", _period(held)
        return str(held), self._url("account_duty_end", held.pk), f"{_period(held)}。点进去可以收回"

    def _url(self, name: str, *more: int) -> str:
        return reverse(f"desk:{name}", args=[self.account.pk, *more])


def _period(membership: Membership) -> str:
    start = f"{membership.starts_on:%Y-%m-%d} 起"
    return f"{start}，到 {membership.ends_on:%Y-%m-%d}" if membership.ends_on else start
