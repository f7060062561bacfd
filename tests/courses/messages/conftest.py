import pytest

from tests.factories.enrolments import an_open_run
from tests.factories.messages import GATEWAY, Gateway


@pytest.fixture
def gateway(settings):
    settings.MESSAGES_ADAPTER = GATEWAY
    return Gateway.start_anew()


@pytest.fixture
def run():
    return an_open_run(seats=1)
