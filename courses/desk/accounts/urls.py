from django.urls import path

from courses.desk.accounts.accounts import AccountList
from courses.desk.accounts.audit import AuditList

urlpatterns = [
    path("accounts/", AccountList.as_view(), name="accounts"),
    path("audit/", AuditList.as_view(), name="audit"),
]
