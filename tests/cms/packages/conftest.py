import pytest

from tests.factories.people import a_manager


@pytest.fixture(autouse=True)
def media(settings, tmp_path_factory):
    """Uploads of one test lie in a folder of their own."""
    settings.MEDIA_ROOT = tmp_path_factory.mktemp("media")
    return settings.MEDIA_ROOT


@pytest.fixture
def var(settings, tmp_path):
    """The tasks' files lie in a folder of this test."""
    settings.VAR_DIR = tmp_path / "var"


@pytest.fixture
def manager(client, var):
    """A browser in which a manager is logged in."""
    client.force_login(a_manager())
    return client
