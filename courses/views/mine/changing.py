"""`/enrolments/mine/…`: cancelling, changing whom to call."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from courses.errors import Refused
from courses.forms.mine import ContactForm
from courses.models import Enrolment
from courses.services.enrolment.cancelling import cancel
from courses.services.enrolment.contacting import change_contact
from courses.services.enrolment.standing import Stage, standing_of
from courses.views.mine.own import of_one_enrolment, see_other
from courses.views.mine.show import shown

ASK = require_http_methods(["GET", "HEAD", "POST"])


@of_one_enrolment
@ASK
def cancelling(request, enrolment: Enrolment):
    """Ask once, say what happens, then cancel. What is cancelled already only shows so."""
    standing = standing_of(enrolment, now=timezone.now())
    if request.method == "POST":
        try:
            cancel(enrolment=enrolment, by=None, now=standing.now)
        except Refused as refusal:
            enrolment.refresh_from_db()
            return shown(request, enrolment, refusal=refusal)
        return see_other("my_enrolment")
    if not standing.is_live:
        return see_other("my_enrolment")
    context = {"standing": standing, "stages": Stage, "run": enrolment.run}
    return render(request, "courses/mine/cancel.html", context)


@of_one_enrolment
@ASK
def contact(request, enrolment: Enrolment):
    """Change the learner's number, and who stands beside them."""
    if request.method != "POST":
        return _asked(request, enrolment, ContactForm(enrolment=enrolment))
    form = ContactForm(request.POST, enrolment=enrolment)
    if not form.is_valid():
        return _asked(request, enrolment, form, status=422)
    try:
        change_contact(enrolment=enrolment, by=None, **form.cleaned_data)
    except Refused as refusal:
        form.refuse(refusal)
        return _asked(request, enrolment, form, status=422)
    return see_other("my_enrolment_contact_kept")


@of_one_enrolment
@require_http_methods(["GET", "HEAD"])
def contact_kept(request, enrolment: Enrolment):
    """Say what is written down now, numbers masked."""
    return render(request, "courses/mine/contact_kept.html", {"enrolment": enrolment, "run": enrolment.run})


def _asked(request, enrolment: Enrolment, form: ContactForm, *, status: int = 200):
    context = {
        "form": form,
        "enrolment": enrolment,
        "run": enrolment.run,
        "is_proven": enrolment.proves_who,
    }
    return render(request, "courses/mine/contact.html", context, status=status)
