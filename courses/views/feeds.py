"""`/feeds/<secret>.ics`: the sessions of a person, a room or a school, fetched by calendars again and again."""

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cms.services.limits import sender, within_limit
from courses.enums import FeedKind
from courses.models import CalendarFeed, ClassSession
from courses.reports import Entry, calendar_answer
from courses.services.feeds import feed_of, feed_sessions

# Behind one address may stand a whole school, or a calendar service with many users; who guesses gets nowhere.
MOST, SECONDS = 300, 600


@require_safe
def feed(request, token: str):
    """Answer with the calendar; a wrong or revoked secret is a 404, and too many from one address a 429."""
    if not within_limit("feed", sender(request), most=MOST, seconds=SECONDS):
        return _for_nobody_else(_too_many(request))
    found = feed_of(token)
    if found is None:
        raise Http404
    now = timezone.now()
    entries = [
        Entry(each, stamp=now, mark=_mark(each), notes=_notes(found, each))
        for each in feed_sessions(found, now=now)
    ]
    return _for_nobody_else(calendar_answer(entries, name=f"{found.said} 的课", filename="classes"))


@require_safe
def no_feed(request, rest: str):
    """Answer for what is no link of ours."""
    raise Http404


def _for_nobody_else(response):
    """No cache keeps it, no search engine lists it, and nobody learns of it by a Referer."""
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return response


def _too_many(request):
    context = {"heading": "来得太多了", "message": "过十分钟再试。"}
    return render(request, "cms/errors/refused.html", context, status=429)


def _mark(session: ClassSession) -> str:
    return "" if session.run.published_at else "草稿："


def _notes(found: CalendarFeed, session: ClassSession) -> str:
    """Return who teaches, where that is not known from the calendar itself, and why it was cancelled."""
    is_own = found.kind is FeedKind.PERSON
    teacher = "" if is_own or session.teacher is None else f"{session.teacher} 老师"
    return "；".join(filter(None, [session.run.code, teacher, session.cancelled_because]))
