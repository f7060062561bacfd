from courses.desk.listing import Column, DeskList
from courses.enums import Right
from courses.models import TeachingPerson


class TeacherList(DeskList):
    """教师."""

    page_title = "教师"
    right = Right.SEE_PEOPLE
    columns = [Column("姓名", str)]

    def get_rows(self):
        return TeachingPerson.objects.visible_to(self.request.user)


class VolunteerList(TeacherList):
    """志愿者."""

    page_title = "志愿者"
