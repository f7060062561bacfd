import pytest

from tests.factories.people import a_designer, a_manager


@pytest.fixture(autouse=True)
def _database(db):
    """Most tests here need it."""


@pytest.fixture
def designer(client):
    """A browser in which a course designer has logged in."""
    client.force_login(a_designer())
    return client


@pytest.fixture
def manager(client):
    """A browser in which a manager of the city has logged in."""
    client.force_login(a_manager())
    return client
