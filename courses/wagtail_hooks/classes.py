"""What classes give to the ground floor: a tab, and the next ones on home and scenario pages."""

from django.urls import reverse
from django.utils import timezone
from wagtail import hooks

from cms.hooks import FOOTER_LINKS, HOME_SECTIONS, NAV_TABS, SCENARIO_RESOURCES, FooterLink, NavTab
from cms.services.sections import beginning
from courses.services.timetable import Wanted, found, upcoming_runs

MOST = 3


@hooks.register(NAV_TABS, order=20)
def classes_tab():
    return NavTab("上课", "/classes/", ("/classes/", "/enrolments/"))


@hooks.register(FOOTER_LINKS, order=5)
def look_up_link():
    return FooterLink("查我的报名", reverse("enrolments"))


@hooks.register(HOME_SECTIONS, order=20)
def next_classes_on_home(request):
    return _section(upcoming_runs(now=timezone.now()), "/classes/")


@hooks.register(SCENARIO_RESOURCES, order=20)
def next_classes_of_scenario(scenario):
    wanted = Wanted(scenario=scenario)
    return _section(found(wanted, now=timezone.now()), f"/classes/?scenario={scenario}")


def _section(runs, all_url: str):
    return beginning(
        runs,
        most=MOST,
        heading="最近要上的班",
        template="courses/classes/rows.html",
        name="runs",
        all_url=all_url,
        all_words="查看全部的班",
    )
