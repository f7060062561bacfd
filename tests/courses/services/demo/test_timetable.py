"""The demo timetable: how much of what, that nothing in it is held twice, and that it lies around today."""

from collections import Counter
from datetime import date, timedelta
from itertools import combinations

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone

from cms.enums import Scenario
from courses.enums import RunKind, RunMode, RunState, SessionChangeKind, VenueKind
from courses.models import ClassSession, Closure, CourseRun, Organisation, SessionChange, Term, Venue
from courses.rules.calendar import DayKind, day
from courses.rules.clashes import clash, is_tight
from courses.services.demo.organisations import add_organisations
from courses.services.demo.people import add_people
from courses.services.demo.places import add_places
from courses.services.demo.timetable import add_timetable
from courses.services.demo.wishes import term_around
from courses.services.scheduling.board import RowKind, board, monday_of, week_of
from courses.services.scheduling.holding import clashes_of, held_by
from courses.services.seats import seats_of
from tests.factories.classes import a_room, a_venue
from tests.factories.timetable import a_plan, a_run

LAST_OF_FIRST_PHASE = date(2021, 3, 31)


def planned():
    rows = ClassSession.objects.planned().select_related("run", "venue", "room", "teacher")
    return rows.prefetch_related("helpers")


def of_2021():
    return CourseRun.objects.filter(sessions__starts_at__year=2021).distinct()


@pytest.mark.usefixtures("demo_site")
class TestOnADemoSite:
    def test_there_is_much_of_it(self):
        assert 195 <= CourseRun.objects.count() <= 215
        assert 1150 <= ClassSession.objects.count() <= 1250
        assert of_2021().count() == 10
        assert set(ClassSession.objects.values_list("main_scenario", flat=True)) == set(Scenario)

    def test_all_of_it_is_marked(self):
        assert not CourseRun.objects.filter(is_demo=False).exists()

    def test_modes_and_kinds_are_mixed_but_most_meet_in_a_room(self):
        modes = Counter(CourseRun.objects.values_list("mode", flat=True))
        assert set(modes) == set(RunMode)
        assert modes[RunMode.ONSITE] > 160
        assert set(CourseRun.objects.values_list("kind", flat=True)) == set(RunKind)

    def test_every_state_is_there(self):
        now = timezone.now()
        states = {run.state_at(now, seats_left=None) for run in CourseRun.objects.with_dates()}
        # Nobody enrols yet, so none is full.
        assert states >= {RunState.OPEN, RunState.ENDED, RunState.CANCELLED}
        assert CourseRun.objects.published().count() > 190

    def test_sessions_fall_out_are_made_up_for_and_taught_by_others(self):
        reasons = set(SessionChange.objects.values_list("because", flat=True))
        assert reasons >= {"台风", "停电"}
        kinds = Counter(SessionChange.objects.values_list("kind", flat=True))
        made_up = ClassSession.objects.exclude(make_up_of=None)
        assert kinds[SessionChangeKind.MADE_UP] == made_up.count() > 5
        assert kinds[SessionChangeKind.TEACHER] > 5
        assert kinds[SessionChangeKind.CANCELLED] > made_up.count()
        assert all(session.make_up_of.is_cancelled for session in made_up.select_related("make_up_of"))

    def test_what_was_cancelled_says_why(self):
        assert CourseRun.objects.exclude(cancelled_at=None).count() > 2
        assert not CourseRun.objects.exclude(cancelled_at=None).filter(cancelled_because="").exists()
        assert not ClassSession.objects.filter(state="cancelled", cancelled_because="").exists()

    def test_codes_are_those_of_college_and_term(self):
        runs = list(CourseRun.objects.select_related("term", "organiser__guided_by"))
        for run in runs:
            college, part, number = run.code.split("-")
            assert college == run.organiser.guided_by.code
            assert part == (run.term.code if run.term else f"{timezone.localdate():%y}") or run.is_single
            assert number.isdigit()
        assert CourseRun.objects.filter(code__startswith="XH-").exists()

    def test_the_first_edition_is_taught(self):
        taught = ClassSession.objects.filter(main_scenario=Scenario.SCAN_CODE)
        assert not taught.filter(lessons=None).exists()
        assert not taught.filter(run__module=None).exists()
        assert (
            not ClassSession.objects.exclude(main_scenario=Scenario.SCAN_CODE).exclude(lessons=None).exists()
        )

    def test_who_calls_reaches_the_school(self):
        runs = CourseRun.objects.select_related("organiser")
        assert all(run.contact_phone == run.organiser.public_phone for run in runs)

    def test_nothing_is_held_twice(self):
        by_day = {}
        for session in planned():
            by_day.setdefault(session.on, []).append(held_by(session))
        pairs = [pair for held in by_day.values() for pair in combinations(held, 2)]
        assert len(pairs) > 5000
        assert [pair for pair in pairs if clash(*pair)] == []
        assert [pair for pair in pairs if is_tight(*pair)] == []

    def test_planners_see_no_clash_in_it(self):
        monday = monday_of(timezone.localdate())
        week = list(week_of(ClassSession.objects.all(), monday))
        assert board(week, monday=monday, by=RowKind.PLACE).clashes == []
        coming = list(planned().filter(starts_at__gte=timezone.now())[:60])
        assert coming
        assert clashes_of([held_by(each) for each in coming], besides=[each.pk for each in coming]) == []

    def test_what_meets_in_a_room_does_so_where_it_may(self):
        onsite = ClassSession.objects.filter(mode__in=[RunMode.ONSITE, RunMode.HYBRID])
        assert not onsite.filter(room=None).exists()
        assert not onsite.filter(venue__kind=VenueKind.PRIVATE_HOME).exists()
        assert not onsite.exclude(venue__closed_on=None).exists()
        for closure in Closure.objects.all():
            rooms = {"room": closure.room} if closure.room else {"venue": closure.venue}
            there = [session.on for session in onsite.filter(**rooms)]
            assert not [on for on in there if closure.starts_on <= on <= closure.ends_on]

    def test_no_more_may_come_than_fit(self):
        runs = CourseRun.objects.exclude(capacity=None).filter(cancelled_at=None)
        assert {pk: seats.limit.most for pk, seats in seats_of(runs).items()} == dict(
            runs.values_list("pk", "capacity")
        )

    def test_holidays_are_passed_over(self):
        others = planned().exclude(teacher__user__username="teacher")
        assert not [each.on for each in others if day(each.on).kind is DayKind.HOLIDAY]

    def test_spring_2021_keeps_to_the_first_phase(self):
        sessions = ClassSession.objects.filter(starts_at__year=2021)
        assert {run.capacity for run in of_2021()} == {20}
        assert max(session.on for session in sessions) <= LAST_OF_FIRST_PHASE
        assert set(of_2021().values_list("term__code", flat=True)) == {"21A"}
        kinds = Venue.objects.filter(pk__in=sessions.values("venue")).values_list("kind", flat=True)
        assert set(kinds) == {VenueKind.COMMUNITY_SCHOOL}

    def test_the_log_in_that_teaches_has_a_class_today_or_tomorrow(self):
        today = timezone.localdate()
        days = {
            each.on
            for each in planned().filter(teacher__user__username="teacher", run__published_at__isnull=False)
        }
        assert days & {today, today + timedelta(days=1)}

    def test_twice_changes_nothing(self):
        models = (CourseRun, ClassSession, SessionChange, Term)
        before = [list(model.objects.order_by("pk").values()) for model in models]
        assert add_timetable() is None
        assert [list(model.objects.order_by("pk").values()) for model in models] == before


