"""Demo content and log-ins: there once, never twice, and nowhere but in development and tests."""

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command

from cms.hooks import DEMO_LOGINS, DemoLogin
from cms.models import User
from cms.services.demo import demo_logins, load_demo
from cms.services.roles import DESIGNERS
from courses.models import LessonPage


@pytest.mark.usefixtures("demo_site")
def test_loading_again_changes_nothing():
    assert load_demo() == []


@pytest.mark.usefixtures("demo_site")
def test_what_somebody_has_worked_on_is_left_alone(capsys):
    lesson = LessonPage.objects.get(code="SCAN-2")
    lesson.title = "我改过的题目"
    lesson.save_revision().publish()
    call_command("seed_demo")
    assert LessonPage.objects.get(code="SCAN-2").title == "我改过的题目"
    assert capsys.readouterr().out.splitlines() == ["演示内容就绪，改动 0 处。"]


@pytest.mark.usefixtures("demo_site")
def test_every_log_in_works(client):
    for _role, username, password in demo_logins():
        assert client.login(username=username, password=password)


@pytest.mark.usefixtures("demo_site")
@pytest.mark.parametrize(("username", "may_publish"), [("designer", False), ("reviewer", True)])
def test_designers_write_shared_steps_and_reviewers_publish_them(username, may_publish):
    user = User.objects.get(username=username)
    assert user.has_perm("cms.change_sharedstep")
    assert user.has_perm("cms.publish_sharedstep") is may_publish


@pytest.mark.django_db
def test_refused_where_demo_log_ins_are_off(settings):
    settings.DEMO_LOGINS = False
    with pytest.raises(CommandError, match="只在开发环境"):
        call_command("seed_demo")
    assert not User.objects.exists()


@pytest.mark.django_db
def test_log_ins_are_made_where_they_are_missing(monkeypatch):
    monkeypatch.setattr("cms.services.demo.ask", lambda name: [])
    assert load_demo() == [f"新建演示账号：{name}" for name in ("admin", "designer", "reviewer", "manager")]
    assert User.objects.get(username="admin").is_superuser
    assert [group.name for group in User.objects.get(username="designer").groups.all()] == [DESIGNERS]


@pytest.mark.django_db
def test_groups_may_work_on_shared_steps_without_any_demo():
    call_command("seed")
    given = Group.objects.get(name=DESIGNERS).permissions.filter(codename__endswith="_sharedstep")
    assert set(given.values_list("codename", flat=True)) == {"add_sharedstep", "change_sharedstep"}


@pytest.mark.django_db
def test_an_apps_own_log_ins_are_made_and_printed_but_may_nothing_by_themselves(monkeypatch):
    own = DemoLogin("看门人", "porter", "suishen-demo-porter")
    monkeypatch.setattr("cms.services.demo.ask", lambda name: [[own]] if name == DEMO_LOGINS else [])
    assert load_demo()[-1] == "新建演示账号：porter"
    assert ("看门人", "porter", "suishen-demo-porter") in demo_logins()
    user = User.objects.get(username="porter")
    assert user.check_password("suishen-demo-porter")
    assert not any([user.is_superuser, user.is_staff, user.groups.exists()])
