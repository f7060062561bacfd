from django.urls import path

from courses.desk.progress.boards import BranchBoard, DistrictBoard, OwnBoard
from courses.desk.progress.doubled import DoubledList
from courses.desk.progress.lists import (
    BranchList,
    DistrictList,
    OutcomeList,
    ScenarioList,
    SilentList,
    WithoutTeacherList,
)
from courses.desk.progress.months import LockMonth, MonthList, SealList

urlpatterns = [
    path("progress/", OwnBoard.as_view(), name="progress_board"),
    path("progress/in-district/<int:pk>/", DistrictBoard.as_view(), name="district_board"),
    path("progress/in-branch/<int:pk>/", BranchBoard.as_view(), name="branch_board"),
    path("progress/districts/", DistrictList.as_view(), name="progress_districts"),
    path("progress/branches/", BranchList.as_view(), name="progress_branches"),
    path("progress/scenarios/", ScenarioList.as_view(), name="progress_scenarios"),
    path("progress/outcomes/", OutcomeList.as_view(), name="progress_outcomes"),
    path("progress/silent/", SilentList.as_view(), name="silent_sessions"),
    path("progress/doubled/", DoubledList.as_view(), name="doubled_sessions"),
    path("progress/without-teacher/", WithoutTeacherList.as_view(), name="sessions_without_teacher"),
    path("progress/months/", MonthList.as_view(), name="locked_months"),
    path("progress/months/lock/", LockMonth.as_view(), name="lock_month"),
    path("progress/seals/", SealList.as_view(), name="seals"),
]