@pytest.mark.django_db
@pytest.mark.parametrize("on", [date(2026, 9, 2), date(2027, 1, 14), date(2027, 2, 10), date(2029, 7, 20)])
def test_it_lies_around_any_day(on):
    with time_machine.travel(on):
        add_organisations()
        add_places()
        add_people()
        assert add_timetable()
        now = timezone.now()
        held = [held_by(session) for session in planned()]
        assert not [pair for pair in combinations(held, 2) if clash(*pair)]
        assert CourseRun.objects.filter(is_demo=True).count() > 190
        assert CourseRun.objects.upcoming(now=now).count() > 10


@pytest.mark.django_db
def test_the_same_classes_every_time():
    def lie() -> list:
        rows = ClassSession.objects.order_by("run__code", "number")
        return list(rows.values_list("run__code", "starts_at", "room", "teacher", "state", "run__capacity"))

    for add in (add_organisations, add_places, add_people):
        add()
    made = []
    with time_machine.travel(date(2026, 11, 23)):
        for _ in range(2):
            undo = transaction.savepoint()
            add_timetable()
            made.append(lie())
            transaction.savepoint_rollback(undo)
    assert made[0] == made[1]
    assert len(made[0]) > 1000


@pytest.mark.django_db
def test_without_demo_schools_there_is_nothing_to_plan():
    assert add_timetable() is None


@pytest.mark.django_db
def test_codes_that_are_taken_are_not_given_again():
    for add in (add_organisations, add_places, add_people):
        add()
    school = Organisation.objects.get(code="XH-TL")
    term = term_around(timezone.localdate())
    by_hand = a_run(a_plan(room=a_room(a_venue(school))), organiser=school, term=term)
    assert by_hand.code == f"XH-{term.code}-001"
    assert add_timetable()
    assert CourseRun.objects.get(code=by_hand.code) == by_hand
    assert CourseRun.objects.filter(code=f"XH-{term.code}-002", is_demo=True).exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("on", "code"),
    [
        (date(2026, 3, 2), "26A"),
        (date(2026, 7, 3), "26A"),
        (date(2026, 8, 1), "26B"),
        (date(2027, 1, 15), "26B"),
        (date(2027, 1, 16), "27A"),
        (date(2030, 10, 1), "30B"),
    ],
)
def test_a_day_belongs_to_a_term(on, code):
    term = term_around(on)
    assert term.code == code
    assert term.starts_on < term.ends_on
    assert term_around(on) == term
