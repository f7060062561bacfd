from django.urls import path

from courses.desk.rolls.codes import DoorCode, ScanVouchers
from courses.desk.rolls.follow_ups import AnswerFollowUp, FollowUps
from courses.desk.rolls.guests import ApproveHeads, CountHeads, WalkIn
from courses.desk.rolls.meeting import DropMeeting, MeetingPreview, MeetingUpload
from courses.desk.rolls.offline import (
    OffLinePage,
    OffLineToken,
    OffLineWorker,
    PrepareOffLine,
    UploadMarks,
)
from courses.desk.rolls.online import OnlineRoll
from courses.desk.rolls.outcomes import Outcomes
from courses.desk.rolls.paper import PaperRoll
from courses.desk.rolls.photos import AddRollPhotos, OneRollPhoto, RemoveRollPhoto, RollPhotos
from courses.desk.rolls.printing import NumberCards, RollMatrix, RollSheet
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
    path("sessions/<int:pk>/roll/offline/", PrepareOffLine.as_view(), name="prepare_offline"),
    path("sessions/<int:pk>/roll/marks/", UploadMarks.as_view(), name="upload_marks"),
    # The worker lies below its page: it has to do with no other.
    path("rolls/offline/", OffLinePage.as_view(), name="offline_rolls"),
    path("rolls/offline/worker.js", OffLineWorker.as_view(), name="offline_worker"),
    path("rolls/offline/token/", OffLineToken.as_view(), name="offline_token"),
    path("sessions/<int:pk>/roll/outcomes/", Outcomes.as_view(), name="outcomes"),
    path("follow-ups/", FollowUps.as_view(), name="follow_ups"),
    path("follow-ups/<int:pk>/", AnswerFollowUp.as_view(), name="answer_follow_up"),
    path("sessions/<int:pk>/roll/paper/", PaperRoll.as_view(), name="roll_paper"),
    path("sessions/<int:pk>/roll/sheet.pdf", RollSheet.as_view(), name="roll_sheet"),
    path("sessions/<int:pk>/roll/photos/", RollPhotos.as_view(), name="roll_photos"),
    path("sessions/<int:pk>/roll/photos/add/", AddRollPhotos.as_view(), name="add_roll_photos"),
    path("roll-photos/<int:pk>/", OneRollPhoto.as_view(), name="roll_photo"),
    path("roll-photos/<int:pk>/remove/", RemoveRollPhoto.as_view(), name="remove_roll_photo"),
    path("classes/<int:pk>/roll-matrix.pdf", RollMatrix.as_view(), name="roll_matrix"),
    path("classes/<int:pk>/number-cards.pdf", NumberCards.as_view(), name="number_cards"),
]
