"""What the templates of every app may ask for."""

from functools import cache

from django import template
from django.conf import settings
from django.template.loader import get_template, render_to_string
from django.templatetags.static import static
from django.utils.safestring import mark_safe

from cms import wording
from cms.enums import CautionKind, Scenario
from cms.hooks import FOOTER_LINKS, NAV_TABS, FooterLink, ask
from cms.models import SiteSettings
from cms.services import reading
from cms.services.display import Display

register = template.Library()


@register.simple_tag(takes_context=True)
def site_settings(context):
    """The settings of the whole site; asked once per request."""
    return SiteSettings.load(request_or_site=context.get("request"))


@register.simple_tag(takes_context=True)
def display(context) -> Display:
    """How this reader wants the pages."""
    request = context.get("request")
    return Display.of(request) if request else Display()


@register.simple_tag(takes_context=True)
def nav_tabs(context) -> list[dict]:
    """The index tabs, with the current one marked."""
    request = context.get("request")
    path = request.path if request else ""
    return [
        {"label": tab.label, "url": tab.url, "current": path == tab.url or tab.is_current(path)}
        for tab in ask(NAV_TABS)
    ]


@register.simple_tag
@cache
def footer_links() -> list[FooterLink]:
    """What the apps put at the foot of every page; asked once."""
    return list(ask(FOOTER_LINKS))


@register.simple_tag
def breadcrumbs(page) -> list[dict]:
    """The pages above ``page``, home first. Serving has fetched them already; a preview has not."""
    trail = getattr(page, "trail", None)
    if trail is None:
        trail = page.get_ancestors().filter(depth__gt=1) if page.path else []
    return [{"title": "首页" if above.depth == 2 else above.title, "url": above.url} for above in trail]


@register.simple_tag
def scenarios() -> list[dict]:
    """The ten scenarios in order, as tiles."""
    return [scenario_of(scenario.value) for scenario in Scenario]


@register.simple_tag
def scenario_of(value: str) -> dict | None:
    """One scenario as a tile; None when a page has none."""
    if not value:
        return None
    scenario = Scenario(value)
    return {
        "scenario": scenario,
        "url": f"/scenarios/{scenario.value}/",
        "hint": wording.SCENARIO_HINTS[scenario.value],
    }


@register.simple_tag
def icon(name: str) -> str:
    """The icon's drawing, in the page itself: old web views cannot fetch part of another file."""
    return _icon(name)


@cache
def _icon(name: str) -> str:
    # Our own files, never a reader's words.
    return mark_safe(get_template(f"cms/icons/{name}.svg").render().strip())  # noqa: S308


@register.simple_tag
def reading_steps(stream) -> list[reading.ReadingStep]:
    """The steps of a lesson as a reader sees them."""
    return reading.reading_steps(stream)


@register.simple_tag
def three_sentences() -> tuple[str, ...]:
    """The fixed endings of every lesson and chapter."""
    return wording.THREE_SENTENCES


@register.simple_tag(takes_context=True)
def section(context, part) -> str:
    """Draw a section that another app gave to this page."""
    return render_to_string(part.template, part.context, request=context.get("request"))


@register.simple_tag
def short_address(code: str) -> str:
    """The address that paper carries, without the scheme: nobody types it."""
    return f"{settings.PUBLIC_URL.partition('://')[2]}/l/{code}/"


@register.simple_tag(takes_context=True)
def canonical(context) -> str:
    """The one address of a page, whatever WeChat added to it: with the part of a long list that is shown."""
    request, listed = context.get("request"), context.get("listed")
    part = f"?page={listed.number}" if listed and listed.number > 1 else ""
    return f"{settings.PUBLIC_URL}{request.path if request else '/'}{part}"


@register.simple_tag
def public_static(path: str) -> str:
    """The whole address of a static file, for those who fetch it from elsewhere."""
    return settings.PUBLIC_URL + static(path)


@register.filter
def caution_heading(kind: str) -> str:
    """The heading above a caution of this kind."""
    return CautionKind(kind).heading
