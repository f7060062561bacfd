"""Who is there and what they may, in two questions, with the same answers as Django's own."""

import pytest
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import AnonymousUser, Group, Permission
from wagtail.models import GroupCollectionPermission, GroupPagePermission
from wagtail.permission_policies.collections import CollectionPermissionPolicy
from wagtail.permissions import page_permission_policy

from cms.models import ContentImage, User
from cms.services.one_look import OneLookBackend
from tests.factories.people import a_designer, a_manager, a_reviewer, an_admin

pytestmark = pytest.mark.django_db

LOOK = OneLookBackend()


def a_stranger() -> User:
    return User.objects.create_user("test-plain", password="x")


def with_an_own_permission() -> User:
    user = a_designer()
    user.user_permissions.add(Permission.objects.get(codename="delete_user"))
    return user


PEOPLE = [a_designer, a_manager, a_reviewer, an_admin, a_stranger, with_an_own_permission]


@pytest.mark.parametrize("make", PEOPLE)
def test_permissions_are_those_of_django(make):
    user = make()
    theirs = ModelBackend().get_all_permissions(User.objects.get(pk=user.pk))
    assert LOOK.get_all_permissions(User.objects.get(pk=user.pk)) == theirs
    assert LOOK.get_all_permissions(user, obj=user) == set()


def test_nobody_and_the_disabled_may_nothing():
    user = an_admin()
    user.is_active = False
    user.save()
    assert LOOK.get_all_permissions(user) == LOOK.get_all_permissions(AnonymousUser()) == set()
    assert LOOK.get_user(user.pk) is None
    assert LOOK.get_user(10**9) is None


@pytest.mark.parametrize("make", PEOPLE)
def test_wagtail_hears_the_same_about_pages_and_images(make):
    user = make()
    plain, looked = User.objects.get(pk=user.pk), LOOK.get_user(user.pk)
    images = CollectionPermissionPolicy(ContentImage)
    for action in ("add", "change", "publish"):
        asked = page_permission_policy.user_has_permission
        assert asked(looked, action) == asked(plain, action)
        assert images.user_has_permission(looked, action) == images.user_has_permission(plain, action)


def test_a_right_to_one_page_or_collection_is_enough():
    user, group = a_stranger(), Group.objects.create(name="test")
    user.groups.add(group)
    add_page, add_image = (
        Permission.objects.get(codename=f"add_{what}") for what in ("page", "contentimage")
    )
    assert not page_permission_policy.user_has_permission(LOOK.get_user(user.pk), "add")
    GroupPagePermission.objects.create(group=group, page_id=1, permission=add_page)
    assert page_permission_policy.user_has_permission(LOOK.get_user(user.pk), "add")
    images = CollectionPermissionPolicy(ContentImage)
    assert not images.user_has_permission(LOOK.get_user(user.pk), "add")
    GroupCollectionPermission.objects.create(group=group, collection_id=1, permission=add_image)
    assert images.user_has_permission(LOOK.get_user(user.pk), "add")


def test_two_questions_are_enough(django_assert_num_queries):
    user = a_stranger()
    with django_assert_num_queries(2):
        looked = LOOK.get_user(user.pk)
        for _ in range(2):
            LOOK.get_all_permissions(looked)
        page_permission_policy.user_has_permission(looked, "add")
        CollectionPermissionPolicy(ContentImage).user_has_permission(looked, "add")
        assert not hasattr(looked, "wagtail_userprofile")
