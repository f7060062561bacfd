"""The link on a log-in slip: good once, for seven days, and for nobody else."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from cms.enums import AuditVerb
from cms.middleware import loggable_path
from cms.models import AuditEntry
from cms.services.first_passwords import forget_password, link_parts, set_first_password, whose_link
from tests.cms.log_in.conftest import is_in, try_password

NOW = datetime(2021, 3, 1, 2, 0, tzinfo=UTC)
GOOD = "beizi-yuyi-tielu"
FORM = "/first-password/"


@pytest.fixture
def invited(person):
    """Somebody who has no password yet."""
    forget_password(person)
    return person


def link_of(user) -> str:
    return reverse("first_password_link", args=link_parts(user))


def typed(password=GOOD, again=None):
    return {"new_password1": password, "new_password2": again or password}


def test_from_the_link_to_being_logged_in(invited):
    browser = Client(enforce_csrf_checks=True)
    answer = browser.get(link_of(invited), follow=True)
    assert answer.redirect_chain == [(FORM, 302)]
    token = browser.cookies["csrftoken"].value
    answer = browser.post(FORM, typed() | {"csrfmiddlewaretoken": token})
    assert answer["Location"] == "/admin/login/"
    assert "密码设好了" in browser.get("/admin/login/").content.decode()
    assert is_in(try_password(invited.username, GOOD)[1])


def test_opening_it_uses_nothing_up(invited, client):
    link, before = link_of(invited), invited.password
    for _ in range(3):
        assert client.get(link).status_code == 302
        assert client.get(FORM).status_code == 200
    invited.refresh_from_db()
    assert invited.password == before


def used(user):
    set_first_password(who=link_parts(user)[0], proof=link_parts(user)[1], password=GOOD)


def replaced(user):
    forget_password(user)


def disabled(user):
    user.is_active = False
    user.save()


def logged_in(user):
    Client().force_login(user)


@pytest.mark.parametrize("what", [used, replaced, disabled, logged_in])
def test_it_dies_with(invited, client, what):
    link = link_of(invited)
    assert client.get(link).status_code == 302
    what(invited)
    assert Client().get(link).status_code == 410
    # Also for who had it open already.
    assert client.get(FORM).status_code == 410
    assert client.post(FORM, typed("quyoucuo-beizi-shu")).status_code == 410
    assert not is_in(try_password(invited.username, "quyoucuo-beizi-shu")[1])


def test_it_is_good_for_seven_days(invited):
    with time_machine.travel(NOW, tick=False) as clock:
        who, proof = link_parts(invited)
        clock.shift(timedelta(days=7, seconds=-1))
        assert whose_link(who, proof) == invited
        clock.shift(timedelta(seconds=2))
        assert whose_link(who, proof) is None


def test_only_one_of_two_is_quick_enough(invited):
    who, proof = link_parts(invited)
    assert set_first_password(who=who, proof=proof, password=GOOD)
    assert not set_first_password(who=who, proof=proof, password="quyoucuo-beizi-shu")


@pytest.mark.parametrize("who", ["MQ", "x", "é", "LTE", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5", "____", "MTI"])
def test_a_made_up_link_is_told_so(invited, client, who):
    answer = client.get(reverse("first_password_link", args=[who, "abc-def"]))
    assert answer.status_code == 410
    assert "这张登录单不能用了" in answer.content.decode()


def test_an_account_with_a_password_has_no_link(person):
    assert whose_link(*link_parts(person)) is None


def test_the_form_without_a_link_is_told_so(client, db):
    assert client.get(FORM).status_code == 410


@pytest.mark.parametrize(
    ("password", "again", "said"),
    [
        ("kurz", None, "至少要 12 个字符"),
        ("123456789012", None, "密码不能全是数字，加几个字。"),
        ("test-designer", None, "太相似"),
        (GOOD, GOOD + "x", "两遍填的不一样"),
        ("", "", "请填密码"),
    ],
)
def test_a_weak_password_is_refused_in_chinese(invited, client, password, again, said):
    client.get(link_of(invited))
    answer = client.post(FORM, typed(password, again))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert bool(answer.context["form"].errors.get("new_password1")) is (password == again or again is None)
    invited.refresh_from_db()
    assert not invited.has_usable_password()


def test_nothing_of_it_is_kept_or_leaks(invited, client, rf):
    link = link_of(invited)
    entering, form = client.get(link), client.get(FORM)
    for answer in (entering, form):
        assert "no-store" in answer["Cache-Control"]
        assert "noindex" in answer["X-Robots-Tag"]
    assert entering["Referrer-Policy"] == "no-referrer"
    text = form.content.decode()
    assert link.split("/")[3] not in text
    assert invited.username not in text
    request = rf.get(link)
    request.resolver_match = entering.resolver_match
    assert loggable_path(request) == "/first-password/<str:who>/<str:proof>/"


def test_somebody_else_who_is_logged_in_there_stays_so(invited, client):
    from tests.factories.people import a_reviewer

    client.force_login(a_reviewer())
    client.get(link_of(invited))
    client.post(FORM, typed())
    assert is_in(client)


def test_it_is_put_down(invited, client):
    client.get(link_of(invited))
    client.post(FORM, typed())
    assert AuditEntry.objects.filter(verb=AuditVerb.PASSWORD_SET, subject_id=str(invited.pk)).count() == 2
