"""People who log in."""

from django.contrib.auth.models import Group

from cms.models import User


def an_admin() -> User:
    """Make an administrator."""
    return User.objects.create_superuser("test-admin", password="x")


def a_designer() -> User:
    """Make a course designer: writes, cannot publish."""
    return _in_group("test-designer", "Editors")


def a_reviewer() -> User:
    """Make a reviewer: publishes what designers write."""
    return _in_group("test-reviewer", "Moderators")


def _in_group(name: str, group: str) -> User:
    user = User.objects.create_user(name, password="x")
    user.groups.add(Group.objects.get(name=group))
    return user
