"""`/healthz` and `/readyz`: what a load balancer asks."""

import pytest
from django.db import OperationalError

from cms.models import HomePage
from cms.views import health


def test_live_asks_nothing_of_anything(client):
    # Without the django_db mark a query would fail this test.
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok")


@pytest.mark.django_db
def test_ready_when_everything_is_there(client):
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json() == dict.fromkeys(health.CHECKS, True)


def fails(*args, **kwargs):
    raise OperationalError("secret host 10.0.0.7")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "target", "broken"),
    [
        ("database", "django.db.backends.utils.CursorWrapper.execute", fails),
        ("cache", "cms.views.health.cache.get", lambda key: None),
        ("cache", "cms.views.health.cache.set", fails),
        ("migrations", "cms.views.health.MigrationExecutor.migration_plan", lambda *args: ["0009"]),
        ("triggers", "cms.views.health.missing_triggers", lambda: ["cms_auditentry_no_update"]),
        ("first_pages", "cms.views.health.HomePage.objects", HomePage.objects.none()),
    ],
)
def test_not_ready_says_which_part_and_nothing_more(client, monkeypatch, name, target, broken):
    monkeypatch.setattr(target, broken)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()[name] is False
    assert set(response.json()) == set(health.CHECKS)
    assert "10.0.0.7" not in response.content.decode()


@pytest.mark.django_db
def test_one_failure_is_not_blamed_on_the_others(client, monkeypatch):
    monkeypatch.setattr("cms.views.health.cache.get", lambda key: None)
    assert client.get("/readyz").json() == dict.fromkeys(health.CHECKS, True) | {"cache": False}


@pytest.mark.django_db
def test_unpublished_home_is_not_ready(client):
    HomePage.objects.update(live=False)
    assert client.get("/readyz").status_code == 503
