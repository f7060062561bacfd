"""Readers' search: `/search/?q=` as a page and `/search/suggest?q=` while typing."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from wagtail.models import Page

from cms.enums import Scenario
from cms.models import SiteSettings
from cms.search.tokens import QUERY_LENGTH, cut, query_words
from cms.services.finding import Finding, Found, Nearness, find
from cms.services.finding import suggest as pages_like


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Answer a search with at most 30 pages, or with words about what to do instead."""
    typed = request.GET.get("q", "").strip()
    query = cut(typed)
    finding = find(query) if query_words(query) else None
    context = {
        "query": query,
        "results": [_result(found, request) for found in finding.results] if finding else [],
        "message": _message(request, query, finding, was_cut=query != typed),
        "suggestions": [],
    }
    if not context["results"]:
        context["suggestions"] = _scenarios()
    return render(request, "cms/search.html", context)


@require_safe
def suggest(request: HttpRequest) -> JsonResponse:
    """Answer ``{"suggestions": [{"title", "url"}, …]}``, at most eight."""
    pages = pages_like(cut(request.GET.get("q", "")))
    return JsonResponse({"suggestions": [_link(page, request) for page in pages]})


def _message(request: HttpRequest, query: str, finding: Finding | None, *, was_cut: bool) -> str:
    """Say in plain words what the page below shows, and what else can be done."""
    cut_note = f"字太多了，只找了前 {QUERY_LENGTH} 个字。" if was_cut else ""
    if not query:
        return "想学什么，写几个字就行，比如：扫码、挂号。也可以从下面选一个。"
    if finding is None:
        return cut_note + "这里面没有字。写几个字再找，比如：扫码、挂号。也可以从下面选一个。"
    if finding.nearness is Nearness.NOTHING:
        return f"{cut_note}没有找到“{query}”。换几个字再找找，或者从下面选一个。{_phone(request)}"
    if finding.nearness is Nearness.SOME_WORDS:
        return f"{cut_note}没有完全一样的。下面这些有点像，您看看。"
    if finding.nearness is Nearness.SAME_SOUND:
        return f"{cut_note}没有找到“{query}”。下面这些读音一样，您看看。"
    return cut_note


def _phone(request: HttpRequest) -> str:
    site = SiteSettings.load(request_or_site=request)
    return f"也可以打{site.hotline_name} {site.hotline}，请人帮您。"


def _scenarios() -> list[dict[str, str]]:
    return [{"title": scenario.label, "url": f"/scenarios/{scenario.value}/"} for scenario in Scenario]


def _result(found: Found, request: HttpRequest) -> dict[str, str]:
    about = {"code": found.code, "summary": found.summary, "kind": found.kind}
    return _link(found.page, request) | about


def _link(page: Page, request: HttpRequest) -> dict[str, str]:
    return {"title": page.title, "url": page.get_url(request)}
