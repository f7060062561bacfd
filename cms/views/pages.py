from wagtail.models import Page, Site
from wagtail.url_routing import RouteResult
from wagtail.views import serve as wagtail_serve

from cms.page_cache import keep

# Deeper than any page lies, with a view below it. The rest of a longer address is not looked up.
DEEPEST = 8


def serve(request, path):
    """Answer with the page of the content tree at ``path``.

    Wagtail walks down the tree with two queries a level. One look-up of all addresses on the way finds the
    page and its ancestors at once; the rest of the serving is Wagtail's.
    """
    found = find(request, [part for part in path.split("/") if part])
    request._wagtail_route_for_request = found
    # Pages, and the views below them, are drawn from the address and the reader's choices alone.
    return keep(request, wagtail_serve(request, path))


def find(request, parts: list[str]) -> RouteResult | None:
    """Return the deepest live page on the way along ``parts``, having answered for what is below it."""
    root_path = _root_path()
    ways = [root_path] + [
        f"{root_path}{'/'.join(parts[: depth + 1])}/" for depth in range(len(parts[:DEEPEST]))
    ]
    on_the_way = {page.url_path: page for page in Page.objects.filter(url_path__in=ways)}
    trail = []
    for way in ways:
        if way not in on_the_way:
            break
        trail.append(on_the_way[way])
    if not trail:
        return None
    page = trail[-1].specific
    page.trail = trail[:-1]
    return page.route(request, parts[len(trail) - 1 :])


def _root_path() -> str:
    roots = Site.get_site_root_paths()
    return roots[0].root_path if roots else "/"
