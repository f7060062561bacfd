"""`/progress/`: how far everybody has come, next to the plan. Every figure is dated and comes from the kept totals.

Not kept by the page cache: totals change without the content of the site changing.
"""

from datetime import date
from functools import wraps

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_safe

from courses.models import Programme
from courses.reports import XLSX, as_xlsx
from courses.rules.in_words import in_wan
from courses.rules.ring import CELLS, cells_filled, ring
from courses.services.counting.totals import THE_CITY
from courses.services.progress.chart import chart_of
from courses.services.progress.classes import class_figures
from courses.services.progress.collecting import (
    Progress,
    districts,
    lines,
    programme_of,
    programmes,
    progress_of,
    scenarios,
)
from courses.services.progress.tables import TABLES, table_of
from courses.services.progress.tiles import bars, tiles

MINUTE = "max-age=60"


def _fresh_for_a_minute(view):
    """Say to browsers and to what stands between that the answer is good for a minute, no longer."""

    @wraps(view)
    def answered(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response.headers.setdefault("Cache-Control", MINUTE)
        return response

    return answered


@require_safe
@_fresh_for_a_minute
def progress(request):
    """Answer with the whole page; a site without any programme says so."""
    today = timezone.localdate()
    every = programmes()
    programme = _programme(request, every, today)
    if programme is None:
        return render(request, "courses/progress/nothing.html")
    now = progress_of(programme, today=today)
    full, _ = cells_filled(now.reported, programme.target)
    context = {
        "now": now,
        "programme": programme,
        "cells": ring(now.reported, programme.target),
        "cell_words": in_wan(programme.target // CELLS),
        "target_words": in_wan(programme.target),
        "full_cells": full,
        "left_cells": CELLS - full,
        "chart": chart_of(now),
        "tiles": tiles(districts(now)),
        "bars": bars(scenarios(now)),
        "lines": lines(programme),
        "figures": None if now.is_over else class_figures(THE_CITY, now=timezone.now()),
        "years": [each.year for each in every if each != programme],
        "asked": f"?year={programme.year}",
        "asked_year": "year" in request.GET,
        "tables_open": "tables" in request.GET,
        "inferred": now.inferred,
    }
    return render(request, "courses/progress/page.html", context)


@require_safe
@_fresh_for_a_minute
def chart(request):
    """Answer with the plan chart as a picture: text zoom cannot break it."""
    now = _progress(request)
    answer = render(request, "courses/progress/chart.svg", {"chart": chart_of(now)})
    answer.headers["Content-Type"] = "image/svg+xml; charset=utf-8"
    return answer


@require_safe
@_fresh_for_a_minute
def table(request, name: str):
    """Answer with one of the page's tables as an Excel file: dated, and marked where it is for demonstration."""
    if name not in TABLES:
        raise Http404
    now = _progress(request)
    head, rows = table_of(name, now)
    response = HttpResponse(as_xlsx(head, [*rows, *_notes(now)]), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="progress-{name}-{now.on:%Y%m%d}.xlsx"'
    return response


def _notes(now: Progress) -> list[list[str]]:
    said = [[], [f"数到 {now.on:%Y-%m-%d}"]]
    return [*said, ["演示数据，不是真的人数"]] if now.is_demo else said


def _progress(request) -> Progress:
    today = timezone.localdate()
    programme = _programme(request, programmes(), today)
    if programme is None:
        raise Http404
    return progress_of(programme, today=today)


def _programme(request, every: list[Programme], today: date) -> Programme | None:
    """Return the programme of ``?year=``, this year's without it; Http404 for a year that has none."""
    asked = request.GET.get("year", "")
    if asked and not parse_date(f"{asked}-01-01"):
        raise Http404
    found = programme_of(int(asked) if asked else None, today=today, among=every)
    if asked and found is None:
        raise Http404
    return found
