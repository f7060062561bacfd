"""The filter of lists that shrink while one works through them: of one class."""

from django import forms
from django.db.models import Q, QuerySet

from courses.forms.desk import FilterForm
from courses.models import CourseRun


class RunFilter(FilterForm):
    """Of one class. A subclass names the way to it in ``run_path``, and what is still to be done in ``waiting``.

    The class asked for stays a choice when its last one is done: a filter that fell away would show, or print,
    everybody.
    """

    q = None
    run = forms.ModelChoiceField(
        label="哪个班",
        required=False,
        queryset=CourseRun.objects.none(),
        to_field_name="code",
        empty_label="都看",
    )
    run_path = ""

    def waiting(self) -> QuerySet:
        """Return what is to be done, of all classes."""
        raise NotImplementedError

    def limit_choices(self) -> None:
        runs = self.waiting().order_by().values(self.run_path)
        asked = Q(pk__in=runs) | Q(code=self.data.get("run", ""))
        self.choose("run", CourseRun.objects.visible_to(self.user).filter(asked))

    def by_run(self, rows: QuerySet, run: CourseRun) -> QuerySet:
        """Leave those of one class."""
        return rows.filter(**{self.run_path: run})
