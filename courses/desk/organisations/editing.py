"""What is done with an organisation: a form each."""

from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from courses.desk.editing import DeskFormView
from courses.desk.organisations.organisations import show_url
from courses.enums import Right
from courses.forms.desk import DeskForm
from courses.forms.organisations import (
    CloseForm,
    ExternalIdsForm,
    MoveForm,
    NewOrganisationForm,
    OrganisationForm,
)
from courses.models import Organisation
from courses.rules.organisations import kinds_below
from courses.services.external_ids import set_external_ids
from courses.services.organisations import (
    change_organisation,
    close_organisation,
    create_organisation,
    move_organisation,
    reopen_organisation,
)


class OrganisationFormView(DeskFormView):
    """A form about one organisation of the branch; ``title`` takes its name in."""

    right = Right.CHANGE_ORGANISATIONS
    header_icon = "site"
    title = ""

    def look_up(self):
        rows = Organisation.objects.select_related("area__parent", "guided_by")
        self.organisation = self.visible(rows, self.kwargs["pk"])

    def get_page_title(self):
        return self.title.format(self.organisation)

    def get_above(self):
        one = self.organisation
        return [("机构", reverse("desk:organisations")), (str(one), show_url(one))]


class NewOrganisation(OrganisationFormView):
    """A new one below this one."""

    form_class = NewOrganisationForm
    title = "在“{}”下面新建机构"
    submit_label = "新建"
    done = "建好了。"

    def look_up(self):
        super().look_up()
        if not kinds_below(self.organisation.kind):
            raise Http404

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"above": self.organisation}

    def save(self, form):
        kind = form.cleaned_data["kind"]
        made = create_organisation(kind=kind, guided_by=self.organisation, details=form.details(), by=self.by)
        return show_url(made)


class EditOrganisation(OrganisationFormView):
    form_class = OrganisationForm
    title = "修改“{}”"

    def get_initial(self):
        return OrganisationForm.initial_of(self.organisation)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"organisation": self.organisation}

    def save(self, form):
        change_organisation(organisation=self.organisation, details=form.details(), by=self.by)
        return show_url(self.organisation)


class MoveOrganisation(OrganisationFormView):
    form_class = MoveForm
    title = "给“{}”换上级"
    submit_label = "换上级"
    done = "换好了。"

    @property
    def question(self):
        return f"现在由“{self.organisation.guided_by}”指导。" if self.organisation.guided_by else ""

    def save(self, form):
        above = form.cleaned_data["guided_by"]
        move_organisation(organisation=self.organisation, guided_by=above, by=self.by)
        return show_url(self.organisation)


class CloseOrganisation(OrganisationFormView):
    form_class = CloseForm
    title = "停办“{}”"
    submit_label = "停办"
    done = "记下停办了。"
    is_dangerous = True

    def get_initial(self):
        return {"on": timezone.localdate()}

    def save(self, form):
        day = form.cleaned_data["on"]
        close_organisation(organisation=self.organisation, on=day, by=self.by)
        return show_url(self.organisation)


class ReopenOrganisation(OrganisationFormView):
    form_class = DeskForm
    title = "恢复“{}”"
    submit_label = "恢复"
    question = "恢复以后，又可以在这里排班。"
    done = "恢复了。"

    def save(self, form):
        reopen_organisation(organisation=self.organisation, by=self.by)
        return show_url(self.organisation)


class ExternalIds(OrganisationFormView):
    form_class = ExternalIdsForm
    title = "“{}”在别的系统里的编号"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"organisation": self.organisation}

    def save(self, form):
        set_external_ids(organisation=self.organisation, numbers=form.numbers(), by=self.by)
        return show_url(self.organisation)
