"""Demo content and demo log-ins: only under development and test settings, never in production."""

from django.conf import settings
from django.contrib.auth.models import Group

from cms.errors import ContentError
from cms.hooks import DEMO_CONTENT, DEMO_EXTRAS, DEMO_HISTORY, DEMO_LOGINS, DemoLogin, ask
from cms.models import User
from cms.services.packages import import_package, is_there
from cms.services.roles import DESIGNERS, MANAGERS, REVIEWERS

CONTENT_LOGINS = (
    DemoLogin("系统管理员", "admin", "suishen-demo-admin", is_superuser=True),
    DemoLogin("课程设计者", "designer", "suishen-demo-designer", group=DESIGNERS),
    DemoLogin("审核者", "reviewer", "suishen-demo-reviewer", group=REVIEWERS),
    DemoLogin("市级管理员", "manager", "suishen-demo-manager", group=MANAGERS),
)


def load_demo() -> list[str]:
    """Make the demo log-ins, import every app's demo content and what else it gives; return what changed, in words.

    Content that is there already is left alone: somebody may have worked on it since.
    """
    _refuse_in_production()
    changes = [f"新建演示账号：{login.username}" for login in all_logins() if _ensure(login)]
    for paths in ask(DEMO_CONTENT):
        for path in paths:
            changes += [] if is_there(path) else import_package(path).changes
    return [*changes, *ask(DEMO_EXTRAS)]


def load_history(attendances: int) -> list[str]:
    """Make a history of so many attendances; return what was done, in words. Raises ContentError."""
    _refuse_in_production()
    return list(ask(DEMO_HISTORY, attendances))


def all_logins() -> list[DemoLogin]:
    """Return every demo log-in: those for content, then those of the apps."""
    return [*CONTENT_LOGINS, *(login for logins in ask(DEMO_LOGINS) for login in logins)]


def demo_logins() -> list[tuple[str, str, str]]:
    """Return (role, user name, password) of each demo log-in."""
    return [(login.role, login.username, login.password) for login in all_logins()]


def _refuse_in_production() -> None:
    if not settings.DEMO_LOGINS:
        raise ContentError("演示内容和演示账号只在开发环境里有。")


def _ensure(login: DemoLogin) -> bool:
    user, created = User.objects.get_or_create(
        username=login.username,
        defaults={
            "first_name": login.role,
            "is_staff": login.is_superuser,
            "is_superuser": login.is_superuser,
        },
    )
    if created:
        user.set_password(login.password)
        user.save()
        if login.group:
            user.groups.add(Group.objects.get(name=login.group))
    return created
