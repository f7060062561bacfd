"""签到表: what is signed in one session, A4, with rows high enough for any hand."""

from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format

from cms.models import SiteSettings
from cms.services.qr import qr_file
from cms.services.typesetting import Picture, typeset
from courses.enums import SessionState
from courses.errors import Refused
from courses.models import ClassSession
from courses.rules.clock_words import said_span
from courses.rules.places import place_words
from courses.services.roll_paper.numbers import Numbers
from courses.services.roll_paper.signing import code_of, empty_rows, notes_of

TEMPLATE = Path(__file__).parents[2] / "typst" / "roll_sheet.typ"
# How many rows the template sets on a page.
ROWS = 15
# For people who walk in, at least.
FREE = 3


def roll_sheet(session: ClassSession, *, address: str) -> bytes:
    """Return the sheet of a session as PDF; ``address`` is where its result is typed in, for the code on it.

    Raises Refused for one that is not held. No cache holds it: names are on it.
    """
    if session.state != SessionState.PLANNED:
        raise Refused("no-sheet", f"这次课{session.get_state_display()}，不用签到表。")
    return typeset(TEMPLATE, data=_words(session, address), is_kept=False)


def _words(session: ClassSession, address: str) -> dict[str, Any]:
    run, here = session.run, Numbers(session.run_id).here
    starts, ends = timezone.localtime(session.starts_at), timezone.localtime(session.ends_at)
    short = address.partition("://")[2]
    return {
        "title": run.title,
        "code": code_of(run),
        "number": f"第 {session.number} 次课",
        "when": f"{date_format(starts, 'Y年n月j日 l')} {said_span(starts, ends)}",
        "place": place_words(session.venue, session.room),
        "teacher": str(session.teacher or ""),
        "expected": len(here),
        "rows": [
            [each.number, each.learner.name, note] for each, note in zip(here, notes_of(here), strict=True)
        ],
        "free": empty_rows(len(here), on_a_page=ROWS, least=FREE),
        "qr": Picture(qr_file(address), alt=f"二维码，打开 {short}"),
        "address": short,
        "school": run.organiser.name,
        "call": run.contact_phone or SiteSettings.load().hotline,
    }
