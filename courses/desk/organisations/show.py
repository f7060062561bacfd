"""One organisation, with what it guides: the tree, one level at a time."""

from django.urls import reverse

from courses.desk.organisations.organisations import show_url
from courses.desk.showing import DeskShow, Fact, Part
from courses.enums import Right
from courses.models import Organisation


class OrganisationPage(DeskShow):
    """Facts, and the organisations right below."""

    right = Right.SEE_ORGANISATIONS
    header_icon = "site"

    def get(self, request, *args, pk, **kwargs):
        rows = Organisation.objects.select_related("area__parent", "guided_by")
        self.organisation = self.visible(rows, pk)
        return super().get(request, *args, **kwargs)

    def get_page_title(self):
        return self.organisation.name

    def get_above(self):
        return [("机构", reverse("desk:organisations"))]

    def get_facts(self):
        one = self.organisation
        return [Fact("级别", one.kind_label), Fact("行政隶属", one.area.full_name), Fact("代码", one.code)]

    def get_parts(self):
        below = Organisation.objects.visible_to(self.request.user).filter(guided_by=self.organisation)
        lines = [(each.name, show_url(each), each.kind_label) for each in below]
        return [Part("下面的机构", lines=lines, empty="下面没有机构。")]
