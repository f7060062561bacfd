from courses.desk.listing import Column, DeskList
from courses.enums import Right
from courses.models import Venue


class VenueList(DeskList):
    """场地."""

    page_title = "场地"
    right = Right.SEE_PLACES
    columns = [Column("名称", str)]

    def get_rows(self):
        return Venue.objects.visible_to(self.request.user)
