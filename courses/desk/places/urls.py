from django.urls import path

from courses.desk.places.closures import NewClosure, RemoveClosure
from courses.desk.places.editing import (
    CloseVenue,
    EditVenue,
    NewVenue,
    RemovePicture,
    RenewSign,
    ReopenVenue,
)
from courses.desk.places.rooms import CloseRoom, EditRoom, NewRoom, ReopenRoom, RoomPage
from courses.desk.places.show import VenuePage
from courses.desk.places.signs import RoomSign, VenueSign
from courses.desk.places.venues import VenueList

urlpatterns = [
    path("venues/", VenueList.as_view(), name="venues"),
    path("venues/new/", NewVenue.as_view(), name="venue_new"),
    path("venues/<int:pk>/", VenuePage.as_view(), name="venue"),
    path("venues/<int:pk>/edit/", EditVenue.as_view(), name="venue_edit"),
    path("venues/<int:pk>/close/", CloseVenue.as_view(), name="venue_close"),
    path("venues/<int:pk>/reopen/", ReopenVenue.as_view(), name="venue_reopen"),
    path("venues/<int:pk>/picture/remove/", RemovePicture.as_view(), name="picture_remove"),
    path("venues/<int:pk>/sign/", VenueSign.as_view(), name="venue_sign"),
    path("venues/<int:pk>/sign/renew/", RenewSign.as_view(), name="sign_renew"),
    path("venues/<int:pk>/rooms/new/", NewRoom.as_view(), name="room_new"),
    path("venues/<int:pk>/closures/new/", NewClosure.as_view(), name="closure_new"),
    path("rooms/<int:pk>/", RoomPage.as_view(), name="room"),
    path("rooms/<int:pk>/edit/", EditRoom.as_view(), name="room_edit"),
    path("rooms/<int:pk>/close/", CloseRoom.as_view(), name="room_close"),
    path("rooms/<int:pk>/reopen/", ReopenRoom.as_view(), name="room_reopen"),
    path("rooms/<int:pk>/sign/", RoomSign.as_view(), name="room_sign"),
    path("closures/<int:pk>/remove/", RemoveClosure.as_view(), name="closure_remove"),
]
