"""内容检查: of one page for its editor, and of everything as a report."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.http import require_GET
from wagtail.admin.auth import permission_required
from wagtail.admin.views.mixins import SpreadsheetExportMixin
from wagtail.models import Page

from cms.checking import CHECKS, LABELS, Finding, Severity
from cms.models import JargonWord, SharedStep
from cms.reports import SafeTableMixin
from cms.services.checking import Sheet, check_all, check_one
from cms.services.roles import MAY_WRITE
from cms.views.admin.addresses import edit_address
from cms.views.admin.frame import page_furniture

SHEETS_ON_A_PAGE = 30
STATES = ("在线", "在线，有草稿", "草稿")
HEADINGS = {
    "title": "哪一页",
    "kind": "种类",
    "belongs_to": "在哪里",
    "state": "状态",
    "severity": "要不要改",
    "check": "查什么",
    "where": "哪一处",
    "message": "怎么了",
    "how_to_mend": "怎么改",
}


@require_GET
@permission_required(MAY_WRITE)
def findings_of(request, kind: str, pk: int):
    """Answer with the findings of one page or shared step, for the panel in its editor."""
    content = _content(request.user, kind, pk)
    findings = check_one(content, today=timezone.localdate())
    severities = Counter(finding.severity for finding in findings)
    context = {"findings": findings, "mend": severities[Severity.MEND], "look": severities[Severity.LOOK]}
    return render(request, "cms/admin/checks/findings.html", context)


def _content(user, kind: str, pk: int):
    """Return what the user may edit. Raises Http404 or PermissionDenied."""
    if kind == "page":
        page = get_object_or_404(Page, pk=pk).specific
        allowed = page.permissions_for_user(user).can_edit()
    else:
        page = get_object_or_404(SharedStep, pk=pk)
        allowed = user.has_perm("cms.change_sharedstep")
    if not allowed:
        raise PermissionDenied
    return page


@require_GET
@permission_required(MAY_WRITE)
def jargon(request):
    """Show the list of 黑话 to everybody who writes; it is kept in 设置."""
    context = {
        **page_furniture("黑话", "list-ul", above=[("内容检查", reverse("checks"))]),
        "words": JargonWord.objects.all(),
        "may_change": request.user.has_perm("cms.change_jargonword"),
    }
    return render(request, "cms/admin/checks/jargon.html", context)


@dataclass(frozen=True)
class Choice:
    """What the report is narrowed down to; empty means everything."""

    check: str = ""
    place: str = ""
    severity: str = ""
    state: str = ""

    @classmethod
    def of(cls, query) -> "Choice":
        """Read it from an address; what is not known is left out."""
        return cls(
            check=query.get("check", "") if query.get("check") in LABELS else "",
            place=query.get("place", ""),
            severity=query.get("severity", "") if query.get("severity") in Severity.values else "",
            state=query.get("state", "") if query.get("state") in STATES else "",
        )

    @property
    def is_everything(self) -> bool:
        """True when nothing is left out."""
        return self == Choice()

    def narrowed(self, sheets: list[Sheet]) -> Iterator[Sheet]:
        """Yield the sheets that are left, with the findings that are left."""
        for sheet in sheets:
            findings = tuple(finding for finding in sheet.findings if self._wants(finding))
            if findings and self.place in {"", sheet.belongs_to} and self.state in {"", sheet.state}:
                yield replace(sheet, findings=findings)

    def _wants(self, finding: Finding) -> bool:
        return self.check in {"", finding.check} and self.severity in {"", finding.severity}


@method_decorator(permission_required(MAY_WRITE), name="dispatch")
class ChecksReport(SafeTableMixin, SpreadsheetExportMixin, View):
    """Everything the checks find, page by page; also as a table to take along."""

    list_export = list(HEADINGS)
    export_headings = HEADINGS
    export_filename = "content-checks"

    def get(self, request):
        sheets = check_all(today=timezone.localdate())
        choice = Choice.of(request.GET)
        left = list(choice.narrowed(sheets))
        if self.is_export:
            return self.as_spreadsheet(_rows(left), request.GET["export"])
        return render(request, "cms/admin/checks/report.html", self._context(sheets, choice, left))

    def _context(self, sheets: list[Sheet], choice: Choice, left: list[Sheet]) -> dict:
        findings = [finding for sheet in left for finding in sheet.findings]
        page = Paginator(left, SHEETS_ON_A_PAGE).get_page(self.request.GET.get("p"))
        return {
            **page_furniture("内容检查", "glasses"),
            "choice": choice,
            "page": page,
            "sheets": [(sheet, edit_address(sheet.content)) for sheet in page],
            "looked_at": len(sheets),
            "mend": sum(finding.severity == Severity.MEND for finding in findings),
            "look": sum(finding.severity == Severity.LOOK for finding in findings),
            "checks": _counted_checks(sheets, choice),
            "labels": LABELS,
            "places": list(dict.fromkeys(sheet.belongs_to for sheet in sheets)),
            "severities": Severity.choices,
            "states": STATES,
        }


def _counted_checks(sheets: list[Sheet], choice: Choice) -> list[tuple[str, str, int]]:
    """Return code, name and number of findings of every check that finds something, whatever check is chosen."""
    others = replace(choice, check="")
    counts = Counter(finding.check for sheet in others.narrowed(sheets) for finding in sheet.findings)
    return [(check.code, check.label, counts[check.code]) for check in CHECKS if counts[check.code]]


def _rows(sheets: list[Sheet]) -> list[dict]:
    return [
        {
            "title": sheet.title,
            "kind": sheet.kind,
            "belongs_to": sheet.belongs_to,
            "state": sheet.state,
            "severity": finding.severity.label,
            "check": LABELS[finding.check],
            "where": finding.spot.where,
            "message": finding.message,
            "how_to_mend": finding.how_to_mend,
        }
        for sheet in sheets
        for finding in sheet.findings
    ]
