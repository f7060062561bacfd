"""看全号: the number stands in the answer to a POST; every way on from there leads somewhere."""

import pytest
from django.urls import reverse

from courses.enums import Contact
from tests.factories.classes import a_learner, a_person, a_school
from tests.factories.enrolments import a_coming_run, known_enrols
from tests.factories.messages import to_call
from tests.html import parsed

pytestmark = pytest.mark.django_db

PHONE = "02112345678"


@pytest.fixture
def school(college):
    school = a_school(college, "东一社区学校")
    school.keep_contact_phone(Contact.RESPONSIBLE, PHONE)
    school.save()
    return school


@pytest.fixture
def learner(school):
    return a_learner(school, "王秀英", phone=PHONE)


def of_learner(school, learner):
    return reverse("desk:reveal_learner_phone", args=[learner.pk]), reverse("desk:learner", args=[learner.pk])


def of_enrolment(school, learner):
    pk = known_enrols(a_coming_run(school), learner).enrolment.pk
    return reverse("desk:reveal_enrolment_phone", args=[pk]), reverse("desk:enrolment", args=[pk])


def of_person(school, learner):
    pk = a_person(school, phone=PHONE).pk
    return reverse("desk:person-phone", args=[pk]), reverse("desk:person", args=[pk])


def of_organisation(school, learner):
    whole = reverse("desk:organisation_phone", args=[school.pk, Contact.RESPONSIBLE])
    return whole, reverse("desk:organisation", args=[school.pk])


def of_call(school, learner):
    message = to_call(a_coming_run(school), learner)
    return reverse("desk:call_number", args=[message.pk]), reverse("desk:call_list")


@pytest.mark.parametrize("addresses", [of_learner, of_enrolment, of_person, of_organisation, of_call])
def test_the_number_is_shown_once_and_coming_back_leads_to_the_screen_without_it(
    clerk, school, learner, addresses
):
    whole, plain = addresses(school, learner)
    assert PHONE in clerk.post(whole).content.decode()
    back = clerk.get(f"{whole}?p=2", follow=True)
    assert back.redirect_chain == [(f"{plain}?p=2", 302)]
    assert back.status_code == 200
    assert PHONE not in back.content.decode()


def test_filters_and_pages_beside_a_number_lead_to_the_list(clerk, school, learner):
    run = a_coming_run(school)
    message = to_call(run, learner)
    for number in range(30):
        to_call(run, a_learner(school, f"学员{number}", phone=f"021876543{number:02}"))
    whole = reverse("desk:call_number", args=[message.pk])
    page = parsed(clerk.post(f"{whole}?run={run.code}"))
    assert page.one(".desk-filters")["action"] == reverse("desk:call_list")
    next_page = clerk.get(whole + page.one(".desk-pages a[rel=next]")["href"], follow=True)
    assert next_page.redirect_chain == [(f"{reverse('desk:call_list')}?run={run.code}&p=2", 302)]
    assert "第 2 页" in next_page.content.decode()
