import pytest

from tests.factories.people import a_designer, a_manager, a_reviewer, an_admin


@pytest.fixture
def admin(client, db):
    """A browser in which an administrator is logged in."""
    client.force_login(an_admin())
    return client


@pytest.fixture
def designer(client, db):
    """A browser in which a course designer is logged in."""
    client.force_login(a_designer())
    return client


@pytest.fixture
def reviewer(client, db):
    """A browser in which a reviewer is logged in."""
    client.force_login(a_reviewer())
    return client


@pytest.fixture
def manager(client, db):
    """A browser in which a manager of the city is logged in."""
    client.force_login(a_manager())
    return client
