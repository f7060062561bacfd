import pytest
from django.test import Client

from tests.factories.people import a_designer, a_manager, a_reviewer


def _browser(user) -> Client:
    client = Client()
    client.force_login(user)
    client.user = user
    return client


@pytest.fixture
def designer(db):
    """A course designer's browser."""
    return _browser(a_designer())


@pytest.fixture
def reviewer(db):
    """A reviewer's browser."""
    return _browser(a_reviewer())


@pytest.fixture
def manager(db):
    """The browser of a manager of the city."""
    return _browser(a_manager())
