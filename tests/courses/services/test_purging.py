"""What is kept no longer goes by itself; what was counted stays; doing it again finds nothing."""

from datetime import date, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone
from time_machine import travel

from cms.enums import AuditVerb
from cms.models import AuditEntry, User
from cms.services.audit import record
from cms.services.jobs import JOBS
from courses import jobs
from courses.enums import AttendanceState
from courses.models import Learner, LearnerPlace, TeachingPerson
from courses.services.learners import merge
from courses.services.personal_data import kept_until
from courses.services.purging import AT_ONCE, purge_expired
from tests.factories.classes import a_learner, a_person, a_school
from tests.factories.people import an_admin
from tests.factories.roll_call import a_held_session, put_down
from tests.factories.timetable import a_plan

pytestmark = pytest.mark.django_db

LONG_AGO = "2021-03-01 09:00+08:00"
LATER = "2022-08-23 09:00+08:00"  # 540 days on


@pytest.fixture
def school():
    return a_school()


def purged():
    return purge_expired(now=timezone.now())


def test_a_learner_not_seen_for_so_long_is_forgotten(school):
    with travel(LONG_AGO):
        learner = a_learner(school, "王秀英")
    with travel(LATER) as clock:
        assert purged()["学员"] == 0
        clock.shift(timedelta(days=1))
        assert purged()["学员"] == 1
        assert purged()["学员"] == 0
    learner.refresh_from_db()
    assert (learner.name, learner.phone_key, learner.birth_year) == ("（已删除）", "", 1950)
    assert LearnerPlace.objects.filter(learner=learner).count() == 1
    assert AuditEntry.objects.get(verb=AuditVerb.DELETED).detail == "expired"


def test_a_learner_who_came_somewhere_since_stays(school):
    with travel(LONG_AGO):
        learner = a_learner(school)
    with travel("2022-01-01"):
        LearnerPlace.objects.create(learner=learner, organisation=a_school())
    with travel("2022-09-01"):
        assert purged()["学员"] == 0
        learner.refresh_from_db()
        assert kept_until(learner) == date(2022, 1, 1) + timedelta(days=540)


def came(learner, school, when, **how):
    """Let somebody sign in at a session that was planned long before; return the line."""
    start = timezone.make_aware(datetime.fromisoformat(when))
    session = a_held_session(a_plan(), organiser=school)
    session.starts_at, session.ends_at = start, start + timedelta(hours=1)
    session.save()
    with travel(start + timedelta(hours=1)):
        (line,) = put_down(session, learner, **how)
    return line


def test_a_learner_who_came_to_class_since_stays(school):
    with travel(LONG_AGO):
        learner = a_learner(school)
    came(learner, school, "2022-01-01 09:00")
    with travel("2022-09-01"):
        assert purged()["学员"] == 0
        assert kept_until(learner) == date(2022, 1, 1) + timedelta(days=540)
    with travel("2023-09-01"):
        assert purged()["学员"] == 1


def test_a_learner_who_was_only_missed_goes(school):
    with travel(LONG_AGO):
        learner = a_learner(school)
    came(learner, school, "2022-01-01 09:00", state=AttendanceState.ABSENT)
    with travel(LATER):
        assert kept_until(learner) == date(2021, 3, 1) + timedelta(days=540)
    with travel("2022-09-01"):
        assert purged()["学员"] == 1


def test_what_the_merged_row_did_keeps_its_learner(school):
    with travel(LONG_AGO):
        keep, drop = a_learner(school, "王芳"), a_learner(school, "王方")
    came(drop, school, "2022-01-01 09:00")
    with travel(LONG_AGO):
        merge(keep=keep, drop=drop, by=None)
    with travel("2022-09-01"):
        assert purged()["学员"] == 0
        assert kept_until(keep) == date(2022, 1, 1) + timedelta(days=540)


def test_what_was_merged_goes_with_its_learner(school):
    with travel(LONG_AGO):
        keep, drop = a_learner(school, "王芳"), a_learner(school, "王方")
        merge(keep=keep, drop=drop, by=None)
    with travel("2023-01-01"):
        assert purged()["学员"] == 1
    assert set(Learner.objects.values_list("name", flat=True)) == {"（已删除）"}


def test_many_are_done_in_parts(school, monkeypatch):
    monkeypatch.setattr("courses.services.purging.AT_ONCE", 2)
    with travel(LONG_AGO):
        for number in range(5):
            a_learner(school, phone=f"1380000000{number}")
    assert AT_ONCE > 2
    assert purged()["学员"] == 5


def test_a_volunteer_who_left_long_ago_is_forgotten(school):
    gone = a_person(school, "王志愿", phone="13800000001", left_on=date(2021, 1, 1))
    stays = a_person(school, "李志愿", left_on=date(2021, 12, 1))
    with travel("2022-01-02"):
        assert (purged()["教师和志愿者"], purged()["教师和志愿者"]) == (1, 0)
    gone.refresh_from_db()
    assert (gone.name, gone.masked_phone) == ("（已离开）", "")
    assert gone.number
    assert TeachingPerson.objects.get(pk=stays.pk).name == "李志愿"


def test_old_entries_go_and_never_young_ones(settings):
    settings.AUDIT_KEPT_DAYS = 365
    user = an_admin()
    with travel(timezone.now() - timedelta(days=366)):
        record(AuditVerb.LOGGED_IN, by=user)
    with travel(timezone.now() - timedelta(days=364)):
        record(AuditVerb.LOGGED_OUT, by=user)
    assert purged()["操作记录"] == 1
    assert AuditEntry.objects.get().verb == AuditVerb.LOGGED_OUT


def an_idle_account(name, **values):
    long_ago = timezone.now() - timedelta(days=2000)
    return User.objects.create_user(name, first_name="周老师", date_joined=long_ago, **values)


def test_a_disabled_account_of_which_nothing_is_told_any_more_is_forgotten():
    gone = an_idle_account("zhou", is_active=False)
    active = an_idle_account("qian")
    acted, touched = an_idle_account("sun", is_active=False), an_idle_account("li", is_active=False)
    record(AuditVerb.LOGGED_IN, by=acted)
    record(AuditVerb.DISABLED, by=None, subject=touched)
    assert (purged()["账号"], purged()["账号"]) == (1, 0)
    gone.refresh_from_db()
    assert (gone.username, gone.first_name) == (f"gone-{gone.pk}", "")
    for each in (active, acted, touched):
        each.refresh_from_db()
        assert each.first_name == "周老师"


def test_the_command_and_the_job_do_it(school):
    with travel(LONG_AGO):
        a_learner(school)
    out = StringIO()
    call_command("purge_expired", stdout=out)
    assert "学员：1" in out.getvalue()
    assert JOBS["purge-expired"].function is jobs.purge_expired
    jobs.purge_expired()
