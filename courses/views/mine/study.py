"""`/enrolments/mine/study/<number>/`: a recorded session, one thing at a time; also without scripts."""

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from courses.errors import Refused
from courses.models import Enrolment
from courses.services.study.path import Part
from courses.services.study.studying import Study, do_one, study_of
from courses.views.mine.own import of_one_enrolment
from courses.views.mine.show import shown

# Larger numbers are nobody's place, and no session's.
MOST_DIGITS = 4


@of_one_enrolment
@require_http_methods(["GET", "HEAD", "POST"])
def study(request, enrolment: Enrolment, number: int) -> HttpResponse:
    """Show a step, a question, or what is still missing. POST: this one is done, on to the next."""
    if number >= 10**MOST_DIGITS:
        raise Http404
    try:
        if request.method == "POST":
            return _done(request, enrolment, number)
        found = study_of(enrolment=enrolment, number=number, now=timezone.now())
    except Refused as refusal:
        return shown(request, enrolment, refusal=refusal)
    if found is None:
        raise Http404
    return render(request, "courses/mine/study.html", _facts(request, enrolment, found))


def _done(request, enrolment: Enrolment, number: int) -> HttpResponse:
    place = _place(request.POST.get("at", ""))
    found = do_one(enrolment=enrolment, number=number, place=place, now=timezone.now())
    if found is None:
        raise Http404
    # An answer is looked at where its question stands.
    is_question = 1 <= place <= len(found.path) and found.path[place - 1].part is Part.QUESTION
    address = reverse("my_study", args=[number])
    ahead = f"?at={place}&answer=1" if is_question else f"?at={place + 1}"
    response = HttpResponseRedirect(address + ahead)
    response.status_code = 303
    return response


def _facts(request, enrolment: Enrolment, found: Study) -> dict:
    """Return what the page says: the thing at the place that is asked for, else the first that is not done."""
    start = len(found.path) + 1 if found.completed_at else found.first_left
    place = _place(request.GET.get("at", "")) or start
    item = found.path[place - 1] if 1 <= place <= len(found.path) else None
    return {
        "run": enrolment.run,
        "study": found,
        "parts": Part,
        "place": place,
        "item": item,
        "is_last": place >= len(found.path),
        "step": item.step() if item and item.part is Part.STEP else None,
        # Only who has said that they thought about it.
        "has_answer": bool(item) and found.is_done(item) and request.GET.get("answer") == "1",
        "left": [] if found.completed_at else _left(found),
    }


def _left(found: Study) -> list[tuple[int, str]]:
    """Return what is still to be done, by its place and in words."""
    words = {Part.STEP: "第 {} 步", Part.QUESTION: "第 {} 道题", Part.PRACTICE: "自己做一遍"}
    several = len({item.lesson.pk for item in found.path}) > 1
    return [
        (place, (f"{item.lesson.title}，" if several else "") + words[item.part].format(item.number))
        for place, item in enumerate(found.path, start=1)
        if not found.is_done(item) and (item.part is not Part.STEP or found.steps_missing)
    ]


def _place(written: str) -> int:
    """Return a place of the path, 0 where none is said."""
    return int(written) if written.isascii() and written.isdecimal() and len(written) <= MOST_DIGITS else 0
