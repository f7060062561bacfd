"""街镇: the administrative line with what people call its places. The city keeps it."""

from django.urls import reverse

from courses.desk.editing import DeskFormView
from courses.desk.listing import Button, Column, DeskList
from courses.enums import Right
from courses.forms.areas import AliasesForm, AreaFilters, UnitForm
from courses.models import Area
from courses.services.areas_upkeep import add_unit, set_aliases


def aliases_url(area: Area) -> str:
    """Return where an area's other names are kept."""
    return reverse("desk:area_aliases", args=[area.pk])


class AreaList(DeskList):
    """All areas, a district before its townships."""

    page_title = "街镇"
    right = Right.CHANGE_AREAS
    header_icon = "list-ul"
    filter_form = AreaFilters
    empty = "还没有区和街镇。请运维人员装入名单。"
    export_name = "areas"
    columns = [
        Column("名称", lambda area: area.full_name, url=aliases_url, sort="name"),
        Column("级别", lambda area: area.get_kind_display()),
        Column("别名", lambda area: "、".join(sorted(alias.name for alias in area.aliases.all()))),
        Column("代码", lambda area: area.code, is_minor=True, sort="code"),
    ]

    def get_rows(self):
        return Area.objects.select_related("parent").prefetch_related("aliases").order_by("code")

    def get_buttons(self):
        return [Button("加一个单位", reverse("desk:new_area"), is_chief=True)]


class AreaFormView(DeskFormView):
    right = Right.CHANGE_AREAS
    header_icon = "list-ul"

    def get_above(self):
        return [("街镇", reverse("desk:areas"))]


class NewUnit(AreaFormView):
    """A township-like unit below a district."""

    page_title = "加一个类乡级单位"
    form_class = UnitForm
    submit_label = "加上"
    done = "加好了。"

    def save(self, form):
        district, name = form.cleaned_data["district"], form.cleaned_data["name"]
        add_unit(district=district, name=name, by=self.by)
        return f"{reverse('desk:areas')}?district={district.code}"


class EditAliases(AreaFormView):
    """What else a place is called."""

    form_class = AliasesForm

    def look_up(self):
        self.area = self.found(Area.objects.select_related("parent"), self.kwargs["pk"])

    def get_page_title(self):
        return f"{self.area.full_name}的别名"

    def get_initial(self):
        return {"names": "\n".join(self.area.aliases.order_by("name").values_list("name", flat=True))}

    def save(self, form):
        set_aliases(area=self.area, names=form.cleaned_data["names"], by=self.by)
        return reverse("desk:areas")
