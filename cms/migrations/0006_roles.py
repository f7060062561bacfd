"""The three groups of the staff area with their rights, and the one workflow between them.

Wagtail's own two groups are renamed, so that their members stay; what its migrations gave them beyond need is
taken away. What a group may do with pages is given where the pages are made (cms.services.roles).
"""

from django.db import migrations

DESIGNERS, REVIEWERS, MANAGERS = "课程设计者", "审核者", "市级管理员"
WAGTAILS_GROUPS = {DESIGNERS: "Editors", REVIEWERS: "Moderators"}

# Written as app.model.verb.
EVERYONE = ["wagtailadmin.admin.access", "cms.stepfeedback.view", "cms.stepfeedback.change"]
RIGHTS = {
    DESIGNERS: [*EVERYONE, "cms.sharedstep.add", "cms.sharedstep.change", "cms.packagetask.view"],
    REVIEWERS: [*EVERYONE, "cms.sharedstep.change", "cms.sharedstep.publish", "cms.packagetask.view"],
    MANAGERS: [
        *EVERYONE,
        *(f"cms.sharedstep.{verb}" for verb in ("add", "change", "publish", "delete")),
        *(f"cms.jargonword.{verb}" for verb in ("view", "add", "change", "delete")),
        *(f"cms.packagetask.{verb}" for verb in ("view", "add", "change")),
        *(f"wagtailredirects.redirect.{verb}" for verb in ("add", "change", "delete")),
        "cms.sitesettings.change",
    ],
}
# In the root collection. Whoever may add a picture may also change and delete their own.
UPLOADS = ("wagtailimages.image", "wagtaildocs.document")
UPLOAD = [f"{kind}.{verb}" for kind in UPLOADS for verb in ("add", "choose")]
TEND = [f"{kind}.change" for kind in UPLOADS]
COLLECTION_RIGHTS = {
    DESIGNERS: UPLOAD,
    REVIEWERS: UPLOAD + TEND,
    MANAGERS: UPLOAD + TEND + [f"wagtailcore.collection.{verb}" for verb in ("add", "change", "delete")],
}

WAGTAILS_REVIEW = "Moderators approval"
WORKFLOW, TASK = "设计 → 审核 → 发布", "审核"

# What Wagtail's migrations had given its two groups, for the way back.
WAGTAILS_RIGHTS = [f"{kind}.{verb}" for kind in UPLOADS for verb in ("add", "change", "delete", "choose")]
WAGTAILS_IN_COLLECTION = UPLOAD + TEND
WAGTAILS_ON_PAGES = {
    DESIGNERS: ("add", "change"),
    REVIEWERS: ("add", "change", "publish", "lock", "unlock"),
}


def make_roles(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    for name, rights in RIGHTS.items():
        Group.objects.filter(name=WAGTAILS_GROUPS.get(name)).update(name=name)
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.set(_permissions(apps, rights))
        group.page_permissions.all().delete()
        _allow_in_root_collection(apps, group, COLLECTION_RIGHTS[name])


def make_workflow(apps, schema_editor):
    Group, Task = apps.get_model("auth", "Group"), apps.get_model("wagtailcore", "GroupApprovalTask")
    kind = _content_type(apps, "cms", "reviewtask")
    task = Task.objects.filter(name=WAGTAILS_REVIEW).first() or Task()
    task.name, task.content_type_id, task.active = TASK, kind.pk, True
    task.save()
    task.groups.set(Group.objects.filter(name__in=[REVIEWERS, MANAGERS]))
    # The row that makes Wagtail's task ours; the task itself is there already.
    apps.get_model("cms", "ReviewTask")(groupapprovaltask_ptr_id=task.pk).save_base(raw=True)
    _put_to_work(apps, task)


def _put_to_work(apps, task):
    Workflow, Page = apps.get_model("wagtailcore", "Workflow"), apps.get_model("wagtailcore", "Page")
    workflow = Workflow.objects.filter(name=WAGTAILS_REVIEW).first() or Workflow()
    workflow.name, workflow.active = WORKFLOW, True
    workflow.save()
    apps.get_model("wagtailcore", "WorkflowTask").objects.get_or_create(
        workflow=workflow, task_id=task.pk, defaults={"sort_order": 0}
    )
    apps.get_model("wagtailcore", "WorkflowPage").objects.update_or_create(
        page=Page.objects.get(depth=1), defaults={"workflow": workflow}
    )
    apps.get_model("wagtailcore", "WorkflowContentType").objects.update_or_create(
        content_type=_content_type(apps, "cms", "sharedstep"), defaults={"workflow": workflow}
    )


def unmake_roles(apps, schema_editor):
    """Give Wagtail's groups their names and rights back; the third group goes, its members lose it."""
    Group = apps.get_model("auth", "Group")
    Group.objects.filter(name=MANAGERS).delete()
    root = apps.get_model("wagtailcore", "Page").objects.get(depth=1)
    for name, wagtails in WAGTAILS_GROUPS.items():
        group = Group.objects.get(name=name)
        group.name = wagtails
        group.save()
        group.permissions.set(_permissions(apps, ["wagtailadmin.admin.access", *WAGTAILS_RIGHTS]))
        _allow_in_root_collection(apps, group, WAGTAILS_IN_COLLECTION)
        group.page_permissions.all().delete()
        for permission in _permissions(apps, [f"wagtailcore.page.{v}" for v in WAGTAILS_ON_PAGES[name]]):
            group.page_permissions.create(page=root, permission=permission)


def unmake_workflow(apps, schema_editor):
    """Call Wagtail's task and workflow what they were called; what waits for review goes on waiting."""
    Task, Workflow = apps.get_model("wagtailcore", "GroupApprovalTask"), apps.get_model("wagtailcore", "Workflow")
    kind = _content_type(apps, "wagtailcore", "groupapprovaltask")
    ours = apps.get_model("cms", "ReviewTask").objects.all()
    task_ids = list(ours.values_list("pk", flat=True))
    Task.objects.filter(pk__in=task_ids).update(name=WAGTAILS_REVIEW, content_type_id=kind.pk)
    ours._raw_delete(schema_editor.connection.alias)
    Workflow.objects.filter(name=WORKFLOW).update(name=WAGTAILS_REVIEW)
    shared_step = _content_type(apps, "cms", "sharedstep")
    apps.get_model("wagtailcore", "WorkflowContentType").objects.filter(content_type=shared_step).delete()


def _permissions(apps, rights):
    """The permissions of these names. Django makes their rows only after all migrations; here they are needed now."""
    return [_permission(apps, *right.split(".")) for right in rights]


def _permission(apps, app_label, model, verb):
    found, _ = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=_content_type(apps, app_label, model),
        codename=f"{verb}_{model}",
        defaults={"name": f"Can {verb} {model}"},
    )
    return found


def _content_type(apps, app_label, model):
    found, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(app_label=app_label, model=model)
    return found


def _allow_in_root_collection(apps, group, rights):
    root = apps.get_model("wagtailcore", "Collection").objects.get(depth=1)
    group.collection_permissions.all().delete()
    for permission in _permissions(apps, rights):
        group.collection_permissions.create(collection=root, permission=permission)


class Migration(migrations.Migration):
    # The newest of every app of Wagtail's whose migrations hand out rights by the old names.
    dependencies = [
        ("cms", "0005_review_task"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        ("wagtailadmin", "0006_formstate"),
        ("wagtailimages", "0027_image_description"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("wagtailredirects", "0008_add_verbose_name_plural"),
    ]

    operations = [
        migrations.RunPython(make_roles, unmake_roles),
        migrations.RunPython(make_workflow, unmake_workflow),
    ]
