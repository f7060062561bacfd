"""Search in the staff area's lists: Chinese, pinyin and codes, together with every filter and order."""

from typing import Any

from django.db.models import Case, IntegerField, QuerySet, Value, When
from wagtail.search.backends import get_search_backend

# A list that finds more is no help; the filters narrow it down.
MOST_FOUND = 200


class ChineseSearchMixin:
    """Looks the words up first and lets the list's own query go on from what was found.

    Wagtail's search backends filter and order by indexed fields only, and refuse a list that is filtered by its
    topics or by what is in a draft.
    """

    # What the listing it is mixed into has.
    model: Any
    search_query: str
    is_searching: bool
    is_explicitly_ordered: bool

    def search_queryset(self, queryset: QuerySet) -> QuerySet:
        """Return the rows that hold the words, the nearest first unless another order was asked for."""
        if not self.is_searching:
            return queryset
        found = self.found_ids()
        rows = queryset.filter(pk__in=found)
        if self.is_explicitly_ordered or not found:
            return rows
        place = [When(pk=pk, then=Value(position)) for position, pk in enumerate(found)]
        return rows.order_by(Case(*place, output_field=IntegerField()))

    def found_ids(self) -> list[int]:
        """Return the ids of what holds the words asked for: in title or code first, then anywhere."""
        backend = get_search_backend()
        rows = self.model.objects.order_by().only("pk")
        named = backend.autocomplete(self.search_query, rows)[:MOST_FOUND]
        anywhere = backend.search(self.search_query, rows)[:MOST_FOUND]
        return list(dict.fromkeys(row.pk for row in (*named, *anywhere)))
