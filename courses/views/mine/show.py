"""`/enrolments/mine/`: the voucher, what comes next, and every way on from there."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from cms.enums import Scenario
from cms.services.qr import qr_svg
from courses.enums import FilledBy, SessionChangeKind
from courses.errors import Refused
from courses.models import Enrolment
from courses.reports import pdf_answer
from courses.rules.online import DOOR_OPENS
from courses.services.enrolment.cancelling import undo_cancel
from courses.services.enrolment.paper import CODE, voucher_sheet
from courses.services.enrolment.standing import Stage, Standing, standing_of
from courses.services.study.listing import Standing as StudyStanding
from courses.services.study.listing import recorded_of
from courses.services.study.windows import over_at
from courses.services.waiting_list import accept, decline
from courses.views.classes import Meeting, weekly_words
from courses.views.keeping import forget_voucher, keep_voucher
from courses.views.mine.own import of_one_enrolment, see_other


@of_one_enrolment
@require_safe
def my_enrolment(request, enrolment: Enrolment):
    """Show one's enrolment."""
    return shown(request, enrolment)


def shown(request, enrolment: Enrolment, *, refusal: Refused | None = None) -> HttpResponse:
    """Answer with the page; ``refusal`` is why what was just tapped did not work."""
    standing = standing_of(enrolment, now=timezone.now())
    context = {**facts(standing), "refusal": refusal}
    return render(request, "courses/mine/show.html", context, status=422 if refusal else 200)


def facts(standing: Standing) -> dict:
    """Return what a page about an enrolment says."""
    enrolment, session = standing.enrolment, standing.next
    run, digits = enrolment.run, enrolment.voucher
    meetings = [
        Meeting(each, is_over=over_at(each, among=standing.sessions) <= standing.now)
        for each in standing.sessions
    ]
    coming = [each for each in meetings if not each.session.is_cancelled and not each.is_over]
    return {
        "standing": standing,
        "stages": Stage,
        "changes": SessionChangeKind,
        "enrolment": enrolment,
        "run": run,
        "digits": (digits[:4], digits[4:]),
        "code": qr_svg(CODE.format(digits), title="报名凭证的码，上课时给老师扫", scale=None),
        "phone": run.contact_phone,
        "is_helped": enrolment.filled_by == FilledBy.HELPER,
        "meetings": meetings,
        "held_count": sum(not each.session.is_cancelled for each in meetings),
        "weekly": weekly_words(coming),
        "next": coming[0] if coming else None,
        "studies": recorded_of(enrolment, standing.sessions, now=standing.now),
        "study_standings": StudyStanding,
        "door_opens": int(DOOR_OPENS.total_seconds() // 60),
        "scenario": Scenario(session.main_scenario) if session else None,
        "venue": session.venue if session else run.venue,
        "room": session.room if session else run.room,
        "bring": [part.strip() for part in run.bring.replace("；", ";").split(";") if part.strip()],
    }


@of_one_enrolment
@require_POST
def take(request, enrolment: Enrolment):
    """我要来."""
    return _done(request, enrolment, accept)


@of_one_enrolment
@require_POST
def leave(request, enrolment: Enrolment):
    """不来了: the seat that was offered."""
    return _done(request, enrolment, decline)


@of_one_enrolment
@require_POST
def undo(request, enrolment: Enrolment):
    """Take a cancellation back."""
    return _done(request, enrolment, undo_cancel)


@of_one_enrolment
@require_POST
def forget(request, enrolment: Enrolment):
    """看好了，关掉: on a computer that others use."""
    response = see_other("enrolments_closed")
    forget_voucher(response)
    return response


@of_one_enrolment
@require_POST
def follow(request, enrolment: Enrolment):
    """Go on to the voucher that took this one's place: it is the same person's."""
    response = see_other("my_enrolment")
    standing = standing_of(enrolment, now=timezone.now())
    if standing.successor and standing.may_follow:
        keep_voucher(response, standing.successor, is_secure=request.is_secure())
    return response


@of_one_enrolment
@require_safe
def sheet(request, enrolment: Enrolment):
    """Answer with the voucher as an A5 sheet; where there is none any more, with the page that says why."""
    try:
        return pdf_answer(voucher_sheet(standing_of(enrolment, now=timezone.now())), filename="voucher")
    except Refused:
        return see_other("my_enrolment")


def _done(request, enrolment: Enrolment, service):
    """Do it and show what came of it; also why not, so that one knows how to go on."""
    try:
        service(enrolment=enrolment, by=None, now=timezone.now())
    except Refused as refusal:
        enrolment.refresh_from_db()
        return shown(request, enrolment, refusal=refusal)
    return see_other("my_enrolment")
