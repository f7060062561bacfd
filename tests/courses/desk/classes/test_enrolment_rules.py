"""What staff lay down for enrolment: how many may wait, from when returning learners come first; copied sensibly."""

from datetime import timedelta

import pytest
from django.utils import timezone

from courses.enums import EnrolmentState
from courses.models import CourseRun, Term
from tests.factories.enrolments import a_coming_run, enrolled
from tests.html import parsed

pytestmark = pytest.mark.django_db

DESK = "/admin/desk"


@pytest.fixture
def run(school):
    return a_coming_run(school, seats=2)


def asked(**values):
    return {"title": "手机", "tongue": "both", "capacity": "2", "fee": "0", "contact_phone": "12345"} | values


def edit(planner, run, **values):
    return planner.post(f"{DESK}/classes/{run.pk}/edit/", asked(**values))


def test_how_many_may_wait_and_who_comes_first_are_kept_and_shown(planner, run):
    window = {"enrol_from": "2026-10-08T09:00", "returning_from": "2026-10-01T09:00"}
    assert edit(planner, run, waiting_places="5", **window).status_code == 302
    text = planner.get(f"{DESK}/classes/{run.pk}/").content.decode()
    assert "0 位，最多 5 位" in text
    assert "2026-10-01 09:00 起老学员先报，2026-10-08 09:00 起" in text
    edit(planner, run, waiting_places="0")
    assert "不收候补" in planner.get(f"{DESK}/classes/{run.pk}/").content.decode()


@pytest.mark.parametrize("opens", ["", "2026-10-01T09:00"])
def test_returning_learners_come_before_the_others_or_not_at_all(planner, run, opens):
    page = parsed(edit(planner, run, returning_from="2026-10-01T09:00", enrol_from=opens))
    assert "以前" in page.one("#field-returning_from .desk-wrong").get_text()
    run.refresh_from_db()
    assert run.returning_from is None


def test_a_negative_number_is_refused_beside_its_field(planner, run):
    page = parsed(edit(planner, run, waiting_places="-1"))
    assert page.one("#field-waiting_places .desk-wrong")


def test_seats_do_not_sink_below_those_taken_and_more_are_offered_at_once(planner, run):
    enrolled(run, 3, now=timezone.now())
    page = parsed(edit(planner, run, capacity="1"))
    assert "已经有 2 位报上了" in page.one("#field-capacity .desk-wrong").get_text()
    assert edit(planner, run, capacity="3").status_code == 302
    assert run.enrolments.filter(state=EnrolmentState.OFFERED).count() == 1


def test_a_copy_takes_the_waiting_places_and_no_window(planner, run):
    window = {"enrol_from": "2026-10-08T09:00", "returning_from": "2026-10-01T09:00"}
    edit(planner, run, waiting_places="5", **window)
    today = timezone.localdate()
    term = Term.objects.create(
        code="33A", name="春季", starts_on=today + timedelta(days=90), ends_on=today + timedelta(days=200)
    )
    assert planner.post(f"{DESK}/classes/{run.pk}/copy/", {"term": term.pk}).status_code == 302
    copy = CourseRun.objects.get(term=term)
    assert copy.waiting_places == 5
    assert (copy.returning_from, copy.enrol_from) == (None, None)
