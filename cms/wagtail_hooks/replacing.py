"""改名: find and replace, in the staff area."""

from django.urls import path, reverse
from wagtail import hooks
from wagtail.log_actions import LogFormatter

from cms.services.replacing import LOG_ACTION
from cms.views.admin import replacing
from cms.wagtail_hooks.writers import WritersMenuItem


@hooks.register("register_admin_urls")
def replacing_address():
    return [path("replacing/", replacing.replacing, name="replacing")]


@hooks.register("register_admin_menu_item")
def replacing_in_menu():
    return WritersMenuItem(
        "改名（查找替换）", reverse("replacing"), name="replacing", icon_name="edit", order=80
    )


@hooks.register("register_log_actions")
def replacing_in_history(actions):
    @actions.register_action(LOG_ACTION)
    class Replacing(LogFormatter):
        """改名 in a page's history."""

        label = "改名"

        def format_message(self, log_entry):
            return f"改名：{log_entry.data['what']} → {log_entry.data['into']}"
