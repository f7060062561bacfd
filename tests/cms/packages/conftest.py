import pytest


@pytest.fixture(autouse=True)
def media(settings, tmp_path_factory):
    """Uploads of one test lie in a folder of their own."""
    settings.MEDIA_ROOT = tmp_path_factory.mktemp("media")
    return settings.MEDIA_ROOT
