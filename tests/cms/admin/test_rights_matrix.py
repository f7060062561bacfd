"""Every address of ours in the staff area, and who may use it. Looking changes nothing; changing needs the right.

The addresses are taken from the resolver: a new one fails here until somebody says in `ADDRESSES` whose it is.
"""

import re

import pytest
from django.contrib.auth.models import Permission
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLResolver, get_resolver, reverse
from wagtail.admin.viewsets import viewsets

from cms.models import ContentDocument, JargonWord, User
from cms.services import package_tasks
from tests.factories.books import an_edition
from tests.factories.images import an_image
from tests.factories.pages import a_chapter, a_lesson, a_shared_step
from tests.factories.people import a_designer, a_manager, a_reviewer

# Wagtail leaves a temporary file to the garbage collector when it sizes a picture.
pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore::ResourceWarning")]

OURS = ("cms.", "courses.", "handbook.")


def let_into_the_staff_area() -> User:
    """Make somebody who may come in and nothing else, as people may who are no designers."""
    user = User.objects.create_user("test-door", password="x")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    return user


STRANGERS = {
    "nobody": lambda: None,
    "no group": lambda: User.objects.create_user("test-plain", password="x"),
    "only the door": let_into_the_staff_area,
}
STAFF = {"designer": a_designer, "reviewer": a_reviewer, "manager": a_manager}
PEOPLE = STRANGERS | STAFF

NONE: set[str] = set()
ALL = set(STAFF)
WRITERS = {"designer", "manager"}
PUBLISHERS = {"reviewer", "manager"}
MANAGERS = {"manager"}
# Wagtail itself asks no right there; it shows nobody's content and changes nothing.
DOOR = ALL | {"only the door"}

