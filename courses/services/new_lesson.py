"""A new lesson: a draft with its first steps."""

import json
import uuid

from django.db import transaction
from wagtail.log_actions import log
from wagtail.permissions import page_permission_policy
from wagtail.query import PageQuerySet

from cms.models import User
from courses.models import LessonPage, ModulePage
from courses.services.lesson_starts import STARTS


def modules_for(user: User) -> PageQuerySet:
    """Return the modules the user may write lessons in, in the order of the tree."""
    writable = page_permission_policy.instances_user_has_permission_for(user, "add")
    return ModulePage.objects.filter(pk__in=writable.values("pk")).order_by("path")


def last_module_of(user: User) -> ModulePage | None:
    """Return the module whose lesson the user worked on last."""
    mine = LessonPage.objects.filter(latest_revision__user=user).order_by("-latest_revision_created_at")
    last = mine.first()
    return ModulePage.objects.parent_of(last).first() if last else None


@transaction.atomic
def start_lesson(*, title: str, module: ModulePage, main_scenario: str, start: str, by: User) -> LessonPage:
    """Add a draft to the module, with the steps of one of STARTS; return it. Its code is given out at once."""
    chosen = STARTS[start]
    lesson = LessonPage(
        title=title,
        main_scenario=main_scenario or module.main_scenario,
        steps=json.dumps([_block(step) for step in chosen.steps]),
        live=False,
        owner=by,
        **chosen.values,
    )
    module.add_child(instance=lesson)
    log(lesson, "wagtail.create", user=by)
    # A draft has yet to be completed.
    lesson.save_revision(user=by, log_action=True, clean=False)
    return lesson


def _block(step: dict) -> dict:
    return {"type": "step", "value": step, "id": str(uuid.uuid4())}
