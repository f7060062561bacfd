"""How the editor of a page is divided: what is written, where it belongs, what is set once."""

from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.models import Page

from cms.models.pages import PublishablePageForm

ADDRESS_PANELS = (
    FieldPanel("slug"),
    MultiFieldPanel(
        [FieldPanel("seo_title"), FieldPanel("search_description")],
        heading="给搜索网站看的",
        help_text="可以不填。不填就用标题。",
        classname="collapsed",
    ),
)


def three_tabs(*, content: list, filing: list, settings: tuple = ()) -> TabbedInterface:
    """Return an editor with three tabs, in the order of the work."""
    last = [*ADDRESS_PANELS, *settings, *Page.settings_panels]
    return TabbedInterface(
        [
            ObjectList(content, heading="内容"),
            ObjectList(filing, heading="归类和核对"),
            ObjectList(last, heading="设置"),
        ],
        base_form_class=PublishablePageForm,
    )
