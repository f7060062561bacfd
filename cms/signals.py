"""What follows from saving content, whoever saves it: the editor, a package, the clock; and from logging in.

Connected by CmsConfig.ready.
"""

from axes.signals import user_locked_out
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db.models.signals import m2m_changed, post_save, pre_delete, pre_save
from django.utils import timezone
from wagtail.models import Revision
from wagtail.signals import page_published, published

from cms.enums import AuditVerb
from cms.errors import PageIsFixed
from cms.models import ContentDocument, ContentImage, FixedPage, NotedPage, SharedStep, User
from cms.services import shared_steps, usage
from cms.services.at_hand import rendition_of
from cms.services.audit import behind_this
from cms.services.change_notes import keep_note
from cms.services.drawings import draw_all_phones
from cms.services.listed import follow_draft
from cms.services.log_ins import put_down, put_down_failure
from cms.services.reading import screen_texts, screenshots
from cms.services.steps import steps_in


def connect() -> None:
    """Connect every handler of this file."""
    pre_delete.connect(keep_fixed_page)
    pre_delete.connect(keep_used_step, sender=SharedStep)
    pre_delete.connect(keep_used_upload, sender=ContentImage)
    pre_delete.connect(keep_used_upload, sender=ContentDocument)
    pre_save.connect(keep_used_step_on_line, sender=SharedStep)
    published.connect(spread_words, sender=SharedStep)
    page_published.connect(keep_change_note)
    post_save.connect(prepare_pictures, sender=Revision)
    post_save.connect(list_as_drafted, sender=Revision)
    m2m_changed.connect(note_roles, sender=User.groups.through)
    user_logged_in.connect(note_log_in)
    user_logged_out.connect(note_log_out)
    user_login_failed.connect(note_failure)
    user_locked_out.connect(note_lock_out)


def keep_fixed_page(sender, instance, **kwargs):
    """A page of the fixed set is not deleted, also not with the page above it. Raises PageIsFixed."""
    if isinstance(instance, FixedPage):
        raise PageIsFixed(instance.title)


def keep_used_step(sender, instance, **kwargs):
    """A shared step that pages show is not deleted. Raises SharedStepInUse."""
    shared_steps.refuse_if_in_use(instance)


def keep_used_upload(sender, instance, **kwargs):
    """A picture or file that a page or a shared step uses, also in a draft, is not deleted. Raises UploadInUse."""
    usage.refuse_to_lose_upload(instance)


def keep_used_step_on_line(sender, instance, raw=False, **kwargs):
    """A shared step that pages show is not taken off line. Raises SharedStepInUse."""
    if raw or instance.live or not instance.pk:
        return
    if sender.objects.filter(pk=instance.pk, live=True).exists():
        shared_steps.refuse_if_in_use(instance)


def spread_words(sender, instance, **kwargs):
    """A published shared step's words are found on every page that shows it."""
    shared_steps.refresh_search(instance)


def prepare_pictures(sender, instance, **kwargs):
    """Draw a saved revision's screens and size its screenshots, so that no reader waits for them."""
    steps = list(steps_in(instance.as_object()))
    draw_all_phones(set(screen_texts(steps)))
    for image in screenshots(steps):
        rendition_of(image)


def keep_change_note(sender, instance, revision, **kwargs):
    """What an editor wrote about the change is kept for readers, whoever publishes: a person or the clock."""
    # A first publication that is only planned is announced too.
    if instance.live and isinstance(instance, NotedPage):
        keep_note(page=instance, revision=revision, at=timezone.now())


def list_as_drafted(sender, instance, raw=False, **kwargs):
    """A page that is not on line stands in lists as its newest draft says."""
    if not raw:
        follow_draft(instance)


def note_roles(sender, instance, action, pk_set, reverse, **kwargs):
    """A person changed somebody's groups. A duty may bring a group with it: then both are put down."""
    if action in {"post_add", "post_remove"} and pk_set and not reverse and behind_this():
        put_down(AuditVerb.ROLES_CHANGED, instance, by=behind_this())


def note_log_in(sender, request, user, **kwargs):
    put_down(AuditVerb.LOGGED_IN, user, by=user)


def note_log_out(sender, request, user, **kwargs):
    """Also of who was away for too long."""
    if user is not None:
        put_down(AuditVerb.LOGGED_OUT, user, by=user, detail="idle" if hasattr(request, "was_idle") else "")


def note_failure(sender, credentials, request=None, **kwargs):
    """A wrong password. What somebody tries who is locked out already is not even looked at."""
    if request is not None and not is_locked_out_already(request):
        put_down_failure(AuditVerb.LOG_IN_FAILED, request, credentials.get("username") or "")


def note_lock_out(sender, request, **kwargs):
    if not is_locked_out_already(request):
        put_down_failure(
            AuditVerb.LOCKED_OUT, request, (request.axes_credentials or {}).get("username") or ""
        )


def is_locked_out_already(request) -> bool:
    """True when a try was refused unseen: then axes has counted nothing."""
    return request.axes_locked_out and request.axes_failures_since_start is None
