"""Demo content and log-ins: there once, never twice, and nowhere but in development and tests."""

import pytest
from django.core.management import CommandError, call_command

from cms.models import User
from cms.services.demo import demo_logins, load_demo
from courses.models import LessonPage


@pytest.mark.usefixtures("demo_site")
def test_loading_again_changes_nothing():
    assert load_demo() == []


@pytest.mark.usefixtures("demo_site")
def test_command_says_what_it_did(capsys):
    LessonPage.objects.get(code="SCAN-6").unpublish()
    call_command("seed_demo")
    assert capsys.readouterr().out.splitlines() == [
        "修改课时：这些码不要扫（live）",
        "演示内容就绪，改动 1 处。",
    ]


@pytest.mark.usefixtures("demo_site")
def test_every_log_in_works(client):
    for _role, username, password in demo_logins():
        assert client.login(username=username, password=password)


@pytest.mark.usefixtures("demo_site")
@pytest.mark.parametrize(("username", "may_publish"), [("designer", False), ("reviewer", True)])
def test_designers_write_shared_steps_and_reviewers_publish_them(username, may_publish):
    user = User.objects.get(username=username)
    assert user.has_perms(["cms.add_sharedstep", "cms.change_sharedstep"])
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
    assert load_demo() == [f"新建演示账号：{name}" for name in ("admin", "designer", "reviewer")]
    assert User.objects.get(username="admin").is_superuser
    assert [group.name for group in User.objects.get(username="designer").groups.all()] == ["Editors"]
