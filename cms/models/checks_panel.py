from django.urls import reverse
from wagtail.admin.panels import Panel
from wagtail.models import Page


class ChecksPanel(Panel):
    """What the content checks say, on the form of a page or shared step.

    Only the frame stands in the form: its script fetches the findings, at first and after every save, so that
    an editor neither waits for them nor has to load the form again.
    """

    class BoundPanel(Panel.BoundPanel):
        template_name = "cms/admin/checks/panel.html"

        def get_context_data(self, parent_context=None):
            kind = "page" if isinstance(self.instance, Page) else "step"
            address = reverse("checks_of", args=[kind, self.instance.pk or 0])
            return super().get_context_data(parent_context) | {"address": address}
