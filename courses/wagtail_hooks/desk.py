"""班级 in the staff area: its addresses and its group in the menu."""

from django.urls import include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from courses.desk.base import DESK
from courses.desk.menu import ITEMS, DeskItem
from courses.models import acting_membership

MENU = "register_class_desk_menu_item"


@hooks.register("register_admin_urls")
def desk_addresses():
    return [path("desk/", include("courses.desk.urls"))]


def acting(request):
    """Return the identity this request is made under, looked up once."""
    if not hasattr(request.user, "acting"):
        request.user.acting = acting_membership(request.user)
    return request.user.acting


class DeskMenuItem(MenuItem):
    """For those whose identity allows it."""

    def __init__(self, item: DeskItem, **kwargs):
        super().__init__(item.label, item.url, name=f"desk-{item.name}", icon_name=item.icon, **kwargs)
        self.right = item.right

    def is_shown(self, request):
        membership = acting(request)
        return membership is not None and membership.allows(self.right)


class StartMenuItem(MenuItem):
    """The desk's own first page, for everybody who has an identity."""

    def is_shown(self, request):
        return acting(request) is not None


@hooks.register(MENU)
def start_item():
    return StartMenuItem(
        "首页和身份", reverse("desk:index"), name="desk-start", icon_name="clipboard-list", order=0
    )


def _register(item: DeskItem, order: int) -> None:
    hooks.register(MENU, lambda: DeskMenuItem(item, order=order))


for place, each in enumerate(ITEMS, start=1):
    _register(each, place * 10)


@hooks.register("register_admin_menu_item")
def desk_in_the_menu():
    return SubmenuMenuItem(DESK, Menu(register_hook_name=MENU), name="desk", icon_name="group", order=15)
