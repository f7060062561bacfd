from courses.desk.listing import Column, DeskList
from courses.enums import Right
from courses.models import Membership


class AccountList(DeskList):
    """账号."""

    page_title = "账号"
    right = Right.MANAGE_ACCOUNTS
    columns = [Column("账号", str)]

    def get_rows(self):
        return Membership.objects.none()
