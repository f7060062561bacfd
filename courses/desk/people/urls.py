from django.urls import path

from courses.desk.people import care, change, people, show

urlpatterns = [
    path("teachers/", people.TeacherList.as_view(), name="teachers"),
    path("teachers/new/", change.NewTeacher.as_view(), name="new-teacher"),
    path("volunteers/", people.VolunteerList.as_view(), name="volunteers"),
    path("volunteers/new/", change.NewVolunteer.as_view(), name="new-volunteer"),
    path("people/<int:pk>/", show.PersonPage.as_view(), name="person"),
    path("people/<int:pk>/phone/", show.PhonePage.as_view(), name="person-phone"),
    path("people/<int:pk>/change/", change.ChangePerson.as_view(), name="change-person"),
    path("people/<int:pk>/leave/", change.PersonLeaves.as_view(), name="person-leaves"),
    path("people/<int:pk>/back/", change.PersonIsBack.as_view(), name="person-is-back"),
    path("people/<int:pk>/qualifications/new/", care.NewQualification.as_view(), name="new-qualification"),
    path(
        "people/<int:pk>/qualifications/<int:proof>/remove/",
        care.RemoveQualification.as_view(),
        name="remove-qualification",
    ),
    path("people/<int:pk>/consent/", care.GiveConsent.as_view(), name="give-consent"),
    path("people/<int:pk>/consent/withdraw/", care.WithdrawConsent.as_view(), name="withdraw-consent"),
    path("people/<int:pk>/account/", care.LinkAccount.as_view(), name="link-account"),
    path("people/<int:pk>/account/unlink/", care.UnlinkAccount.as_view(), name="unlink-account"),
    path("me/", show.MyRecordPage.as_view(), name="me"),
]
