"""纸上签到: the numbers on a signed sheet in one line; shown with their names first, put down by a second Enter."""

from django.contrib import messages
from django.utils import timezone

from courses.desk.classes.sessions import when_of
from courses.desk.editing import DeskFormView
from courses.desk.rolls.roll import RollMixin
from courses.forms.roll_paper import NumbersForm
from courses.services.roll_paper.entering import CHANGED, Reading, put_down_paper, read_paper


class PaperRoll(RollMixin, DeskFormView):
    """Nothing is put down that has not been shown just so."""

    template_name = "courses/desk/rolls/paper.html"
    page_title = "纸上签到"
    form_class = NumbersForm
    submit_label = "看一看"
    done = ""
    reading: Reading | None = None

    def get_above(self):
        return [*super().get_above(), ("点名", self.roll_url)]

    def form_valid(self, form):
        written = form.cleaned_data["numbers"]
        self.reading = read_paper(session=self.session, written=written, now=timezone.now())
        if self.reading.problems:
            for words in self.reading.problems:
                form.add_error("numbers", words)
            return self.form_invalid(form)
        if form.is_as_typed():
            if self.reading.is_still(form.seen_version, rest_is_absent=form.cleaned_data["rest"]):
                return super().form_valid(form)
            messages.warning(self.request, CHANGED)
        form.show_as_seen(self.reading)
        return self.render_to_response(self.get_context_data(form=form))

    def save(self, form) -> str:
        asked = form.cleaned_data
        lines = put_down_paper(
            session=self.session,
            written=asked["numbers"],
            rest_is_absent=asked["rest"],
            how=asked["how"],
            because=asked["because"],
            by=self.by,
            now=timezone.now(),
            version=form.seen_version,
        )
        words = f"记好了 {len(lines)} 位。" if lines else "没有要改的，都记着呢。"
        messages.success(self.request, words)
        return self.roll_url

    def get_context_data(self, **kwargs):
        is_ready = self.reading is not None and not self.reading.problems
        return super().get_context_data(**kwargs) | {
            "session": self.session,
            "when": when_of(self.session),
            "reading": self.reading,
            "is_ready": is_ready,
            "submit_label": "对，记下来" if is_ready else self.submit_label,
        }
