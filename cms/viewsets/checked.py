"""设核对日期: on every page chosen in a list."""

from django.contrib import messages
from wagtail.admin.views.pages.bulk_actions.page_bulk_action import PageBulkAction

from cms.errors import ContentError
from cms.forms import CheckedForm
from cms.services.check_days import refusal_to_check, set_checked


class SetCheckedBulkAction(PageBulkAction):
    """Asks for the days, and sets them on line and in drafts."""

    display_name = "设核对日期"
    action_type = "set_checked"
    aria_label = "给选中的页面设核对日期"
    template_name = "cms/admin/set_checked.html"
    form_class = CheckedForm
    action_priority = 15

    def check_perm(self, page) -> bool:
        return refusal_to_check(page, self.request.user) is None

    def get_all_objects_in_listing_query(self, parent_id):
        # Wagtail takes "all" for the whole site: the list's filters do not reach this far.
        raise ContentError("一次只能选这一屏里看得到的页面。先用筛选把它们找出来，再选。")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        for row in context["items_with_no_access"]:
            row["reason"] = refusal_to_check(row["item"], self.request.user)
        return context

    def get_execution_context(self):
        return {
            "user": self.request.user,
            "values": self.cleaned_form.filled(),
            "request": self.request,
        }

    @classmethod
    def execute_action(cls, objects, *, user, values, request, **kwargs):
        changed = set_checked(pages=objects, values=values, by=user)
        for one in changed:
            if one.refusal:
                messages.warning(request, f"“{one.page.get_admin_display_title()}”没有改：{one.refusal}")
        published = sum(one.published for one in changed)
        return published, sum(one.drafted and not one.published for one in changed)

    def get_success_message(self, num_parent_objects, num_child_objects):
        return changed_words(published=num_parent_objects, drafted=num_child_objects)


def changed_words(*, published: int, drafted: int) -> str:
    """Return what happened to how many pages."""
    parts = []
    if published:
        parts.append(f"{published} 页设好了，读者已经看得到")
    if drafted:
        parts.append(f"{drafted} 页设在草稿里，发布以后读者看得到")
    return "；".join(parts) + "。" if parts else "这些页面本来就是这样，没有要改的。"
