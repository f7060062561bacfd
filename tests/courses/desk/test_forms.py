"""What every form of the desk can do; the forms of organisations stand for all of them."""

import pytest
from django.contrib.messages import get_messages

from courses.enums import Duty
from courses.models import Organisation
from tests.factories.classes import a_school
from tests.html import parsed

pytestmark = pytest.mark.django_db


@pytest.fixture
def address(college):
    return f"/admin/desk/organisations/{college.pk}/new/"


def test_every_field_has_a_label_and_is_tied_to_its_words(clerk, address):
    page = parsed(clerk.get(address))
    controls = page.all(".desk-form :is(input:not([type=hidden]), select, textarea)")
    assert len(controls) == 15
    for control in controls:
        page.one(f".desk-form label[for={control['id']}]")
    for each in page.all(".desk-form [aria-describedby]"):
        for word in each["aria-describedby"].split():
            page.one(f"#{word}")


def test_must_be_filled_is_said_in_words(clerk, address):
    page = parsed(clerk.get(address))
    must = page.all(".desk-field:has([required])")
    assert {each["id"] for each in must} == {"field-kind", "field-name", "field-code", "field-area"}
    assert all("必填" in each.text for each in must)
    assert "必填" not in page.one("#field-address").text


def test_parts_are_headed_in_order(clerk, address):
    page = parsed(clerk.get(address))
    assert [each.text for each in page.all(".desk-form h2")] == ["名称", "在哪里", "谁负责", "核对"]
    page.one("h1")


def test_errors_stand_on_top_and_beside_and_lead_to_their_field(clerk, address):
    response = clerk.post(address, {"name": "新校", "kind": "", "code": "东"})
    page = parsed(response)
    assert page.one("head title").text.strip().startswith("还要改：")
    assert page.one(".desk-problems")["tabindex"] == "-1"
    links = page.all(".desk-problems a")
    assert len(links) == 3
    for link in links:
        page.one(link["href"])
    code = page.one("input[name=code]")
    assert code["aria-invalid"] == "true"
    assert "id_code_error" in code["aria-describedby"]
    assert "机构代码只用" in page.one("#id_code_error").text
    assert page.one("input[name=name]")["value"] == "新校"
    assert "id_kind_error" in page.one("fieldset:has(input[name=kind])")["aria-describedby"]


def test_a_right_form_says_it_is_done(clerk, address, college):
    values = {"kind": "learning-site", "name": "新点", "code": "N-1", "area": college.area.code}
    response = clerk.post(address, values)
    assert response.status_code == 302
    assert [str(message) for message in get_messages(response.wsgi_request)] == ["建好了。"]


def test_giving_up_leads_back(clerk, address, college):
    back = parsed(clerk.get(address)).one(".desk-form a.button")
    assert back["href"] == f"/admin/desk/organisations/{college.pk}/"


def test_a_refusal_without_a_field_stands_on_top(manager, college):
    page = parsed(manager.post(f"/admin/desk/organisations/{college.pk}/close/", {"on": "2021-09-01"}))
    assert "不能由自己移动或停办" in page.one(".desk-problems").text


def test_a_form_changes_nothing_without_its_token(client, clerk, address):
    client.handler.enforce_csrf_checks = True
    assert clerk.post(address, {"name": "新校"}).status_code == 403
    assert not Organisation.objects.filter(name="新校").exists()


def test_looking_at_a_form_changes_nothing(clerk, address):
    before = Organisation.objects.count()
    clerk.get(f"{address}?name=新校&code=N-1&kind=learning-site")
    assert Organisation.objects.count() == before


def test_a_form_asks_for_the_right_before_anything(logged_in, college):
    school = a_school(college)
    staff = logged_in(Duty.SCHOOL_STAFF, school)
    for send in (staff.get, staff.post):
        assert send(f"/admin/desk/organisations/{school.pk}/edit/").status_code == 302
        # Also what is not there is refused, not missing: nobody learns which ids exist.
        assert send(f"/admin/desk/organisations/{10**9}/edit/").status_code == 302
