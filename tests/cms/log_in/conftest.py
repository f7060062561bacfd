import pytest
from django.test import Client

from tests.factories.people import a_designer

LOG_IN = "/admin/login/"
PASSWORD = "zicai-taideng-caochang"


@pytest.fixture
def person(db):
    """A course designer with a real password."""
    user = a_designer()
    user.set_password(PASSWORD)
    user.save()
    return user


def try_password(name: str, password: str, *, address: str = "203.0.113.9", **headers):
    """Send the log-in form from an address; return the answer and the browser it came to."""
    browser = Client(REMOTE_ADDR=address, headers=headers)
    return browser.post(LOG_IN, {"username": name, "password": password}), browser


def is_in(browser) -> bool:
    """True when a browser is let into the staff area."""
    return browser.get("/admin/").status_code == 200
