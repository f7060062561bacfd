from wagtail.models import Page

from cms.hooks import HOME_SECTIONS, ask
from cms.models.fixed import FixedPage


class HomePage(FixedPage):
    """The first page: ten scenarios, then what the other apps put below them."""

    max_count = 1
    parent_page_types = ["wagtailcore.Page"]

    class Meta:
        verbose_name = "首页"
        verbose_name_plural = "首页"

    def fixed_slug(self) -> str:
        return "home"

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["sections"] = list(ask(HOME_SECTIONS, request))
        return context

    @classmethod
    def the_one(cls) -> "HomePage":
        """Return the site's home page. Raises DoesNotExist before `seed` has run."""
        return cls.objects.get()


def site_root() -> Page:
    """Return the node above the home page."""
    return Page.objects.get(depth=1)
