from django.urls import path

from courses.desk.rolls.codes import DoorCode, ScanVouchers
from courses.desk.rolls.follow_ups import AnswerFollowUp, FollowUps
from courses.desk.rolls.guests import ApproveHeads, CountHeads, WalkIn
from courses.desk.rolls.meeting import DropMeeting, MeetingPreview, MeetingUpload
from courses.desk.rolls.online import OnlineRoll
from courses.desk.rolls.outcomes import Outcomes
from courses.desk.rolls.roll import Roll, UndoRoll

urlpatterns = [
    path("sessions/<int:pk>/roll/", Roll.as_view(), name="roll"),
    path("sessions/<int:pk>/roll/undo/", UndoRoll.as_view(), name="undo_roll"),
    path("sessions/<int:pk>/roll/walk-in/", WalkIn.as_view(), name="walk_in"),
    path("sessions/<int:pk>/roll/door/", DoorCode.as_view(), name="door_code"),
    path("sessions/<int:pk>/roll/scan/", ScanVouchers.as_view(), name="scan_vouchers"),
    path("sessions/<int:pk>/roll/online/", OnlineRoll.as_view(), name="online_roll"),
    path("sessions/<int:pk>/roll/online/list/", MeetingUpload.as_view(), name="meeting_list"),
    path(
        "sessions/<int:pk>/roll/online/list/<slug:token>/", MeetingPreview.as_view(), name="meeting_preview"
    ),
    path("sessions/<int:pk>/roll/online/list/<slug:token>/drop/", DropMeeting.as_view(), name="meeting_drop"),
    path("sessions/<int:pk>/roll/heads/", CountHeads.as_view(), name="count_heads"),
    path("sessions/<int:pk>/roll/heads/approve/", ApproveHeads.as_view(), name="approve_heads"),
    path("sessions/<int:pk>/roll/outcomes/", Outcomes.as_view(), name="outcomes"),
    path("follow-ups/", FollowUps.as_view(), name="follow_ups"),
    path("follow-ups/<int:pk>/", AnswerFollowUp.as_view(), name="answer_follow_up"),
]
