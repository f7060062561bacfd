"""学期: when the year's classes run. The city keeps them, everybody plans in them."""

from django.db.models import Count
from django.urls import reverse

from courses.desk.editing import DeskFormView
from courses.desk.listing import Button, Column, DeskList
from courses.enums import Right
from courses.forms.terms import TermForm
from courses.models import Term
from courses.services.terms import add_term, change_term


def term_url(term: Term) -> str:
    """Return where a term is changed."""
    return reverse("desk:edit_term", args=[term.pk])


class TermList(DeskList):
    """All terms, the latest first."""

    page_title = "学期"
    right = Right.CHANGE_AREAS
    header_icon = "calendar"
    unit = "个学期"
    empty = "还没有学期。按“加一个学期”，各校才能排班。"
    columns = [
        Column("名称", str, url=term_url),
        Column("代码", lambda term: term.code, is_whole=True),
        Column("第一天", lambda term: f"{term.starts_on:%Y-%m-%d}", is_whole=True),
        Column("最后一天", lambda term: f"{term.ends_on:%Y-%m-%d}", is_whole=True),
        Column("几个班", lambda term: term.how_many, is_number=True, is_minor=True),
    ]

    def get_rows(self):
        return Term.objects.annotate(how_many=Count("runs")).order_by("-starts_on")

    def get_buttons(self):
        return [Button("加一个学期", reverse("desk:new_term"), is_chief=True)]


class TermFormView(DeskFormView):
    """A form about a term."""

    right = Right.CHANGE_AREAS
    header_icon = "calendar"
    form_class = TermForm

    def get_above(self):
        return [("学期", reverse("desk:terms"))]


class NewTerm(TermFormView):
    """加一个学期."""

    page_title = "加一个学期"
    submit_label = "加上"
    done = "加好了，各校可以排班了。"

    def save(self, form) -> str:
        add_term(details=form.details(), by=self.by)
        return reverse("desk:terms")


class EditTerm(TermFormView):
    """改学期."""

    def look_up(self) -> None:
        self.term = self.found(Term.objects, self.kwargs["pk"])

    def get_page_title(self):
        return f"改学期：{self.term}"

    def get_initial(self):
        return {name: getattr(self.term, name) for name in TermForm.base_fields}

    def save(self, form) -> str:
        change_term(term=self.term, details=form.details(), by=self.by)
        return reverse("desk:terms")
