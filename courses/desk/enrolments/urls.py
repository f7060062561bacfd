from django.urls import path

from courses.desk.enrolments.changing import (
    AcceptOffer,
    CancelEnrolment,
    DeclineOffer,
    MoveEnrolment,
    PrioritiseEnrolment,
    UndoEnrolment,
)
from courses.desk.enrolments.enrolling import EnrolLearner, EnrolPerson, EnrolReturning
from courses.desk.enrolments.roster import EnrolmentList, FindByVoucher, Roster
from courses.desk.enrolments.show import EnrolmentDone, EnrolmentPage, RevealEnrolmentPhone

urlpatterns = [
    path("classes/<int:pk>/enrolments/", Roster.as_view(), name="run_enrolments"),
    path("classes/<int:pk>/enrol/", EnrolPerson.as_view(), name="enrol_person"),
    path("classes/<int:pk>/enrol/returning/", EnrolReturning.as_view(), name="enrol_returning"),
    path("classes/<int:pk>/enrol/<int:learner_pk>/", EnrolLearner.as_view(), name="enrol_learner"),
    path("enrolments/", EnrolmentList.as_view(), name="enrolments"),
    path("enrolments/find/", FindByVoucher.as_view(), name="find_enrolment"),
    path("enrolments/<int:pk>/", EnrolmentPage.as_view(), name="enrolment"),
    path("enrolments/<int:pk>/done/", EnrolmentDone.as_view(), name="enrolment_done"),
    path("enrolments/<int:pk>/phone/", RevealEnrolmentPhone.as_view(), name="reveal_enrolment_phone"),
    path("enrolments/<int:pk>/cancel/", CancelEnrolment.as_view(), name="cancel_enrolment"),
    path("enrolments/<int:pk>/undo/", UndoEnrolment.as_view(), name="undo_enrolment"),
    path("enrolments/<int:pk>/accept/", AcceptOffer.as_view(), name="accept_offer"),
    path("enrolments/<int:pk>/decline/", DeclineOffer.as_view(), name="decline_offer"),
    path("enrolments/<int:pk>/move/", MoveEnrolment.as_view(), name="move_enrolment"),
    path("enrolments/<int:pk>/priority/", PrioritiseEnrolment.as_view(), name="prioritise_enrolment"),
]
