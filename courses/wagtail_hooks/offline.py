"""Names that 离线点名 left on a device go on any page of the staff area, not only on its own."""

from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from wagtail import hooks


@hooks.register("insert_global_admin_js")
def forget_names():
    return format_html(
        '<script src="{}"></script><script src="{}" data-log-out="{}"></script>',
        static("courses/desk/offline/store.js"),
        static("courses/desk/offline/tidy.js"),
        reverse("wagtailadmin_logout"),
    )
