"""Content checks in the staff area: in the editor, as a report, and the list of 黑话."""

from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html
from wagtail import hooks

from cms.views.admin import checks
from cms.viewsets.jargon import JargonViewSet
from cms.wagtail_hooks.writers import WritersMenuItem


@hooks.register("register_admin_urls")
def checks_addresses():
    return [
        path("checks/", checks.ChecksReport.as_view(), name="checks"),
        path("checks/jargon/", checks.jargon, name="jargon_list"),
        path("checks/of/<str:kind>/<int:pk>/", checks.findings_of, name="checks_of"),
    ]


@hooks.register("register_admin_menu_item")
def checks_in_menu():
    return WritersMenuItem("内容检查", reverse("checks"), name="checks", icon_name="glasses", order=70)


@hooks.register("register_admin_viewset")
def jargon_list():
    return JargonViewSet()


@hooks.register("insert_global_admin_css")
def checks_looks():
    return format_html('<link rel="stylesheet" href="{}">', static("cms/admin/css/checks.css"))


@hooks.register("insert_editor_js")
def checks_script():
    return format_html('<script src="{}"></script>', static("cms/admin/js/checks.js"))
