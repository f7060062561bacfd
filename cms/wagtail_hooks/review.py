"""What reviewers see: the changes of a draft in words, from its editor and in Wagtail's own comparison."""

from django.contrib import messages
from django.contrib.contenttypes.models import ContentType
from django.db.models import TextField
from django.urls import path
from wagtail import hooks
from wagtail.admin.compare import register_comparison_class
from wagtail.admin.ui.menus.pages import PageMenuItem
from wagtail.fields import StreamField

from cms.services.reviewing import sent_back_words
from cms.views.admin.changes import ChangesView, changes_url
from cms.views.admin.comparing import StreamInWords, TextInLines

# In place of Wagtail's, which shows blocks of our depth without names and leaves moves unsaid.
register_comparison_class(StreamField, comparison_class=StreamInWords)
register_comparison_class(TextField, comparison_class=TextInLines)


@hooks.register("register_admin_urls")
def changes_address():
    return [path("changes/<slug:app_label>/<slug:model>/<int:pk>/", ChangesView.as_view(), name="changes")]


@hooks.register("before_edit_page")
@hooks.register("before_edit_snippet")
def words_of_the_reviewer(request, content):
    """Whoever mends what was sent back has the reviewer's words before them."""
    if request.method == "GET" and (words := sent_back_words(content)):
        messages.warning(request, words)


class ChangesButton(PageMenuItem):
    """改了什么 in the menu of a page that has a draft."""

    label = "改了什么"
    icon_name = "history"

    def __init__(self, *, page, **kwargs):
        kind = ContentType.objects.get_for_id(page.content_type_id)
        super().__init__(page=page, url=changes_url(kind, page.pk), **kwargs)

    def is_shown(self, user):
        return self.page.has_unpublished_changes and self.page.permissions_for_user(user).can_edit()


@hooks.register("register_page_header_buttons")
def changes_in_the_editor(page, user, view_name, next_url=None):
    yield ChangesButton(page=page, priority=12)


@hooks.register("register_page_listing_more_buttons")
def changes_in_lists(page, user, next_url=None):
    yield ChangesButton(page=page, priority=5)
