"""What stands in the menu of those who write content, and of nobody else who is let into the staff area."""

from wagtail.admin.menu import MenuItem

from cms.services.roles import MAY_WRITE


class WritersMenuItem(MenuItem):
    """For everybody who writes."""

    def is_shown(self, request):
        return request.user.has_perm(MAY_WRITE)
