"""A list of the desk: an accessible table with filters in the address, pages, export and print."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from cms.enums import AuditVerb
from cms.services.audit import record
from courses.desk.base import DeskMixin
from courses.enums import Right
from courses.forms.desk import FilterForm
from courses.reports import XLSX, as_csv, as_xlsx

FORMATS = {"xlsx": (as_xlsx, XLSX), "csv": (as_csv, "text/csv; charset=utf-8")}
LONGEST_PRINT = 2000
# So far do lists count that grow by a hundred thousand rows.
MANY = 10_000


@dataclass(frozen=True)
class Column:
    """A column: its heading and how a row's cell is made. The first column of a list heads its rows.

    ``url`` makes the cell a link. ``is_minor`` columns are left out on a phone. ``is_number`` stand at the right.
    ``sort`` names the field that a list can be put in order by.
    ``is_whole``: a code or a telephone number, never torn into lines.
    """

    label: str
    value: Callable[[Any], Any]
    url: Callable[[Any], str] | None = None
    is_minor: bool = False
    is_number: bool = False
    sort: str = ""
    is_whole: bool = False

    @property
    def classes(self) -> str:
        """The names that the style sheet knows its cells by."""
        named = {"desk-minor": self.is_minor, "desk-number": self.is_number, "desk-whole": self.is_whole}
        return " ".join(name for name, is_so in named.items() if is_so)


@dataclass(frozen=True)
class Heading:
    """A column's heading as it is drawn: how the list is in order by it now, and what a click asks for."""

    column: Column
    order: str = ""
    asks_for: str = ""

    @property
    def label(self) -> str:
        return self.column.label


@dataclass(frozen=True)
class Cell:
    """What a template draws: words, and where they lead."""

    column: Column
    words: Any
    url: str


class DeskPaginator(Paginator):
    """Pages of a list. ``up_to`` is for lists of a hundred thousand rows, where counting and putting into order cost
    more than drawing: it counts no further, until somebody leafs beyond, and puts only keys into order.
    """

    def __init__(self, rows: Any, on_one_page: int, *, up_to: int = 0):
        super().__init__(rows, on_one_page)
        self.rows = rows
        self.is_long = up_to > 0
        self.up_to = up_to

    @cached_property
    def count(self) -> int:
        if isinstance(self.rows, list):
            return len(self.rows)
        if not self.up_to:
            return self.rows.count()
        return self.rows.order_by().values("pk")[: self.up_to + 1].count()

    @property
    def is_more(self) -> bool:
        """True when there are more than it counted."""
        return 0 < self.up_to < self.count

    def get_page(self, number: Any) -> Page:
        if self._is_beyond(number):
            self.up_to = 0
        return super().get_page(number)

    def _is_beyond(self, number: Any) -> bool:
        """True for a page that is not among those counted; what comes before the first leads to the last."""
        try:
            asked = int(number)
        except (TypeError, ValueError):
            return False
        return asked < 1 or asked * self.per_page > self.up_to

    def page(self, number: Any) -> Page:
        page = super().page(number)
        if self.is_long:
            first = (page.number - 1) * self.per_page
            keys = self.rows.values_list("pk", flat=True)[first : first + self.per_page]
            page.object_list = self.rows.filter(pk__in=list(keys))
        return page


@dataclass(frozen=True)
class Button:
    """Something to do that stands above a list or beside a thing. ``is_chief``: the one most people come for.

    ``is_post``: pressing it does it at once, so it is a form; otherwise it leads to a screen.
    """

    label: str
    url: str
    is_chief: bool = False
    is_post: bool = False


