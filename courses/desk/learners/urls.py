from django.urls import path

from courses.desk.learners.copies import CopyAsJson, CopyOnPaper
from courses.desk.learners.erasing import EraseLearner
from courses.desk.learners.learners import LearnerList
from courses.desk.learners.merging import FindTwin, MergeLearners, UnmergeLearner
from courses.desk.learners.show import LearnerPage, RevealPhone
from courses.desk.learners.suggesting import SuggestLearners
from courses.desk.learners.writing import CorrectLearner, KnowLearner, NewLearner

urlpatterns = [
    path("learners/", LearnerList.as_view(), name="learners"),
    path("learners/new/", NewLearner.as_view(), name="new_learner"),
    path("learners/suggest/", SuggestLearners.as_view(), name="suggest_learners"),
    path("learners/<int:pk>/", LearnerPage.as_view(), name="learner"),
    path("learners/<int:pk>/edit/", CorrectLearner.as_view(), name="edit_learner"),
    path("learners/<int:pk>/known/", KnowLearner.as_view(), name="know_learner"),
    path("learners/<int:pk>/phone/", RevealPhone.as_view(), name="reveal_learner_phone"),
    path("learners/<int:pk>/copy/", CopyOnPaper.as_view(), name="copy_learner"),
    path("learners/<int:pk>/copy.json", CopyAsJson.as_view(), name="copy_learner_json"),
    path("learners/<int:pk>/merge/", FindTwin.as_view(), name="merge_learner"),
    path("learners/<int:pk>/merge/<int:other_pk>/", MergeLearners.as_view(), name="merge_learners"),
    path("learners/<int:pk>/unmerge/", UnmergeLearner.as_view(), name="unmerge_learner"),
    path("learners/<int:pk>/erase/", EraseLearner.as_view(), name="erase_learner"),
]
