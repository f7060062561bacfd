"""反馈 in the staff area: its address and its place in the menu."""

from django.templatetags.static import static
from django.urls import include, path, reverse
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.views.admin.feedback import FeedbackView


@hooks.register("register_admin_urls")
def feedback_address():
    return [path("feedback/", include(([path("", FeedbackView.as_view(), name="index")], "feedback_desk")))]


class FeedbackMenuItem(MenuItem):
    """For those who may settle feedback."""

    def is_shown(self, request):
        return request.user.has_perm("cms.change_stepfeedback")


@hooks.register("register_admin_menu_item")
def feedback_in_the_menu():
    return FeedbackMenuItem(
        "反馈", reverse("feedback_desk:index"), name="feedback", icon_name="comment", order=60
    )


@hooks.register("insert_editor_js")
def script_to_the_step():
    return format_html('<script src="{}"></script>', static("cms/admin/js/to_the_step.js"))
