"""机构 in the desk: who sees which, found how, at what cost."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.enums import Duty
from tests.factories.classes import a_college, a_member, a_school, the_city

pytestmark = pytest.mark.django_db

LIST = "/admin/desk/organisations/"


@pytest.fixture
def manager(client):
    """A browser in which the district's manager is logged in; `.college` is theirs."""
    client.college = a_college("东社区学院", district="东区")
    client.force_login(a_member(Duty.DISTRICT_MANAGER, client.college))
    return client


def test_only_the_own_branch_is_listed(manager):
    a_school(manager.college, "东一社区学校")
    a_school(a_college("西社区学院", district="西区"), "西一社区学校")
    text = manager.get(LIST).content.decode()
    assert "东一社区学校" in text
    assert "西一社区学校" not in text
    assert f"{LIST}{the_city().pk}/" not in text


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same(manager, number):
    for _ in range(number):
        a_school(manager.college)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert manager.get(LIST).status_code == 200
    assert len(queries) <= 15, [query["sql"] for query in queries]
