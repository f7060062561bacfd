"""机构: the list, with its filters."""

from django.urls import reverse

from courses.desk.listing import Column, DeskList
from courses.enums import Right
from courses.forms.organisations import OrganisationFilters
from courses.models import Organisation


def show_url(organisation: Organisation) -> str:
    """Return where an organisation is shown."""
    return reverse("desk:organisation", args=[organisation.pk])


class OrganisationList(DeskList):
    """Every organisation of the branch, found by name, level, district and state."""

    page_title = "机构"
    right = Right.SEE_ORGANISATIONS
    header_icon = "site"
    filter_form = OrganisationFilters
    unit = "家"
    empty = "您这里还没有机构。"
    export_name = "organisations"
    columns = [
        Column("名称", lambda each: each.name, url=show_url),
        Column("级别", lambda each: each.kind_label),
        Column("行政隶属", lambda each: each.area.full_name),
        Column("业务指导", lambda each: str(each.guided_by or ""), is_minor=True),
        Column("责任人", lambda each: each.responsible_name, is_minor=True),
        Column("专人", lambda each: each.operator_name, is_minor=True),
        Column("核对", lambda each: "" if each.is_name_verified else "待核对", is_minor=True),
    ]

    def get_rows(self):
        visible = Organisation.objects.visible_to(self.request.user)
        return visible.select_related("area__parent", "guided_by").order_by("lineage")
