"""Going through the staff area as its user does, and reading what is written there."""

import json
import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import urlsplit

from bs4 import BeautifulSoup
from django.apps import apps
from django.urls import URLResolver, get_resolver
from wagtail.admin.views.bulk_action.registry import bulk_action_registry

# Said to a person by an attribute; a button's own words are its value.
SPOKEN = ("title", "alt", "placeholder", "aria-label", "aria-description", "data-w-progress-active-value")
# What of the data for the scripts is said to a person.
SAID = {"label", "title", "text", "name_label", "description", "helpText", "help_text", "placeholder"}
SAID_BELOW = "strings"
# Not screens: what changes something, talks to scripts or is read by programs.
NO_SCREENS = re.compile(
    r"/(api|logout|dismissibles|jsi18n|sprite|editing-sessions|tag-autocomplete|test404|failwhale|block-preview"
    r"|view_draft|view|preview|results|chosen-multiple|chosen|lock|unlock|enable|disable|generate_url/output|revert"
    # Administrators' alone.
    r"|task_chooser)(/|$)"
)


class Screens:
    """The screens one person meets: each kind of address once, from the start page on."""

    def __init__(self, browser):
        self.browser = browser
        self.seen: set[str] = set()
        self.words: dict[str, set[str]] = {}
        self.broken: list[str] = []

    def visit_all(self, *starts: str) -> None:
        """Go wherever a link leads, from ``starts`` on."""
        waiting = list(starts)
        while waiting:
            address = waiting.pop(0)
            if kind_of(address) not in self.seen and not NO_SCREENS.search(urlsplit(address).path):
                self.seen.add(kind_of(address))
                waiting += self.visit(address)

    def visit(self, address: str) -> list[str]:
        """Read one screen; return where it leads."""
        response = self.browser.get(address, follow=True)
        if response.status_code >= 500:
            self.broken.append(address)
        if response.status_code != 200 or response.streaming:
            return []
        kind = response["Content-Type"].partition(";")[0]
        if kind == "application/json":
            text = str(response.json().get("html", ""))
        elif kind == "text/html":
            text = response.text
        else:
            return []
        self.words[address] = set(said_on(BeautifulSoup(text, "html.parser")))
        return links_of(text)


def kind_of(address: str) -> str:
    """Return the address without its numbers and its query: one lesson's editor stands for all."""
    parts = urlsplit(address)
    return re.sub(r"/(\d+|live|latest|earliest)(?=[/.])", "/0", parts.path)


def links_of(text: str) -> list[str]:
    """Return each address of the staff area that stands on a screen, also in what its scripts draw."""
    return [
        address
        for address in re.findall(r"""["'](/admin/[^"'\s<>{}]*)["']""", unescape(text))
        if "export=" not in address
    ]


def resolved_addresses(arguments) -> Iterator[str]:
    """Return every address below /admin/ whose arguments can be filled in."""
    for pattern, callback in _patterns(get_resolver()):
        model = getattr(callback, "view_initkwargs", {}).get("model")
        model = apps.get_model(model) if isinstance(model, str) else model
        parts = {name: arguments(name, model) for name in re.findall(r"<(?:\w+:)?(\w+)>", pattern)}
        if all(value is not None for value in parts.values()) and "^" not in pattern and "(" not in pattern:
            yield "/" + re.sub(r"<(?:\w+:)?(\w+)>", "{\\1}", pattern).format_map(parts)


def bulk_addresses(model, ids) -> Iterator[str]:
    """Return the questions asked before something is done to many."""
    label, name = model._meta.app_label, model._meta.model_name
    query = "&".join(f"id={number}" for number in ids)
    for action in bulk_action_registry.get_bulk_actions_for_model(label, name):
        yield f"/admin/bulk/{label}/{name}/{action.action_type}/?{query}&next=/admin/"


def _patterns(resolver: URLResolver, before: str = "") -> Iterator[tuple]:
    for pattern in resolver.url_patterns:
        address = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _patterns(pattern, address)
        elif address.startswith("admin/"):
            yield address, pattern.callback


def said_on(page: BeautifulSoup) -> Iterator[str]:
    """Return each piece of text a person can meet on a screen, also what only scripts show."""
    for script in page.find_all("script"):
        if script.get("type") == "application/json":
            yield from _said_in(_json(script.string))
        script.extract()
    # Wagtail's hidden counters say None until a script counts.
    for element in page.select("style, code, svg, [data-side-panel-toggle-counter]"):
        element.extract()
    for element in page.find_all(True):
        for name, value in element.attrs.items():
            if name in SPOKEN or (
                name == "value" and element.name == "input" and element.get("type") in {"submit", "button"}
            ):
                yield value
            elif name.startswith("data-") and value[:1] in "[{":
                yield from _said_in(_json(value))
    yield from page.stripped_strings


def _said_in(value, key: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for name, part in value.items():
            yield from _said_in(part, SAID_BELOW if name == "strings" or key is SAID_BELOW else name)
    elif isinstance(value, list):
        for part in value:
            yield from _said_in(part, key)
    elif isinstance(value, str) and (key in SAID or key is SAID_BELOW):
        yield BeautifulSoup(value, "html.parser").get_text() if "<" in value else value


def _json(text):
    try:
        return json.loads(text or "null")
    except ValueError:
        return None
