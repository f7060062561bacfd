"""内容包 in the staff area: its addresses, its place in the menu, its lines in the log."""

from django.urls import include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button

from cms.hooks import PACKAGE_KINDS, ask
from cms.services.package_tasks import EXPORTED, IMPORTED
from cms.views.admin import packages as views


@hooks.register("register_admin_urls")
def package_addresses():
    addresses = [
        path("", views.index, name="index"),
        path("export/<int:pk>/", views.export, name="export"),
        path("upload/", views.upload, name="upload"),
        path("<int:pk>/", views.task, name="task"),
        path("<int:pk>/progress/", views.progress, name="progress"),
        path("<int:pk>/confirm/", views.confirm, name="confirm"),
        path("<int:pk>/drop/", views.drop, name="drop"),
        path("<int:pk>/download/", views.download, name="download"),
    ]
    return [path("packages/", include((addresses, "packages")))]


class PackagesMenuItem(MenuItem):
    """For those who may take content out."""

    def is_shown(self, request):
        return request.user.has_perm(views.MAY_EXPORT)


@hooks.register("register_admin_menu_item")
def packages_in_the_menu():
    return PackagesMenuItem(
        views.TITLE, reverse("packages:index"), name="packages", icon_name=views.ICON, order=90
    )


@hooks.register("register_page_header_buttons")
def export_button(page, user, view_name, next_url=None):
    roots = tuple(kind.root for kind in ask(PACKAGE_KINDS))
    if issubclass(page.specific_class, roots) and user.has_perm(views.MAY_EXPORT):
        address = f"{reverse('packages:index')}?page={page.pk}"
        yield Button("导出内容包", address, icon_name=views.ICON, priority=45)


@hooks.register("register_log_actions")
def packages_in_history(actions):
    actions.register_action(EXPORTED, "导出内容包", "导出了内容包")
    actions.register_action(IMPORTED, "装入内容包", _imported)


def _imported(data) -> str:
    return f"装入了内容包，改了 {(data or {}).get('changes', 0)} 处"
