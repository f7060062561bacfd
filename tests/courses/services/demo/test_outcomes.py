"""What demo learners say of their lessons: of all kinds, and only those who were there were asked."""

import pytest
from django.utils import timezone

from courses.enums import Mastery
from courses.models import Attendance, Outcome
from courses.services.counting.totals import THE_CITY
from courses.services.demo.outcomes import add_outcomes
from courses.services.progress.outcomes import asked_at_each_time
from courses.services.roll_call.roll import THERE


@pytest.mark.usefixtures("demo_site")
class TestOnADemoSite:
    def test_at_each_time_some_were_asked_and_said_all_kinds_of_things(self):
        for each in asked_at_each_time(THE_CITY, now=timezone.now()):
            assert all(each.counts), each.words
        assert set(Outcome.objects.values_list("mastery", flat=True)) == set(Mastery)

    def test_nobody_said_anything_who_was_not_there_or_before_it_was_over(self):
        there = Attendance.objects.last().filter(state__in=THERE).values_list("session_id", "learner_id")
        assert set(Outcome.objects.values_list("session_id", "learner_id")) <= set(there)
        assert not Outcome.objects.filter(at__gt=timezone.now()).exists()

    def test_a_second_time_adds_nothing(self):
        assert add_outcomes() is None
