"""The second factor in the staff area, the looks of the pages around the log-in page, and one's own account."""

from django.templatetags.static import static
from django.urls import path
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin.forms.account import NameEmailForm

from cms.views.admin import log_in as views

# A name is one field here. Wagtail asks for two and lets nobody change the password who has no surname of its own.
NameEmailForm.base_fields.pop("last_name", None)
NameEmailForm.base_fields["first_name"].label = "姓名"


@hooks.register("register_admin_urls")
def second_factor_addresses():
    return [
        path("second-factor/", views.ask, name="second_factor"),
        path("second-factor/setup/", views.set_up, name="second_factor_setup"),
    ]


@hooks.register("insert_global_admin_css")
def log_in_looks():
    return format_html('<link rel="stylesheet" href="{}">', static("cms/admin/css/log_in.css"))
