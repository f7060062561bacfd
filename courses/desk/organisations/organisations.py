"""机构: the list, with its filters."""

from django.urls import reverse

from courses.desk.listing import Button, Column, DeskList
from courses.enums import Right
from courses.forms.organisations import OrganisationFilters
from courses.models import Organisation


def show_url(organisation: Organisation) -> str:
    """Return where an organisation is shown."""
    return reverse("desk:organisation", args=[organisation.pk])


def state_of(organisation: Organisation) -> str:
    """Return what one has to know before anything else, "" in the usual case."""
    closed = f"{organisation.closed_on:%Y-%m-%d} 停办" if organisation.closed_on else ""
    unverified = "" if organisation.is_name_verified else "名称待核对"
    return "，".join(filter(None, [closed, unverified]))


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
        Column("名称", lambda each: each.name, url=show_url, sort="name"),
        Column("级别", lambda each: each.kind_label),
        Column("行政隶属", lambda each: each.area.full_name, sort="area__code"),
        Column("业务指导", lambda each: str(each.guided_by or ""), is_minor=True),
        Column("代码", lambda each: each.code, is_minor=True, sort="code"),
        Column("责任人", lambda each: each.responsible_name, is_minor=True),
        Column("专人", lambda each: each.operator_name, is_minor=True),
        Column("情况", state_of, is_minor=True),
    ]

    def get_rows(self):
        visible = Organisation.objects.visible_to(self.request.user)
        return visible.select_related("area__parent", "guided_by").order_by("code")

    def get_buttons(self):
        if not self.may(Right.CHANGE_ORGANISATIONS):
            return []
        new = reverse("desk:new_organisation", args=[self.acting.organisation_id])
        return [Button("新建机构", new, is_chief=True)]
