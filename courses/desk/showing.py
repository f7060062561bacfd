"""One thing on a screen of its own: facts, what belongs to it, and what can be done."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.core.paginator import Page
from django.shortcuts import redirect

from courses.desk.base import DeskPage
from courses.desk.listing import Button
from courses.enums import Right
from courses.errors import Refused


@dataclass(frozen=True)
class Fact:
    """A line of what is known; ``url`` makes the words a link.

    ``path`` are steps in place of words: (word, address, "" where it leads nowhere). ``button`` does something by a
    POST, such as showing a whole number.
    """

    label: str
    words: Any = ""
    url: str = ""
    path: list[tuple[str, str]] = field(default_factory=list)
    button: Button | None = None


@dataclass(frozen=True)
class Part:
    """A headed part below the facts: short lines, each with its facts, or a template of its own.

    ``lines`` are (words, address, small print). ``empty`` is said when there are none; ``buttons`` add more.
    ``page`` is the page of a paginator that the lines were taken from, where there are many.
    """

    heading: str
    lines: list[tuple[str, str, str]] = field(default_factory=list)
    empty: str = ""
    buttons: list[Button] = field(default_factory=list)
    page: Page | None = None
    template: str = ""
    context: dict[str, Any] = field(default_factory=dict)


class DeskShow(DeskPage):
    """Shows one thing. A subclass gives its facts, parts and buttons."""

    template_name = "courses/desk/show.html"

    def get_facts(self) -> list[Fact]:
        """Return what is known; a fact without words is left out."""
        raise NotImplementedError

    def get_parts(self) -> list[Part]:
        """Return what belongs to it."""
        return []

    def get_buttons(self) -> list[Button]:
        """Return what can be done."""
        return []

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "facts": [fact for fact in self.get_facts() if fact.path or fact.words not in ("", None)],
            "parts": self.get_parts(),
            "buttons": self.get_buttons(),
        }


class ShownOnce(DeskPage):
    """看全号: a screen with a whole number on it, once, in the answer to a POST; who looked is put down.

    The number is kept nowhere, so there is nothing to lead on to. Whoever comes back to the address, by a link, a
    filter or the browser's address bar, is led to the screen without the number.
    """

    right = Right.REVEAL_PHONES
    http_method_names = ["get", "head", "post"]

    def reveal(self) -> None:
        """Get the whole number by a service, for this answer only. Raises Refused."""
        raise NotImplementedError

    def plain_url(self) -> str:
        """Return where the same is shown without the number."""
        raise NotImplementedError

    def get(self, request, *args, **kwargs):
        return self.lead_back()

    def post(self, request, *args, **kwargs):
        try:
            self.reveal()
        except Refused as refusal:
            messages.error(request, str(refusal))
            return self.lead_back()
        return self.render_to_response(self.get_context_data(**kwargs))

    def lead_back(self):
        """Lead to the screen without the number, with what the address asks for."""
        asked = self.request.GET.urlencode()
        return redirect(self.plain_url() + (f"?{asked}" if asked else ""))
