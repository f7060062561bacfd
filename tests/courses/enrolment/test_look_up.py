"""`/enrolments/`: finding an enrolment again."""

import pytest
import time_machine

from tests.factories.enrolments import NOW, an_open_run, somebody_enrols

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(NOW, tick=False):
        yield


def test_smoke(client):
    done = somebody_enrols(an_open_run(seats=2), phone="13800004567")
    assert client.get("/enrolments/").status_code == 200
    assert client.post("/enrolments/", {"voucher": "1", "proof": ""}).status_code == 422
    response = client.post("/enrolments/", {"voucher": done.enrolment.voucher, "proof": "4567"})
    assert response.status_code == 303
    page = client.get(response.url)
    assert page.status_code == 200
    print(page.content.decode())
