"""The pages the site cannot do without. Running it again changes nothing."""

from urllib.parse import urlsplit

from django.conf import settings
from wagtail.models import Collection, Page, Site

from cms.enums import Scenario
from cms.hooks import FIXED_PAGES, ask
from cms.models import HomePage, ScenarioIndexPage, ScenarioPage, SiteSettings
from cms.models.home import site_root
from cms.wording import SITE_NAME

SCENARIO_GOALS = {
    Scenario.HEALTHCARE: "挂号、看报告、用医保码，自己会办。",
    Scenario.TRANSPORT: "坐地铁、打车、买车票，一路不慌。",
    Scenario.SHOW_CODE: "随申码、电子证件，要用时亮得出来。",
    Scenario.SCAN_CODE: "会扫码、会付钱，也看得出可疑的码。",
    Scenario.CHAT: "和家人说话、视频、发照片。",
    Scenario.BILLS: "水电煤、电话费，看清了再交。",
    Scenario.SHOPPING: "会买、会退，不上当。",
    Scenario.LEISURE: "听戏、看书、约公园，玩得开心。",
    Scenario.PHONE: "字放大、连上网，手机听您的话。",
    Scenario.SAFETY: "密码和验证码，一个都不给。",
}


def ensure_fixed_pages() -> HomePage:
    """Create home, the ten scenarios and what each app needs, where they are missing."""
    home = HomePage.objects.first() or _create_home()
    _name_site(home)
    _name_roots()
    index = child(home, ScenarioIndexPage, slug="scenarios", title="十个应用场景")
    for scenario in Scenario:
        child(
            index,
            ScenarioPage,
            slug=scenario.value,
            title=scenario.label,
            scenario=scenario.value,
            goal=SCENARIO_GOALS[scenario],
        )
    list(ask(FIXED_PAGES, home))
    # Here, so that no reader's GET is the first to write the row.
    SiteSettings.load()
    return home


def child(parent: Page, page_class: type[Page], *, slug: str, **values) -> Page:
    """Return the child of ``parent`` at ``slug``, made and published if it is missing."""
    found = page_class.objects.child_of(parent).filter(slug=slug).first()
    if found:
        return found
    page = parent.add_child(instance=page_class(slug=slug, **values))
    page.save_revision().publish()
    parent.refresh_from_db()
    return page


def _create_home() -> HomePage:
    root = site_root()
    # Wagtail's first migration leaves a welcome page in English and a site that points to it.
    welcome = Page.objects.filter(depth=2, slug="home", content_type__model="page").first()
    if welcome:
        Site.objects.all().delete()
        welcome.delete()
        root = site_root()
    home = root.add_child(instance=HomePage(title="随申学堂", slug="home"))
    home.save_revision().publish()
    return home


def _name_site(home: HomePage) -> None:
    """Tell Wagtail the public address, which its site map and its "view live" links are made from."""
    address = urlsplit(settings.PUBLIC_URL)
    port = address.port or (443 if address.scheme == "https" else 80)
    wanted = {"hostname": address.hostname, "port": port, "root_page_id": home.pk, "site_name": SITE_NAME}
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    if any(getattr(site, name) != value for name, value in wanted.items()):
        for name, value in wanted.items():
            setattr(site, name, value)
        site.save()


def _name_roots() -> None:
    """Give the two trees' roots, which Wagtail's migrations name in English, a name that staff can read."""
    Page.objects.filter(depth=1, title="Root").update(title="整个网站", draft_title="整个网站")
    Collection.objects.filter(depth=1, name="Root").update(name="全部")
