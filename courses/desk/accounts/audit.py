from cms.models import AuditEntry
from courses.desk.listing import Column, DeskList
from courses.enums import Right


class AuditList(DeskList):
    """操作记录."""

    page_title = "操作记录"
    right = Right.SEE_AUDIT
    columns = [Column("时间", str)]

    def get_rows(self):
        return AuditEntry.objects.none()
