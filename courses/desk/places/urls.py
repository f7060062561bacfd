from django.urls import path

from courses.desk.places.venues import VenueList

urlpatterns = [
    path("venues/", VenueList.as_view(), name="venues"),
]
