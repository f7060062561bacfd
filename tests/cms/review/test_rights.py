"""What each group may do, and not more: on pages, pictures and shared steps."""

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.urls import reverse
from wagtail.images.permissions import permission_policy as pictures
from wagtail.models import GroupPagePermission, Page, Workflow
from wagtail.test.utils.form_data import nested_form_data, streamfield

from cms.models import ContentImage, HomePage, ReviewTask, ScenarioPage, SharedStep, StandardPage
from cms.services.roles import DESIGNERS, MANAGERS, REVIEWERS, ensure_roles
from courses.models import CourseIndexPage
from tests.factories.forms import step_form
from tests.factories.images import an_image
from tests.factories.pages import a_book, a_chapter, a_lesson, a_shared_step
from tests.factories.people import a_designer, a_manager, a_reviewer

pytestmark = pytest.mark.django_db

EVERYBODY = [a_designer, a_reviewer, a_manager]


def rights(user, page: Page):
    return page.permissions_for_user(user)


@pytest.mark.parametrize("make", [a_lesson, a_chapter])
def test_designers_write_and_reviewers_publish(make):
    page = make(live=False)
    may = {person.__name__: rights(person(), page) for person in EVERYBODY}
    assert {who: given.can_edit() for who, given in may.items()} == dict.fromkeys(may, True)
    assert [who for who, given in may.items() if given.can_publish()] == ["a_reviewer", "a_manager"]


def test_designers_add_below_the_course_index_and_the_books():
    designer = a_designer()
    assert all(rights(designer, page).can_add_subpage() for page in (CourseIndexPage.objects.get(), a_book()))
    assert not rights(designer, HomePage.objects.get()).can_add_subpage()
    assert not rights(a_reviewer(), CourseIndexPage.objects.get()).can_add_subpage()


def test_designers_leave_the_rest_of_the_site_alone():
    designer, reviewer = a_designer(), a_reviewer()
    about = HomePage.objects.get().add_child(instance=StandardPage(title="关于", slug="about"))
    for page in (HomePage.objects.get(), ScenarioPage.objects.first(), about):
        assert not rights(designer, page).can_edit()
        assert rights(reviewer, page).can_edit()


def test_designers_do_not_delete_what_is_on_line():
    designer = a_designer()
    assert not rights(designer, a_lesson()).can_delete()
    assert rights(designer, a_lesson(live=False)).can_delete()


@pytest.mark.parametrize(
    ("person", "others_too"), [(a_designer, False), (a_reviewer, True), (a_manager, True)]
)
def test_pictures(person, others_too):
    user = person()
    own, other = an_image(), an_image()
    ContentImage.objects.filter(pk=own.pk).update(uploaded_by_user=user)
    own.refresh_from_db()
    assert pictures.user_has_permission(user, "add")
    assert pictures.user_has_permission(user, "choose")
    assert pictures.user_has_permission_for_instance(user, "change", own)
    assert pictures.user_has_permission_for_instance(user, "change", other) is others_too


@pytest.mark.parametrize("person", EVERYBODY)
def test_nobody_touches_accounts_groups_or_workflows(person):
    codes = person().get_all_permissions()
    assert not [code for code in codes if code.endswith(("_user", "_group", "_workflow", "_task", "_site"))]


def test_only_managers_delete_a_shared_step():
    able = [person for person in EVERYBODY if person().has_perm("cms.delete_sharedstep")]
    assert able == [a_manager]


def test_designers_cannot_publish_a_shared_step(client):
    client.force_login(a_designer())
    step = a_shared_step(live=False)
    address = reverse("wagtailsnippets_cms_sharedstep:edit", args=[step.pk])
    body = nested_form_data({"body": streamfield([step_form()])})
    client.post(address, {"action-publish": "1", "title": step.title, "key": step.key} | body)
    assert not SharedStep.objects.get(pk=step.pk).live


def test_one_workflow_for_pages_and_shared_steps():
    workflow = Workflow.objects.get()
    assert workflow.name == "设计 → 审核 → 发布"
    assert a_lesson().get_workflow() == a_shared_step().get_workflow() == workflow
    task = workflow.tasks.get().specific
    assert isinstance(task, ReviewTask)
    assert set(task.groups.values_list("name", flat=True)) == {REVIEWERS, MANAGERS}


def test_the_groups_are_known_and_wagtails_names_are_gone():
    """Three for content; one that only lets class staff in."""
    names = set(Group.objects.values_list("name", flat=True))
    assert names == {DESIGNERS, REVIEWERS, MANAGERS, "班级工作人员"}


def test_nobody_has_rights_on_wagtails_root():
    assert not GroupPagePermission.objects.filter(page__depth=1).exists()


def test_seeding_again_gives_nothing_more():
    before = GroupPagePermission.objects.count()
    call_command("seed")
    ensure_roles()
    assert GroupPagePermission.objects.count() == before
