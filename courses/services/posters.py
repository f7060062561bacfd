"""The poster of a class (海报): one A4 sheet for a door or a notice board."""

import re
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format

from cms.enums import Scenario
from cms.models import SiteSettings
from cms.services.qr import qr_file
from cms.services.typesetting import Picture, icon_svg, typeset
from cms.stylesheet import scenario_colours
from courses.enums import RunMode
from courses.errors import Refused
from courses.models import ClassSession, CourseRun
from courses.rules.clock_words import said, said_span
from courses.rules.places import place_words
from courses.services.seats import seats_of

TEMPLATE = Path(__file__).parents[1] / "typst" / "poster.typ"
NEXT_THING = re.compile(r"[;；、，,\n]")
# The box is read from afar; what is longer stands on the class page.
LONGEST_THING = 12


def poster_of(run: CourseRun, *, now: datetime) -> bytes:
    """Return the poster as PDF, with the next session's day on the plate; the first one's, once all are over.

    Raises Refused when the class is cancelled or has no session to come to.
    """
    rows = run.sessions.planned().select_related("venue", "room").order_by("starts_at")
    sessions = [] if run.cancelled_at else list(rows)
    if not sessions:
        raise Refused("no-poster", "这个班没有要上的课，做不出海报。先排课，再来做。")
    coming = [session for session in sessions if session.ends_at > now]
    return typeset(TEMPLATE, data=_words(run, (coming or sessions)[0], len(coming), len(sessions)))


def _words(run: CourseRun, session: ClassSession, coming: int, every: int) -> dict[str, Any]:
    scenario = Scenario(session.main_scenario)
    dark, tint = scenario_colours()[scenario.value]
    starts = timezone.localtime(session.starts_at)
    return {
        "dark": dark,
        "tint": tint,
        "icon": icon_svg(scenario.value, colour=dark, behind=tint),
        "kind": f"{scenario.label} · {'单场' if run.is_single else f'{run.get_mode_display()}班'}",
        "title": run.title,
        "goal": run.module.goal if run.module else "",
        "day": date_format(starts, "n月j日"),
        "weekday": date_format(starts, "l"),
        "starts": said(starts),
        "until": _until(session, _times(coming, every)),
        "place": _place(session),
        "about_place": _about_place(session),
        "boxes": _boxes(run),
        **_whom_to_ask(run, session),
    }


def _until(session: ClassSession, times: str) -> str:
    starts, ends = timezone.localtime(session.starts_at), timezone.localtime(session.ends_at)
    until = said_span(starts, ends).removeprefix(said(starts)).strip()
    return f"{until}，{times}" if times else until


def _times(coming: int, every: int) -> str:
    if every == 1:
        return ""
    return f"还有 {coming} 次" if 0 < coming < every else f"一共 {every} 次"


def _place(session: ClassSession) -> str:
    return place_words(session.venue, session.room, otherwise="在家里上")


def _about_place(session: ClassSession) -> str:
    if session.venue is None:
        return "报了名，把链接给您。"
    step_free = "没有台阶，轮椅能到" if session.venue.has_step_free_way else ""
    at_home = "也可以在家里上" if session.mode == RunMode.HYBRID else ""
    return "，".join(filter(None, [session.venue.address, step_free, at_home]))


def _boxes(run: CourseRun) -> list[str]:
    limit = seats_of([run])[run.pk].limit
    thing = NEXT_THING.split(run.bring.strip())[0].strip().removeprefix("带")[:LONGEST_THING]
    return [
        f"{run.fee.normalize():f} 元" if run.fee else "不要钱",
        *([f"最多 {limit.most} 人"] if limit else []),
        *([f"带{thing}"] if thing else []),
    ]


def _whom_to_ask(run: CourseRun, session: ClassSession) -> dict[str, Any]:
    short = f"{settings.PUBLIC_URL.partition('://')[2]}/classes/{run.code}/"
    return {
        "code": Picture(qr_file(f"{settings.PUBLIC_URL}/classes/{run.code}/"), alt=f"二维码，打开 {short}"),
        "address": short,
        "number": run.contact_phone or SiteSettings.load().hotline,
        "or_else": "或在门口登记" if session.venue else "也可以请家人、居委帮您报",
        "logo": icon_svg("logo", colour="#FFFDF8", behind="none"),
    }
