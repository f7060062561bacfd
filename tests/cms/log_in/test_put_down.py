"""Every log-in, log-out, failure, lock-out and password is put down, without what was typed."""

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command

from cms.enums import AuditVerb
from cms.models import AuditEntry, User
from cms.services.roles import REVIEWERS
from tests.cms.log_in.conftest import PASSWORD, try_password
from tests.factories.people import an_admin


def entries(verb):
    return list(AuditEntry.objects.filter(verb=verb).order_by("pk"))


def test_in_and_out(person):
    _, browser = try_password(person.username, PASSWORD)
    browser.post("/admin/logout/")
    (came,), (went,) = entries(AuditVerb.LOGGED_IN), entries(AuditVerb.LOGGED_OUT)
    assert (came.by, came.subject, came.subject_id, came.address) == (
        person,
        "user",
        str(person.pk),
        "203.0.113.9",
    )
    assert (went.by, went.detail) == (person, "")


def test_a_wrong_password_for_an_account_names_its_number(person):
    try_password(person.username, "wrong")
    (entry,) = entries(AuditVerb.LOG_IN_FAILED)
    assert (entry.by, entry.subject_id, entry.address) == (None, str(person.pk), "203.0.113.9")


@pytest.mark.parametrize("typed", ["gibt-es-nicht", "x" * 254])
def test_a_name_nobody_has_is_not_kept(db, typed):
    try_password(typed, "wrong")
    (entry,) = entries(AuditVerb.LOG_IN_FAILED)
    assert (entry.subject, entry.subject_id, entry.detail) == ("", "", "")


def test_locked_out_once_and_not_again_for_each_try(person):
    for _ in range(12):
        try_password(person.username, "wrong")
    assert [entry.subject_id for entry in entries(AuditVerb.LOCKED_OUT)] == [str(person.pk)]
    assert len(entries(AuditVerb.LOG_IN_FAILED)) == 7


def test_a_machine_that_guesses_does_not_fill_the_table(db, monkeypatch):
    monkeypatch.setattr("cms.services.log_ins.MOST_PUT_DOWN", 3)
    for number in range(6):
        try_password(f"nobody-{number}", "wrong")
    assert len(entries(AuditVerb.LOG_IN_FAILED)) == 3


def test_a_password_changed_by_oneself_without_email_or_surname(person, client):
    before = len(entries(AuditVerb.PASSWORD_SET))
    client.force_login(person)
    answer = client.post(
        "/admin/account/",
        {
            "name_email-first_name": "周老师",
            "theme-contrast": "system",
            "theme-density": "default",
            "password-old_password": PASSWORD,
            "password-new_password1": "beizi-yuyi-tielu",
            "password-new_password2": "beizi-yuyi-tielu",
        },
    )
    assert answer.status_code == 302
    entry = entries(AuditVerb.PASSWORD_SET)[before]
    assert (entry.by, entry.subject_id) == (person, str(person.pk))


def test_a_password_set_by_a_command_is_put_down_without_a_person(db):
    admin = an_admin()
    admin.set_password(PASSWORD)
    admin.save()
    assert [(entry.by, entry.subject_id) for entry in entries(AuditVerb.PASSWORD_SET)] == [
        (None, str(admin.pk))
    ]


def test_log_in_without_a_request_is_no_failure(person, client):
    assert client.login(username=person.username, password=PASSWORD)
    assert not client.login(username=person.username, password="wrong")


def test_the_last_way_back_in(person):
    with pytest.raises(Exception, match="没有这个账号名"):
        call_command("drop_second_factor", "nobody")
    call_command("drop_second_factor", person.username)
    assert [entry.by for entry in entries(AuditVerb.SECOND_FACTOR_DROPPED)] == [None]
    assert User.objects.filter(pk=person.pk).exists()


def test_a_role_given_in_the_staff_area(person, client):
    client.force_login(an_admin())
    groups = [Group.objects.get(name=REVIEWERS).pk]
    values = {"username": person.username, "first_name": "周", "last_name": "老师", "email": "a@example.org"}
    answer = client.post(f"/admin/users/edit/{person.pk}/", values | {"is_active": "on", "groups": groups})
    assert answer.status_code == 302
    given = entries(AuditVerb.ROLES_CHANGED)
    assert {(entry.by.username, entry.subject_id) for entry in given} == {("test-admin", str(person.pk))}


def test_what_a_command_does_to_groups_has_no_person_and_is_left_out(person):
    person.groups.clear()
    assert entries(AuditVerb.ROLES_CHANGED) == []
