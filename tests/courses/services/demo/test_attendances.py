"""The rolls of the demo classes: of all kinds, by the rules everybody meets, and that pages say nobody is real."""

from collections import Counter
from datetime import date

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone

from courses.enums import AttendanceState, RecordedHow
from courses.models import Area, Attendance, ClassSession, DailySeal, HeadCount, MonthLock, Tally
from courses.rules.counting import counts
from courses.services.counting.recount import check
from courses.services.counting.seals import seal
from courses.services.counting.totals import THE_CITY, total
from courses.services.demo import KINDS
from courses.services.demo.attendances import add_attendances
from courses.services.demo.rolls import Clerk
from courses.services.progress.classes import class_figures
from courses.services.roll_call.lines import thresholds
from tests.factories.timetable import moment

NOW = moment("12:00", date(2026, 11, 23))


def over():
    return ClassSession.objects.planned().filter(ends_at__lte=timezone.now())


@pytest.mark.usefixtures("demo_site")
class TestOnADemoSite:
    def test_all_of_it_is_marked_and_counted(self):
        assert Attendance.objects.count() > 8000
        assert not Attendance.objects.filter(is_demo=False).exists()
        this_year = total(THE_CITY, str(timezone.localdate().year))
        assert 3000 < this_year.attendances < Attendance.objects.count()
        assert 1000 < this_year.people < this_year.attendances
        assert total(THE_CITY, "2021").attendances > 200
        assert not check()

    def test_people_come_late_go_early_stay_away_and_are_put_right(self):
        states = Counter(Attendance.objects.last().values_list("state", flat=True))
        assert set(states) == set(AttendanceState) - {AttendanceState.STRUCK}
        assert states[AttendanceState.PRESENT] > sum(states.values()) * 0.7
        early = Attendance.objects.filter(state=AttendanceState.LEFT_EARLY)
        assert set(early.values_list("counts", flat=True)) == {True, False}
        assert Attendance.objects.exclude(corrects=None).count() > 20

    def test_lines_come_in_more_than_one_way_some_on_a_later_day(self):
        ways = set(Attendance.objects.values_list("how", flat=True))
        assert ways >= {RecordedHow.LIST, RecordedHow.QR, RecordedHow.PAPER, RecordedHow.ONLINE}
        lines = Attendance.objects.select_related("session")
        late = {line.session_id for line in lines if line.is_late_entry}
        assert 20 < len(late) < over().count() / 3
        assert not [line for line in lines if line.recorded_at > timezone.now()]

    def test_people_sit_in_whom_nobody_expected(self):
        rows = Attendance.objects.filter(corrects=None).select_related("session")
        pairs = set(rows.values_list("session__run_id", "session__run__enrolments__learner"))
        guests = [row for row in rows if (row.session.run_id, row.learner_id) not in pairs]
        assert len(guests) > 100

    def test_what_counts_is_what_the_rules_say(self):
        for line in Attendance.objects.select_related("session")[:500]:
            assert line.counts == counts(
                kind=line.kind,
                state=line.state,
                minutes=line.minutes,
                length=line.session.minutes,
                is_senior=line.is_senior,
                thresholds=thresholds(),
            )

    def test_some_rolls_were_forgotten_and_the_board_reminds_of_them(self):
        figures = class_figures(THE_CITY, now=timezone.now())
        assert 5 < figures.silent < 40
        assert figures.sessions > 80
        assert 0 < figures.away_percent < 30
        assert figures.fill_percent > 40

    def test_nothing_is_put_down_of_what_was_cancelled_or_is_to_come(self):
        with_lines = ClassSession.objects.filter(attendances__isnull=False).distinct()
        assert set(with_lines.values_list("pk", flat=True)) <= set(over().values_list("pk", flat=True))

    def test_heads_without_names_are_there_and_some_approved(self):
        heads = HeadCount.objects.filter(corrected_by=None)
        assert heads.filter(approved_by=None).exists()
        assert set(heads.exclude(approved_by=None).values_list("approved_by__username", flat=True)) == {
            "xuhui-manager"
        }

    @pytest.mark.parametrize("year", ["", "?year=2021"])
    def test_the_public_page_says_that_it_is_a_demonstration(self, client, year):
        assert "演示数据" in client.get(f"/progress/{year}").content.decode()

    def test_twice_changes_nothing(self):
        models = (Attendance, HeadCount, Tally)
        before = [list(model.objects.order_by("pk").values()) for model in models]
        assert add_attendances() is None
        assert [list(model.objects.order_by("pk").values()) for model in models] == before

    def test_days_can_be_sealed_at_once(self):
        seal(now=timezone.now())
        assert DailySeal.objects.exists()
        assert not check()


@pytest.mark.django_db
def test_the_same_people_come_every_time():
    def made() -> list:
        undo = transaction.savepoint()
        add_attendances()
        rows = Attendance.objects.order_by("session", "learner", "pk")
        found = list(
            rows.values_list("session", "learner", "state", "minutes", "how", "recorded_at", "proof")
        )
        transaction.savepoint_rollback(undo)
        return found

    with time_machine.travel(NOW, tick=False):
        for kind in KINDS[:-1]:
            kind()
        first, second = made(), made()
    assert first == second
    assert len(first) > 1000


@pytest.mark.django_db
def test_without_demo_classes_there_is_nothing_to_call():
    assert add_attendances() is None


@pytest.mark.django_db
class TestTheClerk:
    def test_puts_down_what_was_long_ago_then(self):
        assert Clerk.of_today(NOW).moment(moment("09:00", date(2024, 3, 4))) == moment(
            "09:00", date(2024, 3, 4)
        )

    def test_never_in_the_future(self):
        assert Clerk.of_today(NOW).moment(moment("13:00", date(2026, 11, 23))) == NOW

    def test_on_a_sealed_day_only_now(self):
        DailySeal.objects.create(day=date(2026, 11, 20), rows=0, last_id=0, previous="", digest="")
        clerk = Clerk.of_today(NOW)
        assert clerk.moment(moment("23:59", date(2026, 11, 20))) == NOW
        assert clerk.moment(moment("00:00", date(2026, 11, 21))) == moment("00:00", date(2026, 11, 21))

    def test_after_a_month_was_reported_only_now(self):
        district = Area.objects.districts().first()
        MonthLock.objects.create(
            district=district,
            month=date(2026, 10, 1),
            attendances=0,
            people=0,
            at=moment("08:00", NOW.date()),
        )
        assert Clerk.of_today(NOW).moment(moment("07:00", NOW.date())) == NOW
