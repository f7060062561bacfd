"""The staff area speaks Chinese on every screen its people meet."""

import re
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, TaskState, WorkflowState

from cms.enums import FeedbackKind
from cms.models import ContentDocument, ContentImage, SharedStep, StepFeedback, User
from tests.cms.admin.crawling import Screens, bulk_addresses, resolved_addresses
from tests.factories.images import an_image
from tests.factories.pages import a_chapter, a_lesson, a_module, a_shared_step, drawn_step, shared, stream
from tests.factories.people import a_designer, a_manager, a_reviewer, an_admin

# Names: they are written so in Chinese too. The last two are addresses, file names and the keys of content.
NAMES = re.compile(
    r"\b(APP|App|AI|Wi-?Fi|SIM|PDF|PIN|ICP|JPE?G|PNG|WEBP|MP3|M4A|DOCX|XLSX|CSV|TSV|Excel|ZIP|zip|SCAN|KB|MB|YAML|[A-Z]{1,5}-\d+)\b"
    r"|https?://\S+|[/.]?[\w-]+(/[\w.-]*)+|/[\w.-]+|[\w.+-]+@[\w.-]+"
    r"|\b[a-z0-9]+([.-][a-z0-9]+)+\b|\w+\.(mp3|png)\b",
    re.ASCII,
)
ENGLISH = re.compile(r"[A-Za-z]{2,}")


def english_in(words: dict[str, set[str]]) -> list[str]:
    """Return the pieces of text that are not Chinese, each with the first screen it stands on."""
    found: dict[str, str] = {}
    for address, texts in words.items():
        for text in texts:
            if ENGLISH.search(NAMES.sub("", text)):
                found.setdefault(text, address)
    return sorted(f"{address}  {text[:160]}" for text, address in found.items())


@pytest.fixture
def at_work(db):
    """Something in every state; returns what an address's argument stands for."""
    admin, designer = an_admin(), a_designer()
    module, other = a_module(), a_module()
    lesson, sent, planned = (
        a_lesson(module, steps=stream(drawn_step(), shared(a_shared_step()))) for _ in range(3)
    )
    a_chapter()
    for title in ("第一稿", "第二稿"):
        lesson.title = title
        revision = lesson.save_revision(user=designer, log_action=True)
    sent.get_workflow().start(sent, designer)
    planned.go_live_at = timezone.now() + timedelta(days=3)
    planned.save_revision(user=admin, approved_go_live_at=planned.go_live_at, log_action=True)
    image = an_image()
    document = ContentDocument.objects.create(title="录音", file=ContentFile(b"ID3", "a.mp3"))
    redirect = Redirect.objects.create(old_path="/jiu", redirect_page=lesson)
    StepFeedback.objects.create(page=lesson, anchor="step-1", do="点加号。", kind=FeedbackKind.values[0])
    known = {
        "page_id": lesson.pk,
        "page_to_move_id": lesson.pk,
        "parent_page_id": module.pk,
        "destination_id": other.pk,
        "revision_id": revision.pk,
        "image_id": image.pk,
        "document_id": document.pk,
        "doc_id": document.pk,
        "redirect_id": redirect.pk,
        "task_state_id": TaskState.objects.first().pk,
        "workflow_state_id": WorkflowState.objects.first().pk,
        "content_type_app_name": "courses",
        "content_type_model_name": "lessonpage",
    }

    def argument(name, model):
        if name == "pk" and model is not None:
            return model._default_manager.values_list("pk", flat=True).first()
        return known.get(name)

    return argument


STARTS = ("/admin/", "/admin/login/", "/admin/password_reset/", "/admin/account/", "/admin/nothing-here/")


def bulk_questions():
    """What is asked before something is done to many."""
    for model in (Page, ContentImage, ContentDocument, SharedStep):
        yield from bulk_addresses(model, model.objects.order_by("-pk").values_list("pk", flat=True)[:2])


def screens_of(client, user, *addresses) -> Screens:
    client.force_login(user)
    client.raise_request_exception = False
    screens = Screens(client)
    screens.visit_all(*STARTS, *addresses)
    return screens


def test_every_screen_there_is_speaks_chinese(at_work, client):
    screens = screens_of(client, a_manager(), *resolved_addresses(at_work), *bulk_questions())
    assert len(screens.words) > 120
    assert screens.broken == []
    assert "\n".join(english_in(screens.words)) == ""


@pytest.mark.parametrize("name", ["test-designer", "test-reviewer"])
def test_whatever_a_role_is_led_to_speaks_chinese(at_work, client, name):
    user = User.objects.filter(username=name).first() or a_reviewer()
    screens = screens_of(client, user)
    assert len(screens.words) > 30
    assert screens.broken == []
    assert "\n".join(english_in(screens.words)) == ""
