"""The voucher (报名凭证) on paper: one A5 sheet to lay beside the telephone."""

from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format

from cms.enums import Scenario
from cms.models import SiteSettings
from cms.services.qr import qr_file
from cms.services.typesetting import Picture, icon_svg, typeset
from cms.stylesheet import scenario_colours
from courses.errors import Refused
from courses.models import ClassSession
from courses.rules.clock_words import said_span
from courses.rules.places import place_words
from courses.services.enrolment.standing import Stage, Standing

TEMPLATE = Path(__file__).parents[2] / "typst" / "voucher.typ"
# What the code says to a teacher's telephone: nothing but the number, so that it opens nothing by itself.
CODE = "SSXT:{}"
# Beside the code, or where it would stand: what the sheet is good for. A place in the queue is not on paper; it moves.
WORDS = {
    Stage.SEAT: ("到了，给老师扫这个", "没带也不要紧，报名字就行。"),
    Stage.WAITING: ("现在是候补，还没有座位", "轮到您，我们告诉您。请先不要来。"),
    Stage.OFFERED: ("轮到您了，请回一句话", "打下面的电话，说来，还是不来。"),
}


def voucher_sheet(standing: Standing) -> bytes:
    """Return the voucher as PDF. Raises Refused for an enrolment that is over, in whichever way."""
    if not standing.is_live:
        raise Refused("not-live", "这个报名现在没有凭证可以打印。")
    # Name and number of a person: no cache holds them.
    return typeset(TEMPLATE, data=_words(standing), is_kept=False)


def _words(standing: Standing) -> dict[str, Any]:
    run, session = standing.enrolment.run, standing.next
    told, hint = WORDS[standing.stage]
    drawn = qr_file(CODE.format(standing.enrolment.voucher), error="q")
    code = Picture(drawn, alt="报名凭证的码，上课时给老师扫")
    return {
        "school": run.organiser.name,
        "digits": list(standing.enrolment.voucher),
        "name": f"{standing.enrolment.learner.name}{f'（{standing.told}）' if standing.told else ''}",
        "title": run.title,
        "told": told,
        "hint": hint,
        "code": code if standing.stage is Stage.SEAT else None,
        "number": run.contact_phone or SiteSettings.load().hotline,
        "logo": icon_svg("logo", colour="#FFFDF8", behind="none"),
        **_scenario(session),
        **_when_and_where(session, _times(standing)),
    }


def _scenario(session: ClassSession | None) -> dict[str, str]:
    if session is None:
        return {"icon": "", "scenario": "", "dark": "#211C15"}
    scenario = Scenario(session.main_scenario)
    dark, _ = scenario_colours()[scenario.value]
    icon = icon_svg(scenario.value, colour=dark, behind="#FFFFFF")
    return {"icon": icon, "scenario": scenario.label, "dark": dark}


def _times(standing: Standing) -> str:
    coming, every = len(standing.coming), sum(not each.is_cancelled for each in standing.sessions)
    if every <= 1:
        return ""
    return f"，还有 {coming} 次" if 0 < coming < every else f"，一共 {every} 次"


def _when_and_where(session: ClassSession | None, times: str) -> dict[str, str]:
    if session is None:
        return {"day": "时间还没有定", "clock": "", "place": "请打下面的电话问", "about_place": ""}
    starts, ends = timezone.localtime(session.starts_at), timezone.localtime(session.ends_at)
    place, about = _place(session)
    return {
        "day": date_format(starts, "n月j日 l"),
        "clock": f"{said_span(starts, ends)}{times}",
        "place": place,
        "about_place": about,
    }


def _place(session: ClassSession) -> tuple[str, str]:
    venue = session.venue
    if venue is None:
        return "在家里上", "链接在“查我的报名”里。"
    notes = ["没有台阶，轮椅能到"] if venue.has_step_free_way else []
    return place_words(venue, session.room), "，".join([venue.address, *notes])
