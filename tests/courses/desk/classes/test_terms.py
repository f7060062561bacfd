"""学期 in the desk: the city's list, and what forms say where there is none."""

from courses.enums import Duty
from courses.models import Term
from tests.factories.classes import a_school
from tests.factories.timetable import a_run
from tests.queries import of_one_as_of_three

LIST = "/admin/desk/terms/"
SPRING = {"code": "34a", "name": "2034 年春季", "starts_on": "2034-03-01", "ends_on": "2034-07-01"}


def text_of(response) -> str:
    assert response.status_code == 200
    return response.content.decode()


def test_the_city_adds_and_changes_a_term(city):
    assert city.post(f"{LIST}new/", SPRING).status_code == 302
    term = Term.objects.get(code="34A")
    text = text_of(city.get(LIST))
    assert "2034 年春季" in text
    assert 'value="2034-03-01"' in text_of(city.get(f"{LIST}{term.pk}/"))
    assert city.post(f"{LIST}{term.pk}/", SPRING | {"name": "春天"}).status_code == 302
    assert "春天" in text_of(city.get(LIST))


def test_a_refusal_stands_beside_its_field(city):
    city.post(f"{LIST}new/", SPRING)
    text = text_of(city.post(f"{LIST}new/", SPRING | {"code": "34B"}))
    assert "和2034 年春季（2034-03-01 到 2034-07-01）的日子重了" in text
    assert 'value="34B"' in text


def test_the_menu_shows_terms_to_the_city_only(city, logged_in, college):
    assert LIST in text_of(city.get("/admin/desk/"))
    clerk = logged_in(Duty.COLLEGE_STAFF, college)
    assert LIST not in text_of(clerk.get("/admin/desk/"))


def test_without_a_term_forms_say_whom_to_ask(logged_in, college):
    clerk = logged_in(Duty.COLLEGE_STAFF, college)
    run = a_run(organiser=a_school(college))
    address = f"/admin/desk/classes/{run.pk}/copy/"
    Term.objects.create(code="34A", name="春季", starts_on="2034-03-01", ends_on="2034-07-01")
    assert "还没有学期" not in text_of(clerk.get(address))
    Term.objects.all().delete()
    text = text_of(clerk.get(address))
    assert "还没有学期，请找市级管理员加。" in text
    assert "---------" not in text


def test_the_list_costs_the_same_for_one_and_three(city):
    def add(year: int) -> None:
        Term.objects.create(
            code=f"{34 + year}A", name="春", starts_on=f"{2034 + year}-03-01", ends_on=f"{2034 + year}-07-01"
        )

    assert of_one_as_of_three(add, lambda: text_of(city.get(LIST))) <= 15
