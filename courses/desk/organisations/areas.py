from courses.desk.listing import Column, DeskList
from courses.enums import Right
from courses.models import Area


class AreaList(DeskList):
    """街镇."""

    page_title = "街镇"
    right = Right.CHANGE_AREAS
    columns = [Column("街镇", str)]

    def get_rows(self):
        return Area.objects.select_related("parent")
