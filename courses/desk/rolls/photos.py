"""签到表照片: handed in by who calls the roll, looked at by who may see evidence; each look is put down."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import View

from courses.desk.base import DeskMixin, who_words
from courses.desk.classes.sessions import when_of
from courses.desk.editing import DeskFormView
from courses.desk.listing import Button
from courses.desk.rolls.roll import RollMixin
from courses.desk.showing import DeskShow, Fact, Part
from courses.enums import Right
from courses.errors import Refused
from courses.forms.roll_paper import PhotosForm, RemovePhotoForm
from courses.models import RollPhoto
from courses.rules.personal_data import Period, in_words
from courses.services.personal_data import days
from courses.services.roll_call.marking import may_call
from courses.services.roll_paper.photos import keep_photos, remove_photo, view_photo


def photos_url(session_id: int) -> str:
    """Return where the photos of a session are listed."""
    return reverse("desk:roll_photos", args=[session_id])


class RollPhotos(RollMixin, DeskShow):
    """What was handed in of a session, and what was taken away again. No picture is drawn here: a look is asked for."""

    right = Right.SEE_EVIDENCE
    page_title = "签到表照片"

    def get_facts(self):
        kept = in_words(days(Period.EVIDENCE))
        return [
            Fact("班级", str(self.session.run)),
            Fact("课次", f"第 {self.session.number} 次，{when_of(self.session)}"),
            Fact("保存多久", f"上课以后 {kept}，到期自己删掉。看一次，记一次。"),
        ]

    def get_parts(self):
        photos = list(self.session.roll_photos.select_related("by", "removal__by"))
        there = [photo for photo in photos if not hasattr(photo, "removal")]
        gone = [photo for photo in photos if hasattr(photo, "removal")]
        parts = [self._part(number, photo) for number, photo in enumerate(there, start=1)]
        if not there:
            parts = [Part("照片", empty="还没有照片。")]
        return [*parts, *([Part("拿掉的", lines=[_removed(each) for each in gone])] if gone else [])]

    def _part(self, number: int, photo: RollPhoto) -> Part:
        lines = [("看照片", reverse("desk:roll_photo", args=[photo.pk]), _handed_in(photo))]
        remove = Button("拿掉这张", reverse("desk:remove_roll_photo", args=[photo.pk]))
        return Part(f"第 {number} 张", lines=lines, buttons=[remove] if self.may(Right.CALL_ROLL) else [])

    def get_buttons(self):
        if not self.may(Right.CALL_ROLL):
            return []
        add = reverse("desk:add_roll_photos", args=[self.session.pk])
        return [Button("交照片", add, is_chief=True), Button("点名", self.roll_url)]


class AddRollPhotos(RollMixin, DeskFormView):
    """交照片."""

    page_title = "交签到表照片"
    form_class = PhotosForm
    submit_label = "交照片"
    question = "照片不公开，只有点名的老师、学校、学院、区、市和审计看得到。"
    done = ""

    def get_above(self):
        return [*super().get_above(), ("签到表照片", photos_url(self.session.pk))]

    def save(self, form) -> str:
        uploads = form.cleaned_data["photos"]
        kept = keep_photos(session=self.session, uploads=uploads, by=self.by, now=timezone.now())
        words = f"收好了 {len(kept)} 张。" if kept else "这些照片已经有了，没有再存一遍。"
        messages.success(self.request, words)
        return photos_url(self.session.pk)


class PhotoMixin(DeskMixin):
    """A photo out of the address that was not taken away; to a teacher only those of the sessions they teach."""

    @cached_property
    def photo(self) -> RollPhoto:
        """The photo with its session."""
        rows = RollPhoto.objects.there().select_related("session__run__organiser", "session__teacher")
        return self.visible(rows, self.kwargs["pk"])

    def look_up(self) -> None:
        if not may_call(self.photo.session, by=self.by):
            raise Http404


class OneRollPhoto(PhotoMixin, View):
    """The picture itself."""

    right = Right.SEE_EVIDENCE
    page_title = "看签到表照片"
    http_method_names = ["get"]

    def get(self, request, *args, **kwargs):
        try:
            data = view_photo(photo=self.photo, by=self.by)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect(photos_url(self.photo.session_id))
        response = HttpResponse(data, content_type="image/jpeg")
        response["Content-Disposition"] = f'inline; filename="roll-photo-{self.photo.pk}.jpg"'
        return response


class RemoveRollPhoto(PhotoMixin, DeskFormView):
    """拿掉: the picture goes, that it was there stays."""

    right = Right.CALL_ROLL
    page_title = "拿掉这张照片"
    form_class = RemovePhotoForm
    submit_label = "拿掉"
    is_dangerous = True
    question = "照片删掉，找不回来。谁拿掉的、为什么，一直留着。"
    done = "拿掉了。"

    def get_above(self):
        return [("班级", reverse("desk:runs")), ("签到表照片", photos_url(self.photo.session_id))]

    def save(self, form) -> str:
        because = form.cleaned_data["because"]
        remove_photo(photo=self.photo, because=because, by=self.by, now=timezone.now())
        return photos_url(self.photo.session_id)


def _handed_in(photo: RollPhoto) -> str:
    return f"{_moment(photo.at)}，{who_words(photo.by)}交的，{max(1, photo.size // 1024)} KB"


def _removed(photo: RollPhoto) -> tuple[str, str, str]:
    gone = photo.removal
    return (f"{_moment(gone.at)} {who_words(gone.by)}：{gone.because}", "", f"原来是 {_handed_in(photo)}")


def _moment(at) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}"
