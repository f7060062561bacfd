"""班级工作人员: lets people with a duty into the staff area, and gives them nothing else there."""

from django.db import migrations

CLASS_STAFF = "班级工作人员"


def make_group(apps, schema_editor):
    kind, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(app_label="wagtailadmin", model="admin")
    right, _ = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=kind, codename="access_admin", defaults={"name": "Can access Wagtail admin"}
    )
    group, _ = apps.get_model("auth", "Group").objects.get_or_create(name=CLASS_STAFF)
    group.permissions.set([right])


def drop_group(apps, schema_editor):
    """Take the group away with what hangs on it, row by row: Wagtail's own tables refer to the group as it is today."""
    Group, User = apps.get_model("auth", "Group"), apps.get_model("cms", "User")
    for group in Group.objects.filter(name=CLASS_STAFF):
        group.permissions.clear()
        User.groups.through.objects.filter(group_id=group.pk).delete()
        Group.objects.filter(pk=group.pk)._raw_delete(schema_editor.connection.alias)


class Migration(migrations.Migration):
    dependencies = [
        ("courses", "0003_ground_for_classes"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
    ]

    operations = [migrations.RunPython(make_group, drop_group)]