STEPS = "snippets/cms/sharedstep/"
CHOOSER = "snippets/choose/cms/sharedstep/"
COMPARE = r"(?P<pk>.+)/revisions/compare/(?P<revision_id_a>live|earliest|\d+)\.\.\.(?P<revision_id_b>live|latest|\d+)/$"
REVISION = "history/<int:pk>/revisions/<int:revision_id>/"
# Who may look (GET) and who may change (POST). "Nobody" also where the address has no such request.
ADDRESSES = {
    "checks/": (ALL, NONE),
    "checks/jargon/": (ALL, NONE),
    "checks/of/<str:kind>/<int:pk>/": (ALL, NONE),
    "replacing/": (ALL, ALL),
    "changes/<slug:app_label>/<slug:model>/<int:pk>/": (ALL, NONE),
    "feedback/": (ALL, ALL),
    "screens/draw/": (NONE, ALL),
    "steps/share/": (NONE, WRITERS),
    "steps/own/<int:pk>/": (ALL, NONE),
    "courses/new-lesson/": (WRITERS, WRITERS),
    # About oneself: whoever is let in gives or sets up their own second factor.
    "second-factor/": (DOOR, DOOR),
    "second-factor/setup/": (DOOR, DOOR),
    # What readers called by their names have read, and giving out editions.
    "editions/": (PUBLISHERS, NONE),
    "editions/new/<slug:kind>/": (PUBLISHERS, PUBLISHERS),
    "editions/receipts/": (PUBLISHERS, NONE),
    "editions/receipts/results/": (PUBLISHERS, NONE),
    "packages/": (ALL, NONE),
    "packages/export/<int:pk>/": (NONE, ALL),
    "packages/upload/": (NONE, MANAGERS),
    "packages/<int:pk>/": (ALL, NONE),
    "packages/<int:pk>/progress/": (ALL, NONE),
    "packages/<int:pk>/confirm/": (NONE, MANAGERS),
    "packages/<int:pk>/drop/": (NONE, ALL),
    "packages/<int:pk>/download/": (ALL, NONE),
    # A designer sees the uses of their own; this one is somebody else's.
    "images/usage/<int:image_id>/": (PUBLISHERS, NONE),
    "documents/usage/<int:document_id>/": (PUBLISHERS, NONE),
    "images/<int:image_id>/delete/": (PUBLISHERS, PUBLISHERS),
    "documents/delete/<int:document_id>/": (PUBLISHERS, PUBLISHERS),
    **{f"{kind}/{rest}": (ALL, NONE) for kind in ("lessons", "chapters") for rest in ("", "results/")},
    # Shows the pages below which one may write, and leads to one of them.
    "lessons/choose_parent/": (DOOR, DOOR),
    "chapters/choose_parent/": (DOOR, DOOR),
    **{f"jargon/{rest}": (MANAGERS, NONE) for rest in ("", "results/", "usage/<int:pk>/")},
    **{f"jargon/{rest}": (MANAGERS, MANAGERS) for rest in ("new/", "edit/<int:pk>/", "delete/<int:pk>/")},
    **{f"jargon/{rest}/<int:pk>/": (MANAGERS, NONE) for rest in ("history", "history-results")},
    **{f"{STEPS}{rest}": (ALL, NONE) for rest in ("", "results/", "usage/<int:pk>/")},
    **{
        f"{STEPS}{rest}/<int:pk>/": (ALL, NONE) for rest in ("history", "history-results", "workflow_history")
    },
    **{f"{CHOOSER}{rest}": (DOOR, NONE) for rest in ("", "results/", "chosen/<str:pk>/", "chosen-multiple/")},
    f"{STEPS}add/": (WRITERS, WRITERS),
    f"{STEPS}copy/<int:pk>/": (WRITERS, WRITERS),
    f"{STEPS}preview/": (WRITERS, WRITERS),
    f"{STEPS}edit/<int:pk>/": (ALL, ALL),
    f"{STEPS}preview/<int:pk>/": (ALL, ALL),
    f"{STEPS}delete/<int:pk>/": (MANAGERS, MANAGERS),
    f"{STEPS}unpublish/<int:pk>/": (PUBLISHERS, PUBLISHERS),
    f"{STEPS}{REVISION}view/": (ALL, NONE),
    f"{STEPS}{REVISION}revert/": (ALL, ALL),
    f"{STEPS}{REVISION}unschedule/": (PUBLISHERS, PUBLISHERS),
    f"{STEPS}history/{COMPARE}": (ALL, NONE),
    f"{STEPS}workflow/action/<int:pk>/<slug:action_name>/<int:task_state_id>/": (PUBLISHERS, PUBLISHERS),
    f"{STEPS}workflow/collect_action_data/<int:pk>/<slug:action_name>/<int:task_state_id>/": (
        PUBLISHERS,
        PUBLISHERS,
    ),
    # Wagtail asks whoever looks, and cancels nothing by it.
    f"{STEPS}workflow/confirm_cancellation/<int:pk>/": (DOOR, DOOR),
    f"{STEPS}workflow_history/<int:pk>/detail/<int:workflow_state_id>/": (ALL, NONE),
    f"{STEPS}workflow/preview/<int:pk>/<int:task_id>/": (PUBLISHERS, NONE),
}
# Wagtail's, without a form: steps are not made in the chooser.
WITHOUT_USE = {f"{CHOOSER}create/"}
WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE)")
# Who is at work where, and since when: Wagtail's notes about the person who looks.
NOTES = re.compile(r"wagtailadmin_editingsession|django_session|cms_auditentry")


def our_addresses() -> list[str]:
    """Return each address below /admin/ that our code answers, or a list of Wagtail's that we ordered."""
    reverse("wagtailadmin_home")
    own = {each.url_namespace for each in viewsets.viewsets if type(each).__module__.startswith(OURS)}
    # The class desk asks duties, not groups: tests/courses/desk/test_access_matrix.py.
    return [
        address.removeprefix("admin/")
        for address, space, view in _patterns(get_resolver())
        if address.startswith("admin/")
        and not address.startswith("admin/desk/")
        and (view.__module__.startswith(OURS) or space in own)
    ]


def _patterns(resolver: URLResolver, before: str = "", space: str | None = None):
    for each in resolver.url_patterns:
        address = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from _patterns(each, address, space or each.namespace)
        else:
            yield address, space, each.callback


@pytest.fixture(autouse=True)
def var(settings, tmp_path):
    settings.VAR_DIR = tmp_path


def browser_of(user, **options) -> Client:
    browser = Client(**options)
    if user:
        browser.force_login(user)
    return browser


