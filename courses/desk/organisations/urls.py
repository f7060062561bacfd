from django.urls import path

from courses.desk.organisations import editing
from courses.desk.organisations.areas import AreaList, EditAliases, NewUnit
from courses.desk.organisations.organisations import OrganisationList
from courses.desk.organisations.show import ContactPhone, OrganisationPage

ONE = "organisations/<int:pk>/"

urlpatterns = [
    path("organisations/", OrganisationList.as_view(), name="organisations"),
    path(ONE, OrganisationPage.as_view(), name="organisation"),
    path(f"{ONE}new/", editing.NewOrganisation.as_view(), name="new_organisation"),
    path(f"{ONE}edit/", editing.EditOrganisation.as_view(), name="edit_organisation"),
    path(f"{ONE}move/", editing.MoveOrganisation.as_view(), name="move_organisation"),
    path(f"{ONE}close/", editing.CloseOrganisation.as_view(), name="close_organisation"),
    path(f"{ONE}reopen/", editing.ReopenOrganisation.as_view(), name="reopen_organisation"),
    path(f"{ONE}external-ids/", editing.ExternalIds.as_view(), name="organisation_external_ids"),
    path(f"{ONE}phone/<str:whose>/", ContactPhone.as_view(), name="organisation_phone"),
    path("areas/", AreaList.as_view(), name="areas"),
    path("areas/new/", NewUnit.as_view(), name="new_area"),
    path("areas/<int:pk>/aliases/", EditAliases.as_view(), name="area_aliases"),
]
