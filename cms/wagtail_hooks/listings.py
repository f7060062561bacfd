"""What lists of pages offer for many pages at once."""

from wagtail import hooks

from cms.viewsets.checked import SetCheckedBulkAction

hooks.register("register_bulk_action", SetCheckedBulkAction)
