"""The staff area's pages open for those who work there, and make addresses from titles."""

import pytest
from django.urls import reverse

from cms.models import User
from courses.models import CourseIndexPage, LessonPage, ModulePage
from tests.factories.forms import lesson_form, module_form, step_form
from tests.factories.pages import a_book, a_chapter, a_lesson, a_module, a_shared_step, shared, stream
from tests.html import parsed


def add_module(browser, **values):
    address = reverse(
        "wagtailadmin_pages:add", args=["courses", "modulepage", CourseIndexPage.objects.get().pk]
    )
    return browser.post(address, module_form(**values))


def test_title_alone_makes_the_address(admin):
    assert add_module(admin, title="扫码").status_code == 302
    assert ModulePage.objects.get().slug == "sao-ma"


def test_same_title_gets_a_number(admin):
    for _ in range(3):
        add_module(admin, title="扫码")
    assert list(ModulePage.objects.order_by("path").values_list("slug", flat=True)) == [
        "sao-ma",
        "sao-ma-2",
        "sao-ma-3",
    ]


def test_typed_address_is_kept_and_a_taken_one_refused(admin):
    add_module(admin, title="扫码", slug="scan")
    assert ModulePage.objects.get().slug == "scan"
    response = add_module(admin, title="又一个", slug="scan")
    assert response.status_code == 200
    assert response.context["form"].errors["slug"]


@pytest.mark.parametrize("slug", ["扫码", "a b", "a/b", "ä", "Sao_Ma"])
def test_unusable_address_is_refused(admin, slug):
    response = add_module(admin, title="扫码", slug=slug)
    assert response.status_code == 200
    assert response.context["form"].errors["slug"]
    assert not ModulePage.objects.exists()


def test_emptied_address_is_made_anew(admin):
    module = a_module(title="扫码", slug="old")
    form = module_form(action="action-publish", title="扫码", slug="")
    assert admin.post(reverse("wagtailadmin_pages:edit", args=[module.pk]), form).status_code == 302
    module.refresh_from_db()
    assert module.slug == "sao-ma"


def test_browser_does_not_write_the_address_from_the_title(admin):
    address = reverse(
        "wagtailadmin_pages:add", args=["courses", "modulepage", CourseIndexPage.objects.get().pk]
    )
    html = parsed(admin.get(address))
    assert html.one('[name="title"]').get("data-w-sync-target-value", "") == ""
    assert not html.one('[name="slug"]').has_attr("required")


def test_codes_are_shown_and_cannot_be_typed(admin):
    lesson = a_lesson()
    editor = admin.get(reverse("wagtailadmin_pages:edit", args=[lesson.pk]))
    assert lesson.code in parsed(editor).one("main").text
    form = lesson_form(step_form(), action="action-publish", safety_note="小心。", code="FUN-99")
    admin.post(reverse("wagtailadmin_pages:edit", args=[lesson.pk]), form)
    assert LessonPage.objects.get(pk=lesson.pk).code == lesson.code


def test_copy_form_offers_no_alias(admin):
    lesson = a_lesson()
    address = reverse("wagtailadmin_pages:copy", args=[lesson.pk])
    assert not parsed(admin.get(address)).all('[name="alias"]')
    parent = lesson.get_parent()
    form = {
        "new_title": "再来一课",
        "new_slug": "zai-lai",
        "new_parent_page": parent.pk,
        "publish_copies": "on",
        "alias": "on",
    }
    assert admin.post(address, form).status_code == 302
    copy = LessonPage.objects.get(slug="zai-lai")
    assert (copy.code, copy.live, copy.alias_of_id) == ("SCAN-2", True, None)


@pytest.fixture
def content(db):
    """One of everything, as the demo has it."""
    lesson = a_lesson(steps=stream(shared(a_shared_step()), *[("step", {"do": "点“好”。"})]))
    return {
        "lesson": lesson,
        "chapter": a_chapter(),
        "module": lesson.get_parent().specific,
        "book": a_book(),
    }


@pytest.mark.parametrize(
    ("who", "what"),
    [
        *(("designer", what) for what in ("lesson", "chapter", "module", "book")),
        ("admin", "book"),
        ("reviewer", "lesson"),
    ],
)
def test_editor_and_lists_open(request, content, who, what):
    browser, page = request.getfixturevalue(who), content[what]
    for name in ("edit", "history", "usage"):
        response = browser.get(reverse(f"wagtailadmin_pages:{name}", args=[page.pk]))
        assert response.status_code == 200, name
        assert page.title in response.content.decode()
    assert browser.get(reverse("wagtailadmin_explore", args=[page.get_parent().pk])).status_code == 200


@pytest.mark.parametrize("who", ["designer", "reviewer"])
@pytest.mark.parametrize(
    "path", ["/admin/", "/admin/pages/", "/admin/images/", "/admin/documents/", "/admin/pages/search/?q=扫"]
)
def test_staff_page_opens(request, who, path):
    response = request.getfixturevalue(who).get(path, follow=True)
    assert response.status_code == 200


@pytest.mark.parametrize(
    "path",
    ["/admin/", "/admin/pages/", "/admin/snippets/cms/sharedstep/", "/admin/settings/cms/sitesettings/"],
)
def test_stranger_is_asked_to_log_in(client, db, path):
    response = client.get(path, follow=True)
    assert response.redirect_chain
    assert "/admin/login/" in response.redirect_chain[-1][0]


def test_preview_shows_a_draft_as_readers_will_see_it(admin):
    lesson = a_lesson(live=False)
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[lesson.pk])
    form = lesson_form(step_form(do="点“发现”。"), title="还没写完")
    assert admin.post(address, form).json()["is_valid"]
    html = parsed(admin.get(address))
    assert html.one("main h1").text == "还没写完"
    assert html.one("li[data-step] h3").text == "点“发现”。"


def test_demo_log_ins_open_the_staff_area(client, demo_site):
    for login in ("admin", "designer", "reviewer"):
        client.force_login(User.objects.get(username=login))
        assert client.get("/admin/").status_code == 200
        lesson = LessonPage.objects.first()
        assert client.get(reverse("wagtailadmin_pages:edit", args=[lesson.pk])).status_code == 200


@pytest.mark.parametrize("name", ["step", "shared_step"])
def test_block_shows_its_example_in_the_list_of_blocks(admin, name):
    block = LessonPage._meta.get_field("steps").stream_block.child_blocks[name]
    response = admin.get(reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix})
    assert response.status_code == 200
    assert "点右上角的小加号。" in response.content.decode()
