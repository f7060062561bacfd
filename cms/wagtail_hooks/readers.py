"""What the ground floor gives to its own hooks, for readers."""

from wagtail import hooks

from cms.hooks import NAV_TABS, SEARCH_SOURCES, NavTab
from cms.models import ScenarioPage, StandardPage


@hooks.register(NAV_TABS, order=10)
def learn_tab():
    return NavTab("学习", "/", ("/courses/", "/scenarios/", "/search/", "/l/"))


@hooks.register(SEARCH_SOURCES)
def own_pages():
    return [ScenarioPage, StandardPage]
