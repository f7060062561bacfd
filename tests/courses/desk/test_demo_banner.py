"""演示数据: said on every screen of the desk, on paper too, and only where there is any."""

import pytest

from courses.enums import Duty
from tests.factories.classes import a_college, a_member

pytestmark = pytest.mark.django_db

WORDS = "演示数据，不是真的人"


@pytest.fixture
def manager(client):
    client.force_login(a_member(Duty.DISTRICT_MANAGER, a_college()))
    return client


@pytest.mark.parametrize("address", ["", "identities/", "organisations/", "organisations/?print=1"])
@pytest.mark.parametrize("is_demo", [True, False])
def test_it_is_said_where_there_is_demo_data(manager, settings, address, is_demo):
    settings.DEMO_LOGINS = is_demo
    answer = manager.get(f"/admin/desk/{address}")
    assert answer.status_code == 200
    assert (WORDS in answer.content.decode()) is is_demo
