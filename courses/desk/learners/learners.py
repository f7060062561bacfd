from courses.desk.listing import Column, DeskList
from courses.enums import Right
from courses.models import Learner


class LearnerList(DeskList):
    """学员."""

    page_title = "学员"
    right = Right.SEE_LEARNERS
    columns = [Column("姓名", str)]

    def get_rows(self):
        return Learner.objects.visible_to(self.request.user).canonical()
