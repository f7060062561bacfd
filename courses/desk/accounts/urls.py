from django.urls import path

from courses.desk.accounts import editing
from courses.desk.accounts.accounts import AccountList
from courses.desk.accounts.audit import AuditList
from courses.desk.accounts.show import AccountPage
from courses.desk.accounts.slip import LogInSlip

ONE = "accounts/<int:pk>/"

urlpatterns = [
    path("accounts/", AccountList.as_view(), name="accounts"),
    path("accounts/new/", editing.NewAccount.as_view(), name="account_new"),
    path(ONE, AccountPage.as_view(), name="account"),
    path(f"{ONE}slip/", LogInSlip.as_view(), name="account_slip"),
    path(f"{ONE}disable/", editing.Disable.as_view(), name="account_disable"),
    path(f"{ONE}enable/", editing.Enable.as_view(), name="account_enable"),
    path(f"{ONE}second-factor/", editing.DropSecondFactor.as_view(), name="account_second_factor"),
    path(f"{ONE}duties/new/", editing.NewDuty.as_view(), name="account_duty_new"),
    path(f"{ONE}duties/<int:duty>/end/", editing.EndDuty.as_view(), name="account_duty_end"),
    path("audit/", AuditList.as_view(), name="audit"),
]
