"""How a long stream of steps comes into the editor: the first step at once, the others after it."""

from django.forms import Media
from django.utils.functional import cached_property
from wagtail.blocks.stream_block import StreamBlockAdapter


class ArrivingSteps(StreamBlockAdapter):
    """Wagtail's stream, drawn by static/cms/admin/js/steps_arriving.js."""

    js_constructor = "cms.blocks.ArrivingSteps"

    @cached_property
    def media(self):
        return super().media + Media(js=["cms/admin/js/steps_arriving.js"])
