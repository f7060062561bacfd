from django.urls import path

from courses.desk.organisations.areas import AreaList
from courses.desk.organisations.organisations import OrganisationList
from courses.desk.organisations.show import OrganisationPage

urlpatterns = [
    path("organisations/", OrganisationList.as_view(), name="organisations"),
    path("organisations/<int:pk>/", OrganisationPage.as_view(), name="organisation"),
    path("areas/", AreaList.as_view(), name="areas"),
]
