"""Pages whose set and addresses are part of the public contract: only their words are edited."""

from typing import ClassVar

from wagtail.admin.panels import CommentPanel
from wagtail.models import PagePermissionTester

from cms.models.pages import BasePage


class FixedPagePermissions(PagePermissionTester):
    """Nobody, not even an administrator, may copy, move, take off line or delete a fixed page."""

    def can_delete(self, ignore_bulk=False):
        return False

    def can_unpublish(self):
        return False

    def can_copy(self):
        return False

    def can_move_to(self, destination):
        return False


class FixedPage(BasePage):
    """A page the site cannot do without; `seed` makes it, and it keeps its place and its address.

    ``pre_delete`` guards it as well, whoever deletes (cms.signals).
    """

    # No form to change the address, none to set a day when the page goes off line.
    promote_panels: ClassVar[list] = []
    settings_panels: ClassVar[list] = [CommentPanel()]
    # Course designers write drafts below the page (cms.services.roles).
    designers_write_below: ClassVar[bool] = False

    class Meta:
        abstract = True

    def fixed_slug(self) -> str:
        """Return the last part of the page's address."""
        raise NotImplementedError

    def _set_core_field_defaults(self):
        # Wagtail calls this before every check of a page, draft or not: whatever a form sent, the address stays.
        self.slug = self.fixed_slug()
        super()._set_core_field_defaults()

    def permissions_for_user(self, user):
        return FixedPagePermissions(user, self)
