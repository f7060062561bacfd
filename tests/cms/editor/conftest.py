import pytest

from tests.factories.people import a_designer, a_manager, a_reviewer


@pytest.fixture
def designer(client, db):
    """A browser in which a course designer is logged in."""
    client.user = a_designer()
    client.force_login(client.user)
    return client


@pytest.fixture
def reviewer(client, db):
    """A browser in which a reviewer is logged in."""
    client.user = a_reviewer()
    client.force_login(client.user)
    return client


@pytest.fixture
def manager(client, db):
    """A browser in which a manager of the city is logged in."""
    client.user = a_manager()
    client.force_login(client.user)
    return client
