"""The menu: in the order of work, and nothing in it that a role cannot use."""

import pytest
from django.test import RequestFactory
from django.urls import reverse
from wagtail.admin.menu import admin_menu, settings_menu

WORK = ["今天", "课程", "手册", "共用步骤", "图片", "录音和文件", "反馈", "内容检查", "改名（查找替换）"]
PEOPLE = ["designer", "reviewer", "manager"]
# What each role must not even be shown, and what must refuse when its address is typed.
FORBIDDEN = [
    "/admin/users/",
    "/admin/groups/",
    "/admin/sites/",
    "/admin/workflows/list/",
    "/admin/workflows/tasks/index/",
]
FOR_MANAGERS = {
    "全站设置": "/admin/settings/cms/sitesettings/",
    "redirects": "/admin/redirects/",
    "collections": "/admin/collections/",
}


def menu_of(user, menu=admin_menu) -> list:
    request = RequestFactory().get("/admin/")
    request.user = user
    return sorted(menu.menu_items_for_request(request), key=lambda item: item.order)


def leaves(items, user) -> list:
    """Return the items that lead somewhere, those in submenus too."""
    found = []
    for item in items:
        submenu = getattr(item, "menu", None)
        found += leaves(menu_of(user, submenu), user) if submenu else [item]
    return found


@pytest.mark.parametrize("who", PEOPLE)
def test_the_order_of_work(request, who):
    words = [str(item.label) for item in menu_of(request.getfixturevalue(who).user)]
    assert [word for word in words if word in WORK] == WORK
    assert words[0] == "今天"
    assert words.index("全部页面") > words.index("反馈")


@pytest.mark.parametrize("who", PEOPLE)
def test_every_item_opens(request, who):
    browser = request.getfixturevalue(who)
    for item in leaves(menu_of(browser.user), browser.user):
        response = browser.get(str(item.url), follow=True)
        assert response.status_code == 200, item.name
        assert not [str(message) for message in response.context["messages"]], item.name


@pytest.mark.parametrize("who", PEOPLE)
def test_wagtails_own_help_is_away(request, who):
    names = {item.name for item in menu_of(request.getfixturevalue(who).user)}
    assert "help" not in names


def refuses(browser, address: str) -> bool:
    """True when the staff area sends the person home, or answers that there is nothing for them."""
    response = browser.get(address, follow=True)
    sent_to = [url for url, _ in response.redirect_chain][-1:]
    return response.status_code in {403, 404} or sent_to == [reverse("wagtailadmin_home")]


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("address", FORBIDDEN)
def test_nobody_tends_accounts_or_the_workflow(request, who, address):
    browser = request.getfixturevalue(who)
    assert address not in {str(item.url) for item in leaves(menu_of(browser.user), browser.user)}
    assert refuses(browser, address)


@pytest.mark.parametrize("address", FOR_MANAGERS.values(), ids=FOR_MANAGERS.keys())
def test_what_stands_around_the_content_is_the_managers(designer, reviewer, manager, address):
    assert refuses(designer, address)
    assert refuses(reviewer, address)
    assert manager.get(address, follow=True).status_code == 200


def test_settings_are_shown_to_managers_only(designer, reviewer, manager):
    assert not menu_of(designer.user, settings_menu)
    assert not menu_of(reviewer.user, settings_menu)
    assert {item.name for item in menu_of(manager.user, settings_menu)} >= {"redirects", "collections"}
