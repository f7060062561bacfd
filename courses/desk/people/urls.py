from django.urls import path

from courses.desk.people.people import TeacherList, VolunteerList

urlpatterns = [
    path("teachers/", TeacherList.as_view(), name="teachers"),
    path("volunteers/", VolunteerList.as_view(), name="volunteers"),
]
