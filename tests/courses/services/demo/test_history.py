"""`seed_demo --attendances N`: so many lines, counted as all others are, marked, and never twice."""

from collections import Counter

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from cms.models import User
from courses.enums import AreaKind
from courses.models import Area, Attendance, ClassSession, CourseRun, DailySeal, Learner
from courses.rules.clashes import clash
from courses.services.counting.recount import check
from courses.services.counting.seals import seal
from courses.services.counting.totals import THE_CITY, by_district, total
from courses.services.demo import history
from courses.services.demo.history import add_history
from courses.services.demo.past_classes import KEY
from courses.services.learners import LearnerFacts, identify
from courses.services.scheduling.holding import held_by

LINES = 500


def past(**more):
    return CourseRun.objects.filter(import_key__startswith=KEY, **more)


def lines():
    return Attendance.objects.filter(session__run__in=past())


@pytest.fixture
def site(demo_site):
    """A demo site with a small history."""
    before = total(THE_CITY, "2024").attendances
    assert add_history(LINES) == f"新建演示历史：{LINES} 行签到"
    return before


def test_there_are_as_many_lines_as_asked_for(site):
    assert lines().count() == LINES
    assert not check()


def test_all_of_it_is_marked(site):
    assert not lines().filter(is_demo=False).exists()
    assert not past(is_demo=False).exists()
    assert not Learner.objects.filter(is_demo=False).exists()


def test_the_same_number_again_adds_nothing(site):
    assert add_history(LINES) is None
    assert add_history(LINES - 1) is None
    assert lines().count() == LINES


def test_a_larger_number_adds_the_difference(site):
    first = set(lines().values_list("pk", flat=True))
    assert add_history(2 * LINES) == f"新建演示历史：{LINES} 行签到"
    assert lines().count() == 2 * LINES
    assert first < set(lines().values_list("pk", flat=True))
    assert not check()


def test_many_lines_are_built_in_several_processes_and_are_the_same(demo_site, monkeypatch):
    monkeypatch.setattr(history, "ALONE", 0)
    add_history(LINES)
    assert lines().count() == LINES
    assert not check()


@pytest.mark.usefixtures("demo_site")
def test_a_large_one_is_of_all_districts_and_of_every_year_since_2024():
    add_history(10_000)
    assert not check()
    years = set(lines().values_list("session__starts_at__year", flat=True))
    assert years == set(range(2024, timezone.localdate().year + 1))
    districts = {area.pk for area in Area.objects.filter(kind=AreaKind.DISTRICT)}
    assert {place for year in years for place in by_district(str(year))} == districts
    times = Counter(lines().values_list("learner", flat=True))
    usual = sorted(times.values())[len(times) // 2]
    assert 8 <= usual <= 16
    assert max(times.values()) > usual
    held = [held_by(each) for each in _in_rooms()]
    assert len(held) > 500
    assert not [pair for day in _by_day(held).values() for pair in _pairs(day) if clash(*pair)]


def test_people_are_found_as_if_they_had_registered(site):
    learner = lines().first().learner
    with transaction.atomic():
        found = identify(LearnerFacts(name=learner.name, birth_year=learner.birth_year, area=learner.area))
    assert found.learner == learner


def test_nobody_is_there_twice(site):
    add_history(4 * LINES)
    same = Learner.objects.filter(phone_key="", merged_into=None).values("name_key", "birth_year", "area")
    assert not same.annotate(many=Count("pk")).filter(many__gt=1, area__isnull=False).exists()


def test_days_that_are_sealed_stay_as_they_were(demo_site):
    seal(now=timezone.now())
    add_history(LINES)
    assert not check()
    last = DailySeal.objects.last().day
    assert all(timezone.localtime(line.recorded_at).date() > last for line in lines())


def test_it_only_tells_of_what_is_over(site):
    assert not ClassSession.objects.filter(run__in=past(), ends_at__gt=timezone.now()).exists()


def test_pages_with_figures_say_that_it_is_a_demonstration(site, client):
    assert "演示数据" in client.get("/progress/").content.decode()
    client.force_login(User.objects.get(username="auditor"))
    assert "演示数据" in client.get("/admin/desk/progress/").content.decode()


@pytest.mark.django_db
def test_without_demo_schools_there_is_no_history():
    assert add_history(LINES) is None


@pytest.mark.usefixtures("demo_site")
def test_the_command_makes_it(capsys):
    call_command("seed_demo", attendances=LINES)
    assert f"新建演示历史：{LINES} 行签到" in capsys.readouterr().out
    call_command("seed_demo", attendances=LINES)
    assert capsys.readouterr().out.splitlines() == ["演示内容就绪，改动 0 处。"]


@pytest.mark.django_db
def test_refused_where_demo_log_ins_are_off(settings):
    settings.DEMO_LOGINS = False
    with pytest.raises(CommandError, match="只在开发环境"):
        call_command("seed_demo", attendances=LINES)
    assert not Attendance.objects.exists()


def _in_rooms():
    rows = ClassSession.objects.planned().exclude(room=None).prefetch_related("helpers")
    return rows.filter(starts_at__year=timezone.localdate().year)


def _by_day(held) -> dict:
    days = {}
    for each in held:
        days.setdefault((each.starts_at.date(), each.venue), []).append(each)
    return days


def _pairs(some: list):
    return ((one, other) for place, one in enumerate(some) for other in some[:place])
