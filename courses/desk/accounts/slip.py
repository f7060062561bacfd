"""登录单: a sheet of paper with a link that is good once. It is the answer to a POST: its address leads nowhere."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from cms.services.qr import qr_svg
from courses.desk.accounts.accounts import show_url
from courses.desk.accounts.editing import AccountForm
from courses.errors import Refused
from courses.services.accounts import Slip, give_log_in_slip


class LogInSlip(AccountForm):
    """Asks first, because the old password is gone then; answers with the slip itself."""

    page_title = "打印登录单"
    submit_label = "打印登录单"

    @property
    def question(self):
        if self.account.has_usable_password():
            return "打印了新的登录单，原来的密码马上不能用，本人要重新设。"
        return "打印了新的，以前打印的就不能用了。"

    def form_valid(self, form):
        try:
            slip = give_log_in_slip(user=self.account, by=self.manager)
        except Refused as refusal:
            form.refuse(refusal)
            return self.form_invalid(form)
        return self._printed(slip)

    def _printed(self, slip: Slip) -> HttpResponse:
        link = settings.PUBLIC_URL + reverse("first_password_link", args=[slip.who, slip.proof])
        context = {
            "page_title": "登录单",
            "account": self.account,
            "link": link,
            "log_in": settings.PUBLIC_URL + reverse("wagtailadmin_home"),
            "qr": qr_svg(link, title="用手机扫这张图，设密码", scale=4),
            "valid_until": slip.valid_until,
            "back_url": show_url(self.account),
        }
        response = render(self.request, "courses/desk/accounts/slip.html", context)
        response["Referrer-Policy"] = "no-referrer"
        return response
