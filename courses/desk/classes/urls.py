from django.urls import path

from courses.desk.classes.board import BoardPage, CancelDay
from courses.desk.classes.new_run import NewRun
from courses.desk.classes.runs import CancelRun, CopyRun, PublishRun, RunList, RunPage
from courses.desk.classes.sessions import CancelSession, ChangeTeacher, MakeUp, MoveSession, SessionPage

urlpatterns = [
    path("classes/", RunList.as_view(), name="runs"),
    path("classes/new/", NewRun.as_view(), name="new_run"),
    path("classes/<int:pk>/", RunPage.as_view(), name="run"),
    path("classes/<int:pk>/publish/", PublishRun.as_view(), name="publish_run"),
    path("classes/<int:pk>/cancel/", CancelRun.as_view(), name="cancel_run"),
    path("classes/<int:pk>/copy/", CopyRun.as_view(), name="copy_run"),
    path("sessions/<int:pk>/", SessionPage.as_view(), name="session"),
    path("sessions/<int:pk>/move/", MoveSession.as_view(), name="move_session"),
    path("sessions/<int:pk>/cancel/", CancelSession.as_view(), name="cancel_session"),
    path("sessions/<int:pk>/make-up/", MakeUp.as_view(), name="make_up"),
    path("sessions/<int:pk>/teacher/", ChangeTeacher.as_view(), name="change_teacher"),
    path("board/", BoardPage.as_view(), name="board"),
    path("cancel-day/", CancelDay.as_view(), name="cancel_day"),
]
