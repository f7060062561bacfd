from datetime import UTC, datetime, timedelta

import pytest

from cms.services import jobs
from cms.services.jobs import job, run_due
from cms.services.locks import sole_run

NOW = datetime(2021, 6, 1, 9, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def ran(monkeypatch) -> list[str]:
    """An empty register, and what ran of the jobs put into it."""
    monkeypatch.setattr(jobs, "JOBS", {})
    return []


def register(name: str, ran: list[str], *, every: timedelta = timedelta(0)) -> None:
    job(name, every=every)(lambda: ran.append(name))


def test_jobs_run_in_the_order_they_were_registered(ran):
    register("first", ran)
    register("second", ran)
    assert run_due(now=NOW) == ["first", "second"]
    assert ran == ["first", "second"]


def test_a_job_rests_as_long_as_it_says(ran):
    register("hourly", ran, every=timedelta(hours=1))
    assert run_due(now=NOW) == ["hourly"]
    assert run_due(now=NOW + timedelta(minutes=59)) == []
    assert run_due(now=NOW + timedelta(hours=1)) == ["hourly"]
    assert len(ran) == 2


def test_a_failing_job_stops_no_other_and_is_logged(ran, caplog):
    @job("broken", every=timedelta(0))
    def broken() -> None:
        raise RuntimeError("out of order")

    register("after", ran)
    assert run_due(now=NOW) == ["after"]
    (record,) = [record for record in caplog.records if record.levelname == "ERROR"]
    assert record.job == "broken"
    assert "out of order" in str(record.exc_info[1])


def test_a_failing_job_is_tried_again_when_it_is_due(ran):
    answers = iter([RuntimeError("once"), None])

    @job("shaky", every=timedelta(minutes=5))
    def shaky() -> None:
        if error := next(answers):
            raise error

    assert run_due(now=NOW) == []
    assert run_due(now=NOW + timedelta(minutes=1)) == []
    assert run_due(now=NOW + timedelta(minutes=5)) == ["shaky"]


def test_nothing_runs_while_another_process_is_at_it(ran):
    register("only", ran)
    with sole_run("run_jobs") as alone:
        assert alone
        assert run_due(now=NOW) == []
    assert run_due(now=NOW) == ["only"]


def test_two_jobs_cannot_share_a_name(ran):
    register("same", ran)
    with pytest.raises(ValueError, match="same"):
        register("same", ran)
