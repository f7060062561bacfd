"""What progress gives to the ground floor: a tab."""

from wagtail import hooks

from cms.hooks import NAV_TABS, NavTab


@hooks.register(NAV_TABS, order=40)
def progress_tab():
    return NavTab("进度", "/progress/", ("/progress/",))
