"""Opening an account, giving and ending duties, disabling and enabling."""

from django.http import Http404
from django.urls import reverse

from courses.desk.accounts.accounts import AccountsMixin, show_url
from courses.desk.accounts.show import OneAccount
from courses.desk.editing import DeskFormView
from courses.enums import Right
from courses.forms.accounts import DutyForm, EndDutyForm, NewAccountForm
from courses.forms.desk import DeskForm
from courses.services import accounts
from courses.services.duties import end_duty, give_duty


class NewAccount(AccountsMixin, DeskFormView):
    """A person, a user name, a first duty; then one prints the log-in slip."""

    page_title = "开一个新账号"
    right_to_change = Right.MANAGE_ACCOUNTS
    form_class = NewAccountForm
    submit_label = "开账号"
    done = "账号开好了。接下来，打印登录单，交给本人。"

    def get_above(self):
        return [("账号", reverse("desk:accounts"))]

    def save(self, form):
        return show_url(accounts.open_account(**form.cleaned_data, by=self.manager))


class AccountForm(OneAccount, DeskFormView):
    """Something done to one account, after which one sees it again; the list, when it has left the branch by that."""

    right_to_change = Right.MANAGE_ACCOUNTS
    form_class = DeskForm

    def save(self, form):
        self.do(form)
        is_still_here = self.get_accounts().filter(pk=self.key).exists()
        return show_url(self.account) if is_still_here else reverse("desk:accounts")

    def do(self, form) -> None:
        """Do it by a service."""
        raise NotImplementedError


class NewDuty(AccountForm):
    page_title = "再给一个职责"
    form_class = DutyForm
    submit_label = "给这个职责"
    done = "职责给好了。"

    def do(self, form):
        give_duty(user=self.account, by=self.manager, **form.cleaned_data)


class EndDuty(AccountForm):
    """Takes back one duty of those shown; 404 for any other."""

    page_title = "收回职责"
    form_class = EndDutyForm
    submit_label = "收回"
    is_dangerous = True
    done = "收回了。"

    @property
    def membership(self):
        for each in self.account.duties_here:
            if each.pk == self.kwargs["duty"]:
                return each
        raise Http404

    @property
    def question(self):
        return f"收回“{self.membership}”？收回了，这个人就看不到那里的事。做过的事都还在。"

    def do(self, form):
        end_duty(membership=self.membership, by=self.manager, on=form.cleaned_data["ends_on"])


class Disable(AccountForm):
    page_title = "停用账号"
    question = "停用以后，这个人马上就进不来，正在用的也会退出。做过的事都还在，以后可以恢复。"
    submit_label = "停用"
    is_dangerous = True
    done = "停用了。"

    def do(self, form):
        accounts.disable_account(user=self.account, by=self.manager)


class Enable(AccountForm):
    page_title = "恢复账号"
    question = "恢复以后，要打印一张新的登录单，本人重新设密码。"
    submit_label = "恢复"
    done = "恢复了。接下来，打印登录单，交给本人。"

    def do(self, form):
        accounts.enable_account(user=self.account, by=self.manager)


class DropSecondFactor(AccountForm):
    page_title = "取消动态码"
    question = "手机丢了、换了，才取消。请先当面或打电话认清是本人。下次登录，本人重新设。"
    submit_label = "取消动态码"
    is_dangerous = True
    done = "取消了。本人下次登录时重新设。"

    def do(self, form):
        accounts.drop_second_factor(user=self.account, by=self.manager)
