"""导入参会名单: a meeting tool's list is chosen, looked at person by person, and only then put down."""

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from courses.desk.base import DeskAction, DeskPage
from courses.desk.classes.sessions import when_of
from courses.desk.editing import DeskFormView
from courses.desk.rolls.online import OnlineMixin
from courses.errors import Refused
from courses.forms.online import MeetingForm, WhoForm
from courses.services.roll_call.meeting_import import ListMoved, Preview, look_through, put_down_list
from courses.services.sheets import waiting

TITLE = "导入参会名单"


class MeetingUpload(OnlineMixin, DeskFormView):
    """Asks for the file and looks it through; what cannot be read is refused here."""

    page_title = TITLE
    form_class = MeetingForm
    template_name = "courses/desk/rolls/meeting.html"
    submit_label = "先看看认出了谁"
    done = ""

    def get_above(self):
        return [*super().get_above(), ("线上签到", self.online_url)]

    def save(self, form) -> str:
        file = form.cleaned_data["file"]
        data = file.read()
        look_through(session=self.session, data=data, name=file.name, by=self.by)
        token = waiting.keep(data, by=self.by)
        return reverse("desk:meeting_preview", args=[self.session.pk, token])


class WaitingMixin(OnlineMixin):
    """A list that waits to be agreed to; only who uploaded it finds it."""

    @property
    def list_url(self) -> str:
        return reverse("desk:meeting_list", args=[self.session.pk])

    def get_above(self):
        return [*super().get_above(), ("线上签到", self.online_url), (TITLE, self.list_url)]

    def upload(self) -> dict:
        """Return what the services are given. Raises Http404 when there is no such upload, or no longer."""
        found = waiting.fetch(self.kwargs["token"], by=self.by)
        if found is None:
            raise Http404
        return {"session": self.session, "data": found[0], "name": found[1], "by": self.by}


class MeetingPreview(WaitingMixin, DeskPage):
    """Who was found, who was not, and how long each was there. A POST puts them down."""

    page_title = "看看认出了谁"
    header_icon = "upload"
    template_name = "courses/desk/rolls/meeting_preview.html"

    def get(self, request, *args, **kwargs):
        try:
            preview = look_through(**self.upload())
        except Refused as refusal:
            return self.refused(refusal)
        return self.render_to_response(self.get_context_data(preview=preview))

    def post(self, request, *args, **kwargs):
        upload = self.upload()
        try:
            preview = look_through(**upload)
        except Refused as refusal:
            return self.refused(refusal)
        form = self.get_form(preview, request.POST)
        if not form.is_valid():
            return self.shown_again(preview, form)
        asked = {"chosen": form.chosen(), "seen": form.cleaned_data["seen"]}
        because = form.cleaned_data["because"]
        try:
            added = put_down_list(**upload, **asked, because=because, now=timezone.now())
        except ListMoved as moved:
            return self.shown_again(preview, form.seen_anew(str(moved)))
        except Refused as refusal:
            form.add_error(None, str(refusal))
            return self.shown_again(preview, form)
        words = f"记好了 {len(added)} 位。" if added else "没有要改的，都记着呢。"
        messages.success(request, words)
        return HttpResponseRedirect(self.online_url)

    def get_form(self, preview: Preview, data=None) -> WhoForm:
        """Return what is asked about those nobody knows."""
        return WhoForm(data, preview=preview, lines=self.lines)

    def shown_again(self, preview: Preview, form: WhoForm):
        context = self.get_context_data(preview=preview, form=form)
        return self.render_to_response(context, status=422)

    def refused(self, refusal: Refused):
        messages.error(self.request, str(refusal))
        return HttpResponseRedirect(self.list_url)

    def get_context_data(self, **kwargs):
        preview = kwargs["preview"]
        return super().get_context_data(**kwargs) | {
            "form": kwargs.get("form") or self.get_form(preview),
            "found": [(each, self.words_of(each.minutes)) for each in preview.found],
            "session": self.session,
            "when": when_of(self.session),
            "needed": self.needed,
            "drop_url": reverse("desk:meeting_drop", args=[self.session.pk, self.kwargs["token"]]),
        }


class DropMeeting(WaitingMixin, DeskAction):
    """Forgets an upload."""

    def post(self, request, *args, **kwargs):
        self.upload()
        waiting.forget(self.kwargs["token"], by=self.by)
        messages.success(request, "文件删掉了，什么也没记。")
        return HttpResponseRedirect(self.list_url)
