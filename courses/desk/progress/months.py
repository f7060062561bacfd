"""锁定的月份: what a district reported, and what was corrected since; the seals of recorded days."""

from django.urls import reverse
from django.utils import timezone

from courses.desk.base import who_words
from courses.desk.editing import DeskFormView
from courses.desk.listing import Button, Column, DeskList
from courses.desk.progress.boards import ABOVE
from courses.enums import Right
from courses.forms.months import LockMonthForm, in_words
from courses.models import DailySeal
from courses.services.counting.months import closed_months, lock_month, locked_months
from courses.services.counting.seals import head
from courses.services.counting.totals import Place, total
from courses.services.progress.places import districts_seen_by


class MonthList(DeskList):
    """Closed months, the newest first, with what changed since."""

    page_title = "锁定的月份"
    right = Right.SEE_AUDIT
    header_icon = "lock"
    template_name = "courses/desk/progress/months.html"
    unit = "个月"
    empty = "还没有锁定过。"
    export_name = "locked-months"
    columns = [
        Column("月份", lambda each: f"{each.lock.month:%Y-%m}", is_whole=True),
        Column("区", lambda each: each.lock.district.name),
        Column("锁定时人次", lambda each: each.lock.reported, is_number=True),
        Column("现在人次", lambda each: each.reported, is_number=True),
        Column("差多少", lambda each: each.difference, is_number=True),
        Column("锁定后改了几处", lambda each: each.corrections, is_number=True),
        Column("锁定时人数", lambda each: each.lock.people, is_number=True, is_minor=True),
        Column("谁锁的", lambda each: who_words(each.lock.by), is_minor=True),
        Column("什么时候", lambda each: f"{timezone.localtime(each.lock.at):%Y-%m-%d %H:%M}", is_minor=True),
    ]

    def get_above(self):
        return [(ABOVE, reverse("desk:progress_board"))]

    def get_rows(self):
        return locked_months(*districts_seen_by(self.acting))

    def get_buttons(self):
        if not self.may(Right.LOCK_MONTHS):
            return []
        return [Button("锁定一个月", reverse("desk:lock_month"), is_chief=True)]

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"seal": head()}


class LockMonth(DeskFormView):
    """Closes a month of a district: first its numbers are shown, then it is asked once more."""

    page_title = "锁定一个月"
    right = Right.LOCK_MONTHS
    header_icon = "lock"
    form_class = LockMonthForm
    template_name = "courses/desk/progress/lock_month.html"
    submit_label = "下一步"
    is_dangerous = True
    question = "只能选过完了、还没锁定的月份。锁定以后不能打开。"
    done = "锁定了。"

    def get_above(self):
        months = ("锁定的月份", reverse("desk:locked_months"))
        return [(ABOVE, reverse("desk:progress_board")), months]

    def get_form_kwargs(self):
        districts = districts_seen_by(self.acting)
        more = {"districts": districts, "closed": closed_months(districts), "today": timezone.localdate()}
        return super().get_form_kwargs() | more

    def form_valid(self, form):
        """Whoever was asked about another month, or another number, is asked anew."""
        district, month = form.cleaned_data["district"], form.cleaned_data["month"]
        now = total(Place.of_district(district), f"{month:%Y-%m}")
        sure = f"{district.pk} {month} {now.attendances} {now.people}"
        if self.request.POST.get("sure") == sure:
            return super().form_valid(form)
        numbers = f"{district.name}{in_words(month)}：{now.attendances} 人次，{now.people} 人。"
        asked = {
            "sure": sure,
            "question": f"{numbers}锁定以后不能打开，再改要写原因，会写成更正，看得见。确定吗？",
            "submit_label": "确定，锁定",
        }
        return self.render_to_response(self.get_context_data(form=form) | asked)

    def save(self, form) -> str:
        lock_month(**form.cleaned_data, by=self.by, now=timezone.localtime())
        return reverse("desk:locked_months")


class SealList(DeskList):
    """The seals, the newest first: whoever keeps a copy can tell later whether anything before was changed."""

    page_title = "每天的封条"
    right = Right.SEE_AUDIT
    header_icon = "lock"
    unit = "天"
    empty = "还没有封过。每天中午以后，系统封前一天的。"
    export_name = "seals"
    columns = [
        Column("哪一天记的", lambda each: f"{each.day:%Y-%m-%d}", is_whole=True),
        Column("几行", lambda each: each.rows, is_number=True),
        Column("封条", lambda each: each.digest),
        Column("前一天的封条", lambda each: each.previous, is_minor=True),
    ]

    def get_above(self):
        months = ("锁定的月份", reverse("desk:locked_months"))
        return [(ABOVE, reverse("desk:progress_board")), months]

    def get_rows(self):
        return DailySeal.objects.order_by("-day")
