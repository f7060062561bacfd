"""What the staff area does with shared steps."""

from django.contrib import messages
from django.shortcuts import redirect
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from cms.errors import SharedStepInUse
from cms.models import SharedStep
from cms.services.shared_steps import refuse_if_in_use
from cms.viewsets.shared_steps import SharedStepViewSet

register_snippet(SharedStepViewSet)


@hooks.register("before_delete_snippet")
def keep_used_steps(request, instances):
    """Say in words which pages still show a step, instead of deleting it."""
    return _refusal(request, instances)


@hooks.register("before_unpublish")
def keep_used_step_on_line(request, instance):
    """Say in words which pages still show a step, instead of taking it off line."""
    return _refusal(request, [instance])


def _refusal(request, instances):
    for step in instances:
        if isinstance(step, SharedStep):
            try:
                refuse_if_in_use(step)
            except SharedStepInUse as refusal:
                messages.error(request, str(refusal))
                return redirect(SharedStepViewSet().get_url_name("list"))
    return None
