"""The public addresses of classes and of what stands around them."""

from django.urls import path

from courses.views import check_in, classes, enrolment, feeds, progress
from courses.views.mine import changing, data, look_up, show, study
from courses.views.privacy import privacy
from courses.views.signs import sign

urlpatterns = [
    path("classes/", classes.classes, name="classes"),
    path("classes/<slug:code>/", classes.one_class, name="class"),
    path("classes/<slug:code>/calendar.ics", classes.calendar, name="class_calendar"),
    path("progress/", progress.progress, name="progress"),
    path("progress/chart.svg", progress.chart, name="progress_chart"),
    path("progress/<slug:name>.xlsx", progress.table, name="progress_table"),
    path("check-in/<str:token>/", check_in.check_in, name="check_in"),
    path("classes/<slug:code>/seats.json", classes.seats, name="class_seats"),
    path("classes/<slug:code>/enrol/", enrolment.enrol_page, name="enrol"),
    path("privacy/", privacy, name="privacy"),
    path("signs/<slug:code>/", sign, name="sign"),
    path("classes/<slug:code>/poster.pdf", classes.poster, name="class_poster"),
    path("enrolments/", look_up.look_up, name="enrolments"),
    path("enrolments/closed/", look_up.closed, name="enrolments_closed"),
    path("enrolments/mine/", show.my_enrolment, name="my_enrolment"),
    path("enrolments/mine/take/", show.take, name="my_enrolment_take"),
    path("enrolments/mine/leave/", show.leave, name="my_enrolment_leave"),
    path("enrolments/mine/undo/", show.undo, name="my_enrolment_undo"),
    path("enrolments/mine/forget/", show.forget, name="my_enrolment_forget"),
    path("enrolments/mine/follow/", show.follow, name="my_enrolment_follow"),
    path("enrolments/mine/voucher.pdf", show.sheet, name="my_voucher"),
    path("enrolments/mine/cancel/", changing.cancelling, name="my_enrolment_cancel"),
    path("enrolments/mine/contact/", changing.contact, name="my_enrolment_contact"),
    path("enrolments/mine/contact/kept/", changing.contact_kept, name="my_enrolment_contact_kept"),
    path("enrolments/mine/study/<int:number>/", study.study, name="my_study"),
    path("enrolments/mine/copy/", data.copy, name="my_enrolment_copy"),
    path("enrolments/mine/withdraw/", data.withdrawing, name="my_enrolment_withdraw"),
    path("enrolments/withdrawn/", data.withdrawn, name="enrolments_withdrawn"),
    path("feeds/<slug:token>.ics", feeds.feed, name="feed"),
    # A secret that was copied without its end is not to stand in the log as the address of a page.
    path("feeds/<path:rest>", feeds.no_feed),
]
