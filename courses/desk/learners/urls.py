from django.urls import path

from courses.desk.learners.learners import LearnerList

urlpatterns = [
    path("learners/", LearnerList.as_view(), name="learners"),
]
