"""People who log in."""

from django.contrib.auth.models import Group

from cms.models import User
from cms.services.roles import DESIGNERS, MANAGERS, REVIEWERS


def an_admin() -> User:
    """Make an administrator."""
    return User.objects.create_superuser("test-admin", password="x")


def a_designer() -> User:
    """Make a course designer: writes, cannot publish."""
    return _in_group("test-designer", DESIGNERS)


def a_reviewer() -> User:
    """Make a reviewer: publishes what designers write."""
    return _in_group("test-reviewer", REVIEWERS)


def a_manager() -> User:
    """Make a manager of the city: all content, and what stands around it."""
    return _in_group("test-manager", MANAGERS)


def _in_group(name: str, group: str) -> User:
    user = User.objects.create_user(name, password="x")
    user.groups.add(Group.objects.get(name=group))
    return user
