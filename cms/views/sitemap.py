from wagtail.contrib.sitemaps.sitemap_generator import Sitemap

from cms.models import recommended


class PagesSitemap(Sitemap):
    """The addresses readers can read. None of our pages has addresses of its own kind to add, so Wagtail's
    fetching of each page in its own class, a query a class, is left out."""

    def items(self):
        root = self.get_wagtail_site().root_page
        return recommended(root.get_descendants(inclusive=True).live().public()).order_by("path")