class Desk:
    """Something of every kind that an address can name; the package task is of the person who looks."""

    def __init__(self, user):
        self.lesson, self.step = a_lesson(live=False), a_shared_step(live=False)
        author = User.objects.create_user("test-author", password="x")
        self.step.save_revision(user=author)
        self.review = self.step.get_workflow().start(self.step, author)
        self.word = JargonWord.objects.create(word="抓手抓手", instead="办法")
        self.picture = an_image()
        self.file = ContentDocument.objects.create(title="录音", file="step.mp3")
        self.edition = an_edition(a_chapter().get_parent().specific)
        self.task = package_tasks.ask_export(page=self.lesson.get_parent(), by=user or author)

    def address(self, pattern: str) -> str:
        """Return the address with its arguments filled in."""
        if pattern.endswith(COMPARE):
            return f"/admin/{STEPS}history/{self.step.pk}/revisions/compare/earliest...latest/"
        state = self.review.current_task_state
        parts = {
            "pk": self._pk(pattern),
            "kind": self.edition.handbook.kind if pattern.startswith("editions") else "page",
            "app_label": "courses",
            "model": "lessonpage",
            "image_id": self.picture.pk,
            "document_id": self.file.pk,
            "revision_id": self.step.latest_revision_id,
            "action_name": "approve",
            "task_state_id": state.pk,
            "task_id": state.task_id,
            "workflow_state_id": self.review.pk,
        }
        return "/admin/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda name: str(parts[name[1]]), pattern)

    def _pk(self, pattern: str) -> int:
        if pattern.startswith("packages/export"):
            return self.lesson.get_parent().pk
        owners = {
            STEPS: self.step,
            CHOOSER: self.step,
            "steps/": self.step,
            "jargon/": self.word,
            "packages/": self.task,
        }
        return next(
            (owner.pk for start, owner in owners.items() if pattern.startswith(start)), self.lesson.pk
        )


def is_let_in(response) -> bool:
    """False when the staff area sends somebody away or has no such request; what is asked may still be wrong."""
    assert response.status_code < 500
    assert response.status_code != 404, "the test asks for what is not there"
    sent_to = response.get("Location", "").partition("?")[0]
    return response.status_code not in {403, 405} and sent_to not in {"/admin/", "/admin/login/"}


def asked(browser, method: str, address: str) -> tuple[bool, list[str]]:
    """Ask, and undo what came of it; return whether one was let in, and what was written."""
    with transaction.atomic(), CaptureQueriesContext(connection) as queries:
        response = getattr(browser, method)(address, {"body-count": "0"} if method == "post" else None)
        let_in = is_let_in(response)
        # A file is read to its end, or it stays open.
        assert response.getvalue() is not None
        transaction.set_rollback(True)
    written = [query["sql"] for query in queries if WRITES.match(query["sql"])]
    return let_in, [sql for sql in written if not NOTES.search(sql)]


def test_every_address_has_its_row():
    found = our_addresses()
    assert len(found) > 50
    assert set(found) - WITHOUT_USE == set(ADDRESSES)


@pytest.mark.parametrize("who", PEOPLE)
def test_who_may_look_and_who_may_change(who):
    user = PEOPLE[who]()
    desk, browser = Desk(user), browser_of(user)
    seen = {"get": {}, "post": {}}
    for pattern in ADDRESSES:
        for method, answers in seen.items():
            answers[pattern], written = asked(browser, method, desk.address(pattern))
            assert not written or (method == "post" and answers[pattern]), (method, pattern, written)
    assert seen["get"] == {pattern: who in may_look for pattern, (may_look, _) in ADDRESSES.items()}
    assert seen["post"] == {pattern: who in may_change for pattern, (_, may_change) in ADDRESSES.items()}


def test_every_change_carries_a_token():
    manager = a_manager()
    desk, browser = Desk(manager), browser_of(manager, enforce_csrf_checks=True)
    answers = {pattern: browser.post(desk.address(pattern)).status_code for pattern in ADDRESSES}
    assert answers == dict.fromkeys(ADDRESSES, 403)


NUMBERED = [pattern for pattern in ADDRESSES if re.search(r"<int:(pk|image_id|document_id)>", pattern)]


@pytest.mark.parametrize("number", ["999999", "9" * 30], ids=["gone", "absurd"])
def test_what_is_not_there_is_not_found(number):
    manager = a_manager()
    desk, browser = Desk(manager), browser_of(manager)
    for pattern in NUMBERED:
        address = desk.address(re.sub(r"<int:(pk|image_id|document_id)>", number, pattern))
        answers = {browser.get(address).status_code, browser.post(address, {"body-count": "0"}).status_code}
        assert 404 in answers, pattern
        assert answers <= {404, 405}, pattern
