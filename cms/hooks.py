"""How the ground floor receives things from the apps that stand on it, without importing them.

Each name is a hook of Wagtail's own registry: an app registers a function in its ``wagtail_hooks.py``

    @hooks.register(HOME_SECTIONS, order=10)
    def first_lessons(request): ...

and the ground floor asks for all of them in order. What a function is given and gives back stands beside the name.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from wagtail import hooks

# () -> NavTab: one tab of the index under the header.
NAV_TABS = "suishen_nav_tabs"
# () -> FooterLink: a link at the foot of every public page. Asked once in each process: no query, nothing that changes.
FOOTER_LINKS = "suishen_footer_links"
# (request) -> Section or None: one section of the home page, below the ten scenarios.
HOME_SECTIONS = "suishen_home_sections"
# (scenario: Scenario) -> Section or None: what a scenario page lists.
SCENARIO_RESOURCES = "suishen_scenario_resources"
# () -> list of Page classes whose pages readers may find by searching.
SEARCH_SOURCES = "suishen_search_sources"
# () -> list of pathlib.Path: content packages that `seed_demo` imports, in order.
DEMO_CONTENT = "suishen_demo_content"
# () -> str or None: what else `seed_demo` gives a demo site once its content is there; says what it did, None when
# there was nothing left to do.
DEMO_EXTRAS = "suishen_demo_extras"
# (attendances: int) -> str or None: a history of that size, made fast, for `seed_demo --attendances`; says what it did.
DEMO_HISTORY = "suishen_demo_history"
# (home: HomePage) -> None: creates the pages an app cannot do without, if they are missing.
FIXED_PAGES = "suishen_fixed_pages"
# () -> (page class, way, view): `view(request, page)` answers at `<page>/<way>/`. The way is written as Django's
# `path()` takes it, "practice" or "editions/<int:number>/<slug:slug>"; what it captures the view gets by name.
PAGE_ROUTES = "suishen_page_routes"
# (page: the page in its own class) -> list of ReadingStep (cms.services.reading) or None: the numbered steps of a
# page this app keeps, as readers see them.
PAGE_STEPS = "suishen_page_steps"
# () -> None: adds the rows an app cannot do without, if they are missing; what staff have changed stays. Asked by
# `seed`, after the fixed pages and the groups are there.
FIRST_ROWS = "suishen_first_rows"
# () -> list of DemoLogin: further log-ins that `seed_demo` makes and `make run` prints.
DEMO_LOGINS = "suishen_demo_logins"
# () -> QuerySet of pages that keep their address but are no longer listed, found or recommended.
SET_ASIDE = "suishen_set_aside"
# (user) -> True or None: this person must give a second factor at log-in; the ground floor itself says so of
# administrators and of the content group 市级管理员.
NEEDS_SECOND_FACTOR = "suishen_needs_second_factor"
# (user) -> int or None: the id of the organisation that an entry about this person's log-in is put down under.
ORGANISATION_OF = "suishen_organisation_of"
# () -> PackageKind: a kind of content package this app keeps.
PACKAGE_KINDS = "suishen_package_kinds"


@dataclass(frozen=True)
class NavTab:
    """A tab of the index: two characters, where it leads, and the address prefixes it stands for."""

    label: str
    url: str
    prefixes: tuple[str, ...]

    def is_current(self, path: str) -> bool:
        """True when the page at ``path`` belongs under this tab."""
        return any(path == prefix or path.startswith(prefix) for prefix in self.prefixes)


@dataclass(frozen=True)
class FooterLink:
    """A link at the foot of every public page."""

    label: str
    url: str


@dataclass(frozen=True)
class Section:
    """A headed part of a page: a template and what it is given.

    ``all_url`` leads to the whole list where only its beginning is shown, in the words ``all_words``.
    """

    heading: str
    template: str
    context: dict[str, Any]
    all_url: str = ""
    all_words: str = ""


@dataclass(frozen=True)
class DemoLogin:
    """A log-in that `make run` prints. ``group`` is the content group it belongs to, "" for none."""

    role: str
    username: str
    password: str
    group: str = ""
    is_superuser: bool = False


@dataclass(frozen=True)
class PackageKind:
    """A kind of content package: ``kind`` is its name in package.yaml.

    ``root`` and ``child`` are the page classes of the package's own page and of the pages below it;
    ``find_parent(values)`` gives the page a new root page is put under, ``find_root(values)`` the root page
    that is already there, or None.
    """

    kind: str
    root: type
    child: type
    find_parent: Callable[[dict], Any]
    find_root: Callable[[dict], Any]


def ask(name: str, *args: Any) -> Iterator[Any]:
    """Call every function registered under ``name``; yield what they give back, leaving out None."""
    for function in hooks.get_hooks(name):
        answer = function(*args)
        if answer is not None:
            yield answer
