"""What is taken away: tables, safe to open and readable in Excel; calendars; sheets of paper."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from icalendar import Calendar, Event
from openpyxl import Workbook

from cms.reports import harmless
from courses.models import ClassSession
from courses.rules.places import place_words

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def as_xlsx(head: list[str], rows: Iterable[list[Any]]) -> bytes:
    """Return the table as an Excel file; no cell of it is a formula."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("表")
    for row in [head, *rows]:
        sheet.append([harmless(value) for value in row])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def as_csv(head: list[str], rows: Iterable[list[Any]]) -> bytes:
    """Return the table as CSV with the mark that tells Excel its letters are UTF-8."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    for row in [head, *rows]:
        writer.writerow([harmless(value) for value in row])
    return b"\xef\xbb\xbf" + buffer.getvalue().encode()


@dataclass(frozen=True)
class Entry:
    """A session in a calendar file; ``mark`` stands before its title, ``notes`` below it.

    Never who learns, never a link: whoever has the file has all of it.
    """

    session: ClassSession
    stamp: datetime
    mark: str = ""
    notes: str = ""

    def event(self) -> Event:
        """Return it as a calendar takes it; a cancelled one is marked so."""
        one, run = self.session, self.session.run
        event = Event()
        # The same on every machine, or a telephone would keep two entries of one session.
        event.add("uid", f"session-{one.pk}@suishen-xuetang")
        event.add("dtstamp", self.stamp)
        # In UTC: every calendar knows it without a table of time zones in the file.
        event.add("dtstart", one.starts_at.astimezone(UTC))
        event.add("dtend", one.ends_at.astimezone(UTC))
        event.add("summary", f"{'取消了：' if one.is_cancelled else ''}{self.mark}{run.title}")
        place = "，".join(filter(None, [place_words(one.venue, one.room), one.venue and one.venue.address]))
        event.add("location", place)
        event.add("status", "CANCELLED" if one.is_cancelled else "CONFIRMED")
        if self.notes:
            event.add("description", self.notes)
        if run.published_at:
            event.add("url", f"{settings.PUBLIC_URL}/classes/{run.code}/")
        return event


def calendar_answer(entries: Iterable[Entry], *, name: str, filename: str) -> HttpResponse:
    """Return a calendar file under a name that telephones show."""
    file = Calendar()
    file.add("prodid", "-//随申学堂//课表//ZH")
    file.add("version", "2.0")
    file.add("x-wr-calname", name)
    for entry in entries:
        file.add_component(entry.event())
    response = HttpResponse(file.to_ical(), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{filename}.ics"'
    return response


def pdf_answer(pdf: bytes, *, filename: str) -> HttpResponse:
    """Return a sheet to be looked at in the browser."""
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{filename}.pdf"'
    return response
