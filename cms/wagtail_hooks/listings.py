"""What lists of pages look like, and what they offer for many pages at once."""

from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks

from cms.viewsets.checked import SetCheckedBulkAction

hooks.register("register_bulk_action", SetCheckedBulkAction)


@hooks.register("insert_global_admin_css")
def lists_of_content():
    return format_html('<link rel="stylesheet" href="{}">', static("cms/admin/css/content_pages.css"))
