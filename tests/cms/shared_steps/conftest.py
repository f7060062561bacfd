import pytest

from tests.factories.pages import a_lesson, a_shared_step, shared, stream
from tests.factories.pages import step as step_block
from tests.factories.people import an_admin


@pytest.fixture(autouse=True)
def _database(db):
    """Every test here needs it."""


@pytest.fixture
def step():
    """A published shared step that no page shows yet."""
    return a_shared_step(title="打开微信", body=step_block("点“微信”。"))


@pytest.fixture
def lesson(step):
    """A lesson on line that shows the step."""
    return a_lesson(title="微信扫一扫", steps=stream(shared(step)))


@pytest.fixture
def as_admin(client):
    """A browser in which an administrator has logged in."""
    client.force_login(an_admin())
    return client
