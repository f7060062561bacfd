from django.urls import path

from courses.desk.messages.calls import Called, CallList, CallListOnPaper, NoAnswer, PutBack, RevealNumber
from courses.desk.messages.messages import MessageList

urlpatterns = [
    path("messages/", MessageList.as_view(), name="messages"),
    path("calls/", CallList.as_view(), name="call_list"),
    path("calls/paper/", CallListOnPaper.as_view(), name="call_list_paper"),
    path("calls/<int:pk>/number/", RevealNumber.as_view(), name="call_number"),
    path("calls/<int:pk>/called/", Called.as_view(), name="call_made"),
    path("calls/<int:pk>/no-answer/", NoAnswer.as_view(), name="call_not_answered"),
    path("calls/<int:pk>/back/", PutBack.as_view(), name="call_put_back"),
]
