"""A plain page below home cannot take an address that the site needs for itself."""

from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, streamfield

from cms.models import HomePage, StandardPage
from tests.factories.forms import module_form

BODY = nested_form_data({"body": streamfield([])})


def test_the_editor_says_so_and_keeps_what_was_typed(admin):
    address = reverse("wagtailadmin_pages:add", args=["cms", "standardpage", HomePage.objects.get().pk])
    response = admin.post(address, module_form(title="找东西", slug="search") | BODY)
    assert "网站自己要用" in str(response.context["form"].errors["slug"])
    assert response.context["form"]["title"].value() == "找东西"


def test_an_address_made_from_the_title_gives_way(admin):
    address = reverse("wagtailadmin_pages:add", args=["cms", "standardpage", HomePage.objects.get().pk])
    assert admin.post(address, module_form(title="Search") | BODY).status_code == 302
    assert StandardPage.objects.get().slug == "search-page"
