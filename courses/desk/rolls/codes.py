"""签到 with codes: the door's of the day, shown large or printed; vouchers, scanned or typed one after the other."""

from django.conf import settings
from django.contrib import messages
from django.urls import reverse
from django.utils import timezone

from cms.services.qr import qr_svg
from courses.desk.base import DeskPage
from courses.desk.rolls.guests import LateGuestView
from courses.desk.rolls.roll import RollMixin
from courses.enums import SessionState
from courses.forms.rolls import ScanForm
from courses.services.roll_call.check_in import HERE_ALREADY, check_in_by_voucher, door_code


class DoorCode(RollMixin, DeskPage):
    """门口的签到码: good for this session, on its day."""

    template_name = "courses/desk/rolls/door.html"
    page_title = "门口的签到码"

    def get_above(self):
        return [*super().get_above(), ("点名", self.roll_url)]

    def get_context_data(self, **kwargs):
        now = timezone.now()
        address = settings.PUBLIC_URL + reverse("check_in", args=[door_code(self.session, now=now)])
        return super().get_context_data(**kwargs) | {
            "code": qr_svg(address, title="二维码，打开今天的签到页", scale=None, error="q"),
            "called": self.called,
            "refusal": self.refusal() if self.session.state != SessionState.PLANNED else "",
            "is_today": self.session.on == timezone.localdate(),
        }


class ScanVouchers(LateGuestView):
    """扫报名凭证: a scanner types into the field and presses Enter; the field is ready for the next one."""

    page_title = "扫报名凭证"
    form_class = ScanForm
    submit_label = "签到"
    done = ""
    explained = "把光标放在格子里，扫凭证上的码，或者填 8 个数字，按回车。一个接一个。"

    def save(self, form) -> str:
        scanned, because = form.cleaned_data["scanned"], form.why()
        learner, line = check_in_by_voucher(
            session=self.session, scanned=scanned, by=self.by, now=timezone.now(), because=because
        )
        words = "到了" if line else HERE_ALREADY
        messages.success(self.request, f"{learner.name}：{words}")
        return self.request.path
