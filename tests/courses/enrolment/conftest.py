"""What every test here begins with: the clock stands."""

import pytest
import time_machine

from tests.factories.enrolments import NOW


@pytest.fixture(autouse=True)
def now():
    """Some days before the classes of the factory meet; a test may move it on."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller
