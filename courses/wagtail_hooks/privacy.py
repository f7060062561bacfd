"""个人信息说明 stands at the foot of every page."""

from django.urls import reverse
from wagtail import hooks

from cms.hooks import FOOTER_LINKS, FooterLink


@hooks.register(FOOTER_LINKS, order=10)
def personal_data_link():
    return FooterLink("我们怎么用您的信息", reverse("privacy"))