class DeskList(DeskMixin, TemplateView):
    """A list. A subclass names its columns, its filters, what it lists, and says so when there is nothing.

    ``?export=xlsx`` or ``csv`` gives everything the filters leave, ``?print=1`` the same as a page to print; both are
    put down under ``export_name``.
    """

    template_name = "courses/desk/list.html"
    columns: list[Column] = []
    filter_form: type[FilterForm] | None = None
    # What is counted: "共 216 个".
    unit = "个"
    empty = "还没有。"
    nothing_found = "这样找，一个也没有。少选一个条件，或者换个说法再找。"
    on_one_page = 50
    # Beyond this many it only says that there are more; 0 counts all.
    counts_up_to = 0
    export_name = ""

    def get_filters(self) -> FilterForm | None:
        """Return the filters as the address sets them."""
        return self.filter_form(self.request.GET, user=self.request.user) if self.filter_form else None

    def get_rows(self) -> QuerySet:
        """Return everything that may be listed: through ``visible_to``, ordered, with what the columns read."""
        raise NotImplementedError

    def get_buttons(self) -> list[Button]:
        """Return what can be done from here."""
        return []

    def get(self, request, *args, **kwargs):
        self.filters = self.get_filters()
        self.rows = self.in_order(self.filters.applied(self.get_rows()) if self.filters else self.get_rows())
        if request.GET.get("export") in FORMATS:
            return self.export(request.GET["export"])
        if "print" in request.GET:
            return self.printed()
        return super().get(request, *args, **kwargs)

    def in_order(self, rows: QuerySet) -> QuerySet:
        """Return the rows as ``?sort=`` asks, which names a column; as they were for anything else."""
        asked = self.request.GET.get("sort", "")
        allowed = {column.sort for column in self.columns if column.sort}
        self.sorted_by = asked if asked.removeprefix("-") in allowed else ""
        return rows.order_by(self.sorted_by, "pk") if self.sorted_by else rows

    def kept(self) -> dict[str, str]:
        """Return what the address says beside the filters, by name: asking for others keeps it."""
        return {"sort": self.sorted_by} if self.sorted_by else {}

    def headings(self) -> list[Heading]:
        """Return the headings; a click on the one the list is in order by turns the order round."""
        now = "descending" if self.sorted_by.startswith("-") else "ascending"
        field = self.sorted_by.removeprefix("-")
        orders = [now if field and column.sort == field else "" for column in self.columns]
        return [
            Heading(column, order, f"-{column.sort}" if order == "ascending" else column.sort)
            for column, order in zip(self.columns, orders, strict=True)
        ]

    def get_context_data(self, **kwargs):
        pages = DeskPaginator(self.rows, self.on_one_page, up_to=self.counts_up_to)
        part = pages.get_page(self.request.GET.get("p"))
        return super().get_context_data(**kwargs) | {
            "headings": self.headings(),
            "kept": self.kept(),
            "part": part,
            "table": self.drawn(part),
            "filters": self.filters,
            "is_filtered": bool(self.filters and self.filters.is_used()),
            "unit": self.unit,
            "empty": self.empty,
            "nothing_found": self.nothing_found,
            "buttons": self.get_buttons(),
            "may_export": bool(self.export_name) and self.may(Right.EXPORT),
        }

    def prepared(self, rows: Iterable[Any]) -> list[Any]:
        """Return the rows with what columns read of them that is asked for many at once; for a subclass to say."""
        return list(rows)

    def drawn(self, rows: Iterable[Any]) -> list[list[Cell]]:
        """Return the rows as cells."""
        return [
            [
                Cell(column, column.value(row), column.url(row) if column.url else "")
                for column in self.columns
            ]
            for row in self.prepared(rows)
        ]

    def export(self, kind: str) -> HttpResponse:
        """Answer with the whole list as a file. Raises PermissionDenied."""
        write, content_type = FORMATS[kind]
        rows = self.taken_away(AuditVerb.EXPORTED)
        head = [column.label for column in self.columns]
        response = HttpResponse(
            write(head, [[column.value(row) for column in self.columns] for row in self.prepared(rows)]),
            content_type=content_type,
        )
        name = f"{self.export_name}-{timezone.localdate():%Y%m%d}.{kind}"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response

    def printed(self) -> HttpResponse:
        """Answer with the whole list as a page for paper. Raises PermissionDenied."""
        rows = self.taken_away(AuditVerb.PRINTED)
        table = self.drawn(rows[:LONGEST_PRINT])
        asked = self.request.GET.copy()
        del asked["print"]
        context = self.get_context_data() | {
            "table": table,
            "total": len(rows),
            "now": timezone.localtime(),
            "back_url": f"{self.request.path}?{asked.urlencode()}",
        }
        return self.response_class(
            request=self.request,
            template=["courses/desk/list_print.html"],
            context=context,
            using=self.template_engine,
        )

    def taken_away(self, verb: AuditVerb) -> list[Any]:
        """Return all rows and put down who took them. Raises PermissionDenied."""
        if not self.export_name or not self.may(Right.EXPORT):
            raise PermissionDenied
        rows = list(self.rows)
        organisation = self.acting.organisation_id
        detail = f"{self.export_name} {len(rows)}"
        record(verb, by=self.request.user, organisation_id=organisation, detail=detail)
        return rows
