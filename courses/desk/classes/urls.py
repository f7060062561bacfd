from django.urls import path

from courses.desk.classes.board import BoardPage, CancelDay
from courses.desk.classes.feeds import FeedList, FeedPage, NewFeed, RenewFeed, RevokeFeed
from courses.desk.classes.month import MonthPage
from courses.desk.classes.new_run import NewRun
from courses.desk.classes.papers import PosterOfRun, Timetable
from courses.desk.classes.runs import CancelRun, CopyRun, EditRun, PublishRun, RunList, RunPage
from courses.desk.classes.sessions import (
    CancelSession,
    ChangeTeacher,
    MakeUp,
    MoveSession,
    RestoreSession,
    SayNotHeld,
    SessionPage,
)
from courses.desk.classes.terms import EditTerm, NewTerm, TermList

urlpatterns = [
    path("classes/", RunList.as_view(), name="runs"),
    path("classes/new/", NewRun.as_view(), name="new_run"),
    path("classes/<int:pk>/", RunPage.as_view(), name="run"),
    path("classes/<int:pk>/edit/", EditRun.as_view(), name="edit_run"),
    path("classes/<int:pk>/publish/", PublishRun.as_view(), name="publish_run"),
    path("classes/<int:pk>/cancel/", CancelRun.as_view(), name="cancel_run"),
    path("classes/<int:pk>/copy/", CopyRun.as_view(), name="copy_run"),
    path("classes/<int:pk>/poster.pdf", PosterOfRun.as_view(), name="run_poster"),
    path("sessions/<int:pk>/", SessionPage.as_view(), name="session"),
    path("sessions/<int:pk>/move/", MoveSession.as_view(), name="move_session"),
    path("sessions/<int:pk>/cancel/", CancelSession.as_view(), name="cancel_session"),
    path("sessions/<int:pk>/not-held/", SayNotHeld.as_view(), name="session_not_held"),
    path("sessions/<int:pk>/restore/", RestoreSession.as_view(), name="restore_session"),
    path("sessions/<int:pk>/make-up/", MakeUp.as_view(), name="make_up"),
    path("sessions/<int:pk>/teacher/", ChangeTeacher.as_view(), name="change_teacher"),
    path("terms/", TermList.as_view(), name="terms"),
    path("terms/new/", NewTerm.as_view(), name="new_term"),
    path("terms/<int:pk>/", EditTerm.as_view(), name="edit_term"),
    path("board/", BoardPage.as_view(), name="board"),
    path("month/", MonthPage.as_view(), name="month"),
    path("timetable/", Timetable.as_view(), name="timetable"),
    path("feeds/", FeedList.as_view(), name="feeds"),
    path("feeds/new/", NewFeed.as_view(), name="new_feed"),
    path("feeds/<int:pk>/", FeedPage.as_view(), name="feed"),
    path("feeds/<int:pk>/renew/", RenewFeed.as_view(), name="renew_feed"),
    path("feeds/<int:pk>/revoke/", RevokeFeed.as_view(), name="revoke_feed"),
    path("cancel-day/", CancelDay.as_view(), name="cancel_day"),
]
