"""Running the checks: on one page while it is written, on all of them for the report.

Nothing is kept: what is found depends on today's date, on the list of 黑话 and on other pages, and the whole
first edition takes less time than drawing the report (docs/decisions/0017).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from wagtail.models import Page

from cms.checking import Finding, Standard, check
from cms.models import JargonWord, SharedStep
from cms.services.checking.contents import content_of, fields_to_check
from cms.services.checking.surroundings import Surroundings
from cms.services.stored import chosen_steps, drafted, drafts_of, page_models, state_of, stored


@dataclass(frozen=True)
class Sheet:
    """One page or shared step with what the checks found in it, in the version its editors see."""

    content: Any
    belongs_to: str
    findings: tuple[Finding, ...]

    @property
    def title(self) -> str:
        """What it is called, with its code in front."""
        code = getattr(self.content, "code", "")
        return f"{code} {self.content.title}" if code else self.content.title

    @property
    def kind(self) -> str:
        """课时, 章, 共用步骤…"""
        return str(self.content._meta.verbose_name)

    @property
    def state(self) -> str:
        """Whether readers see it."""
        return state_of(self.content)


def check_one(content, *, today: date) -> tuple[Finding, ...]:
    """Return what the checks find in the latest version of one page or shared step."""
    values = _latest([content])[content]
    return _findings(content, values, Surroundings.fetch(), _standard(today))


def check_all(*, today: date) -> list[Sheet]:
    """Return a sheet for every page and shared step that designers write, in the order of the tree."""
    around, standard = Surroundings.fetch(), _standard(today)
    contents = [page for model in page_models() for page in model.objects.order_by("path")]
    contents += around.shared_steps.values()
    latest = _latest(contents)
    used = set(_used(contents, latest))
    titles = {content.path: content.title for content in contents if isinstance(content, Page)}
    sheets = []
    for content, values in latest.items():
        is_used = content.pk in used if isinstance(content, SharedStep) else None
        sheets.append(
            Sheet(content, _place(content, titles), _findings(content, values, around, standard, is_used))
        )
    return sheets


def _standard(today: date) -> Standard:
    return Standard(today, tuple(JargonWord.objects.values_list("word", "instead")))


def _latest(contents: Iterable) -> dict[Any, dict[str, Any]]:
    """Return the values as editors see them: the draft's where there is one."""
    contents = list(contents)
    drafts = drafts_of(contents)
    fields = {model: fields_to_check(model) for model in {type(content) for content in contents}}
    return {
        content: drafted(drafts[content.latest_revision_id], fields[type(content)])
        if content.latest_revision_id in drafts
        else stored(content, fields[type(content)])
        for content in contents
    }


def _findings(content, values, around, standard, used: bool | None = None) -> tuple[Finding, ...]:
    return tuple(check(content_of(type(content), values, around, used=used), standard))


def _used(contents: list, latest: dict) -> Iterator[int]:
    """Yield the shared steps that are shown: on line, or in a draft."""
    for content in contents:
        yield from chosen_steps(latest[content])
        if content.live:
            yield from chosen_steps(stored(content, fields_to_check(type(content))))


def _place(content, titles: dict[str, str]) -> str:
    """Return the module or book a page stands in; its own title for a module or book itself."""
    if not isinstance(content, Page):
        return str(content._meta.verbose_name)
    return titles.get(content.path[: -content.steplen]) or content.title
