"""Who is there and what they may, asked of the database as seldom as possible: on every screen of the staff area."""

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import Permission
from django.db.models import Exists, OuterRef, Q
from wagtail.models import GroupCollectionPermission, GroupPagePermission
from wagtail.permission_policies.collections import CollectionPermissionPolicy
from wagtail.permissions import page_permission_policy

from cms.models import User


class OneLookBackend(ModelBackend):
    """Django's own, with two questions instead of six.

    The user comes with Wagtail's profile and with whether any of their groups reaches pages or images at all: class
    staff's do not, and Wagtail need not ask again. Their own permissions and their groups' are one list.
    """

    def get_user(self, user_id):
        user = _users().filter(pk=user_id).first()
        if user is None or not self.user_can_authenticate(user):
            return None
        if not user.reaches_pages:
            setattr(user, page_permission_policy.permission_cache_name, GroupPagePermission.objects.none())
        if not user.reaches_collections:
            nothing = GroupCollectionPermission.objects.none()
            setattr(user, CollectionPermissionPolicy.permission_cache_name, nothing)
        return user

    def get_all_permissions(self, user_obj, obj=None):
        if not user_obj.is_active or user_obj.is_anonymous or user_obj.is_superuser or obj is not None:
            return super().get_all_permissions(user_obj, obj)
        if not hasattr(user_obj, "_perm_cache"):
            held = Permission.objects.filter(Q(user=user_obj) | Q(group__user=user_obj)).order_by()
            pairs = held.values_list("content_type__app_label", "codename").distinct()
            user_obj._perm_cache = {f"{app}.{codename}" for app, codename in pairs}
        return user_obj._perm_cache


def _users():
    theirs = {"group__user": OuterRef("pk")}
    return User.objects.select_related("wagtail_userprofile").annotate(
        reaches_pages=Exists(GroupPagePermission.objects.filter(**theirs)),
        reaches_collections=Exists(GroupCollectionPermission.objects.filter(**theirs)),
    )
