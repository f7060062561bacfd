"""A step of one page becomes a shared step, and the other way round."""

from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.log_actions import log

from cms.blocks import SharedStepChooserBlock, StepBlock
from cms.models import SharedStep, User
from cms.models.pages import pinyin_slug
from cms.services.packages.block_values import problems_in


def may_share(user: User) -> bool:
    """True for those who may make shared steps."""
    return user.has_perm("cms.add_sharedstep")


def publishes(user: User) -> bool:
    """True for those whose shared steps are on line at once; the others' wait for a reviewer."""
    return user.has_perm("cms.publish_sharedstep")


@transaction.atomic
def share_step(*, value, title: str, by: User) -> SharedStep:
    """Make a shared step of a StepBlock value.

    Raises ValidationError with a message for everything that is missing, each naming its field. The step of a
    person who cannot publish goes straight to review; readers see it once it is approved.
    """
    body = [("step", _complete(value))]
    step = SharedStep(title=title.strip(), key=_free_key(title), body=body, live=False)
    step.full_clean()
    step.save()
    log(step, "wagtail.create", user=by)
    revision = step.save_revision(user=by, log_action=True)
    if publishes(by):
        revision.publish(user=by)
        step.refresh_from_db()
    elif workflow := step.get_workflow():
        # A page that shows it waits for it: nobody should have to think of handing it in.
        workflow.start(step, by)
    return step


def shared_state(step: SharedStep) -> dict:
    """Return what the editor needs to show the shared step as chosen."""
    return SharedStepChooserBlock().get_form_state(step)


def own_state(step: SharedStep) -> dict | None:
    """Return what the editor needs to show the shared step's words in a step of the page's own.

    What readers see of it, or its newest draft if they see none yet; None when it holds no step.
    """
    shown = step if step.live else step.get_latest_revision_as_object()
    return StepBlock().get_form_state(shown.step) if shown.step else None


def _complete(value):
    block = StepBlock()
    try:
        return block.clean(value)
    except ValidationError as error:
        raw = block.get_prep_value(value)
        found = problems_in(error, block, raw, ())
        raise ValidationError([f"{_label(block, path)}：{message}" for path, message in found]) from None


def _label(block: StepBlock, path) -> str:
    return block.child_blocks[path[0]].label if path else block.label


def _free_key(title: str) -> str:
    """Return a key in pinyin that no shared step has yet."""
    wanted = pinyin_slug(title)[:50].strip("-")
    taken = set(SharedStep.objects.filter(key__startswith=wanted).values_list("key", flat=True))
    numbered = (f"{wanted}-{number}" for number in range(2, len(taken) + 3))
    return next(key for key in (wanted, *numbered) if key not in taken)
