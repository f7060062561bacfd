"""版次 in the staff area: which editions there are, and publishing the next one."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from handbook.errors import EditionRefused
from handbook.forms import EditionForm
from handbook.models import Edition, HandbookPage
from handbook.services.editions import ComingEdition, coming_edition, publish_edition


def may_publish_editions(user) -> bool:
    """True for those who may publish at least one of the books; they give out editions and see receipts."""
    return any(may_publish(user, book) for book in HandbookPage.objects.all())


def may_publish(user, book: HandbookPage) -> bool:
    """True for those who publish the book's pages."""
    return book.permissions_for_user(user).can_publish()


class EditionsView(WagtailAdminTemplateMixin, TemplateView):
    """Both books with their editions."""

    template_name = "handbook/admin/editions.html"
    page_title = "版次"
    header_icon = "list-ol"

    def dispatch(self, request, *args, **kwargs):
        if not may_publish_editions(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": "版次"}]

    def get_context_data(self, **kwargs):
        books = HandbookPage.objects.order_by("path")
        found: dict[int, list[Edition]] = {book.pk: [] for book in books}
        for edition in Edition.objects.select_related("published_by").order_by("-number"):
            found[edition.handbook_id].append(edition)
        rows = [
            {"book": book, "editions": found[book.pk]}
            for book in books
            if may_publish(self.request.user, book)
        ]
        return super().get_context_data(**kwargs) | {"rows": rows}


class NewEditionView(WagtailAdminTemplateMixin, FormView):
    """What the next edition would hold beside the last one, and the button that freezes it."""

    template_name = "handbook/admin/new_edition.html"
    form_class = EditionForm
    header_icon = "list-ol"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.book = get_object_or_404(HandbookPage, kind=kwargs["kind"])

    def dispatch(self, request, *args, **kwargs):
        if not may_publish(request.user, self.book):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self):
        return f"发布新版：{self.book.title}"

    def get_breadcrumbs_items(self):
        editions = {"url": reverse("editions:index"), "label": "版次"}
        return [*self.breadcrumbs_items, editions, {"url": "", "label": "发布新版"}]

    @cached_property
    def coming(self) -> ComingEdition:
        return coming_edition(self.book)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"coming": self.coming}

    def form_valid(self, form):
        values = form.cleaned_data
        try:
            edition = publish_edition(
                handbook=self.book,
                note=values["note"],
                chapter_notes=form.chapter_notes(),
                by=self.request.user,
                number=values["number"],
                published_on=values["published_on"],
                although_unchanged=values.get("although_unchanged", False),
                seen=values["seen"],
            )
        except EditionRefused as refusal:
            form.add_error(None, str(refusal))
            # What is shown now has been seen when the button is pressed the next time.
            form.data = form.data.copy()
            form.data["seen"] = self.coming.fingerprint
            return self.form_invalid(form)
        messages.success(self.request, f"{edition}定下来了。")
        return redirect("editions:index")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | {"book": self.book, "coming": self.coming, "refusal": self.coming.refusal()}
